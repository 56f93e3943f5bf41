/** What each policy shows for a question, asked as a run asks it. */
import { normalise } from '../../src/core/common/text';
import type { CaseBank } from '../../src/core/memory/bank';
import type { Case } from '../../src/core/memory/case';
import { SeededRandom } from '../../src/core/memory/policy/random';
import { retrieveCases } from '../../src/core/memory/retrieval';
import { DEFAULT_K, POLICY_NAMES, type PolicyName } from '../../src/core/memory/retrieved';
import type { Encoder } from '../../src/core/ports';
import type { Query } from '../difficulty/data';
import { featuresOf } from '../difficulty/predict';
import type { Encoded } from '../difficulty/vectors';

/** A case that a planner would be shown as an example. */
export interface Example {
  /** The normal form of its question. */
  readonly id: string;
  readonly question: string;
  /** In [0, 1], as the user is told it. */
  readonly similarity: number;
  readonly accepted: boolean;
  /** The estimated advantage of showing it, a difference of probabilities; null where nothing is estimated. */
  readonly advantage: number | null;
  /** The descriptions of its plan's tasks, a line each; empty where it is not known. */
  readonly plan: string;
}

export interface Choice {
  readonly query: Query;
  readonly shown: readonly Example[];
  /** The predicted probability of success with what is shown; null where nothing is predicted. */
  readonly expected: number | null;
  /** Milliseconds from the question, its vector known, to the choice. */
  readonly duration: number;
}

/** One a question, in the order of the questions. */
export type Choices = ReadonlyMap<PolicyName, readonly Choice[]>;

/** A ULID of the epoch: no coin is thrown, so that it decides nothing. */
const RUN = '0'.repeat(26);

export async function choicesOf(
  queries: readonly Query[],
  bank: CaseBank,
  encoder: Encoder,
): Promise<Choices> {
  const choices = new Map<PolicyName, Choice[]>();
  for (const policy of POLICY_NAMES) {
    const of: Choice[] = [];
    for (const query of queries) of.push(await choiceOf(query, policy, bank, encoder));
    choices.set(policy, of);
  }
  return choices;
}

export async function choiceOf(
  query: Query,
  policy: PolicyName,
  bank: CaseBank,
  encoder: Encoder,
): Promise<Choice> {
  const begun = performance.now();
  const { cases, shown, decision } = await retrieveCases({
    bank,
    encoder,
    runId: RUN,
    question: query.text,
    policy,
    k: DEFAULT_K,
    rates: { control: 0, drop: 0 },
    now: Date.now(),
    signal: new AbortController().signal,
    changedSources: () => Promise.resolve([]),
  });
  const duration = performance.now() - begun;
  const advantages = new Map(cases.map(({ caseId, advantage }) => [caseId, advantage?.mean]));
  const examples = shown.map(({ case: record, similarity }): Example => {
    const { id, question, reward } = record;
    const advantage = advantages.get(id) ?? null;
    const plan = planOf(record);
    return { id: normalise(question), question, similarity, accepted: reward === 1, advantage, plan };
  });
  return { query, shown: examples, expected: decision.expected, duration };
}

const planOf = ({ plan }: Case): string => plan.map(({ description }) => description).join('\n');

/** As many of the cases that may be examples as a policy shows, drawn for each question: what any choice must beat. */
export function drawn(
  queries: readonly Query[],
  cases: readonly Case[],
  encoded: Encoded,
): readonly Choice[] {
  const random = new SeededRandom(1);
  const plans = new Map(cases.map((each) => [normalise(each.question), planOf(each)]));
  return queries.map((query) => {
    const some = Array.from({ length: DEFAULT_K }, () => cases[random.integer(cases.length)]).filter(
      (each) => each !== undefined,
    );
    const labelled = some.map(({ question, reward }) => ({
      id: normalise(question),
      text: question,
      succeeded: reward === 1,
    }));
    return { ...asReleased({ ...query, cases: labelled }, encoded, plans), query };
  });
}

/** The cases that the released run was shown. */
export function asReleased(query: Query, encoded: Encoded, plans: ReadonlyMap<string, string>): Choice {
  const texts = new Map(query.cases.map(({ id, text }) => [id, text]));
  const shown = featuresOf(query, encoded).map(({ caseId, similarity, label }) => ({
    id: caseId,
    question: texts.get(caseId) ?? '',
    similarity,
    accepted: label === 1,
    advantage: null,
    plan: plans.get(caseId) ?? '',
  }));
  return { query, shown, expected: null, duration: 0 };
}

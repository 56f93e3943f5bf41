/** What a policy makes of the candidates. */
import type { DecisionRequest } from '../bank';
import type { Candidate } from '../candidate';
import { noExampleWords } from './choiceWords';
import { caseFeatures, type CaseValue, type QuestionFeatures } from '../policy/judgedRun';
import type { CaseFeatures } from '../runRecord';
import type { PolicyMemory } from '../policy/policyMemory';
import { examplesOf, isRelevant } from './selection';

/** Similar cases that are listed though the policy withholds them. */
const MOST_WITHHELD = 3;

export interface Choice {
  readonly features: ReadonlyMap<string, CaseFeatures>;
  readonly values: ReadonlyMap<string, CaseValue>;
  /** Outside the experiment. */
  readonly pinned: readonly Candidate[];
  /** The policy's choice, best first. */
  readonly free: readonly Candidate[];
  /** Similar ones that the policy withholds. */
  readonly withheld: readonly Candidate[];
  readonly whyNone: string;
}

export function choose(
  candidates: readonly Candidate[],
  question: QuestionFeatures,
  policies: PolicyMemory,
  { policy: name, k }: DecisionRequest,
): Choice {
  const policy = policies.get(name);
  const all = caseFeatures(candidates);
  const features = new Map(all.map((each) => [each.caseId, each]));
  const byId = new Map(candidates.map((each) => [each.case.id, each]));
  const examples = examplesOf(candidates);
  const pinned = examples.filter((each) => each.case.pinned && isRelevant(each)).slice(0, k);
  const free = examples.filter((each) => !pinned.includes(each));
  const values = policy.values(
    question,
    free.flatMap(({ case: { id } }) => features.get(id) ?? []),
    'brief',
  );
  const chosen = policy.choose(values, k - pinned.length);
  const candidateOf = ({ features: { caseId } }: CaseValue) => byId.get(caseId) ?? [];
  const relevant = candidates.filter(isRelevant);
  const withheld = values
    .filter((value) => value.withheld && !chosen.includes(value))
    .flatMap(candidateOf)
    .filter(isRelevant);
  const best = values.toSorted((a, b) => b.value - a.value)[0];
  return {
    features,
    values: new Map(values.map((value) => [value.features.caseId, value])),
    pinned,
    free: chosen.flatMap(candidateOf),
    withheld: withheld.slice(0, MOST_WITHHELD),
    whyNone: noExampleWords(relevant, examples.filter(isRelevant).length, k, best),
  };
}

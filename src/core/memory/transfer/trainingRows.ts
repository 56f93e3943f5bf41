/**
 * The paper's training rows: a run on `query`, a case that it was shown, and whether the run succeeded. Each distinct
 * case becomes a case, and each query a judged run that was shown its cases, for policies to start from.
 */
import { normalise } from '../../common/text';
import { pace } from '../../common/pace';
import type { Reward } from '../case';
import { lexicalSimilarity } from '../search/lexicalSimilarity';
import { NO_DECISION } from '../retrieval';
import type { ChosenCase, RunRecord } from '../runRecord';
import { similarityOf } from '../search/similarity';
import { importedCase, pastCaseId } from './importedCase';
import { importedId } from './importedId';
import type { PastCase, TrainingRow } from './parseLine';
import type { CaseRecord, MemoryRecord } from './record';

interface Query {
  readonly text: string;
  /** By content: a row that is repeated shows nothing more. */
  readonly shown: Map<string, PastCase>;
  readonly truths: Set<Reward>;
}

export class TrainingRows {
  readonly #queries = new Map<string, Query>();
  /** Of all queries, by content. */
  readonly #cases = new Map<string, PastCase>();
  /** Rows in which the query is its own case: that it was "shown" tells nothing. */
  selfCases = 0;
  /** Rows that say what an earlier one says. */
  repeated = 0;

  add({ query: text, shown, truth }: TrainingRow): void {
    const query = this.#queries.get(text) ?? { text, shown: new Map<string, PastCase>(), truths: new Set() };
    this.#queries.set(text, query);
    query.truths.add(truth);
    const content = JSON.stringify(shown);
    this.#cases.set(content, shown);
    if (normalise(shown.question) === normalise(text)) this.selfCases++;
    else if (query.shown.has(content)) this.repeated++;
    else query.shown.set(content, shown);
  }

  /** Queries of which some rows say that the run succeeded, and some something else. */
  get disputed(): number {
    return [...this.#queries.values()].filter(({ truths }) => truths.size > 1).length;
  }

  /** @param at the time of the import, milliseconds since the epoch */
  async records(at: number, signal?: AbortSignal): Promise<readonly MemoryRecord[]> {
    const rest = pace();
    const imported = { from: 'training', at } as const;
    const cases = new Map<string, CaseRecord>();
    for (const [content, past] of this.#cases) {
      cases.set(content, importedCase(await pastCaseId(past), past, imported));
      await rest();
    }
    const runs: MemoryRecord[] = [];
    for (const query of this.#queries.values()) {
      signal?.throwIfAborted();
      const reward = truthOf(query);
      const shown = [...query.shown.keys()].flatMap((content) => cases.get(content) ?? []);
      const id = await importedId('query', query.text, reward, ...shown.map(({ case: { id } }) => id));
      runs.push(importedCase(id, { question: query.text, plan: [], reward }, imported));
      runs.push({ type: 'run', run: runOf(id, query, shown, at) });
      await rest();
    }
    return [...cases.values(), ...runs];
  }
}

function truthOf({ truths }: Query): Reward {
  const [first = null, ...others] = truths;
  return others.length > 0 ? null : first;
}

/** Nobody recorded how the cases were chosen, so the memory report does not count the run. */
function runOf(runId: string, { text }: Query, shown: readonly CaseRecord[], at: number): RunRecord {
  return {
    runId,
    at,
    question: text,
    vector: undefined,
    outcome: 'answered',
    decision: { ...NO_DECISION, chosen: shown.map((each) => chosenFor(text, each)) },
    reused: null,
    usedCases: [],
    cost: { inputTokens: 0, outputTokens: 0, modelCalls: 0, cost: null, duration: 0 },
    imported: true,
  };
}

/** By words alone: with what encoder the cases were found is not known. */
function chosenFor(query: string, { case: { id, question, reward } }: CaseRecord): ChosenCase {
  const lexical = lexicalSimilarity(query, question);
  const similarity = similarityOf(undefined, undefined, lexical);
  return {
    caseId: id,
    cosine: undefined,
    lexical,
    similarity,
    standing: similarity,
    label: reward,
    value: similarity,
    advantage: null,
    pinned: false,
  };
}

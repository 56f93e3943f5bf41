import { messageOf } from '../common/result';
import type { CaseBank } from '../memory/bank';
import type { Case } from '../memory/case';
import { canBeCompared, changedSources } from '../memory/curation/changedSources';
import type { Retrieved } from '../memory/retrieval';
import { nothing, retrieveCases } from '../memory/retrieval';
import type { CoinRates } from '../memory/policy/coins';
import type { PolicyName } from '../memory/retrieved';
import type { Encoder, Files } from '../ports';
import type { RunEventBody } from './events';

export interface Recall {
  /** The run's. */
  readonly id: string;
  readonly question: string;
  readonly policy: PolicyName;
  readonly k: number;
  readonly rates: CoinRates;
  readonly bank: CaseBank;
  readonly encoder: Encoder;
  readonly files: Files | undefined;
  readonly signal: AbortSignal;
  readonly now: number;
  readonly emit: (event: RunEventBody) => void;
}

/** What the memory gave a run. */
export interface Recalled extends Retrieved {
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Reads the memory for the question and says what it found: the cases for the planner, and one to reuse, if any. */
export async function recall(options: Recall): Promise<Recalled> {
  const { emit, files, policy, now } = options;
  const changed = new Map<string, Promise<readonly string[]>>();
  const changedNames = (past: Case) => {
    const known = changed.get(past.id) ?? namesOfChanged(past, files);
    changed.set(past.id, known);
    return known;
  };
  const retrieved = await read(options, changedNames);
  const { cases, candidates, whyNone, reuse } = retrieved;
  const { design, ...decision } = retrieved.decision;
  emit({ type: 'cases.retrieved', policy, cases, candidates, whyNone, design, decision });
  for (const notice of retrieved.notices) emit({ type: 'notice', ...notice });
  if (reuse) {
    const stale = await changedNames(reuse);
    emit({
      type: 'reuse.offered',
      caseId: reuse.id,
      question: reuse.question,
      answer: reuse.answer,
      sources: reuse.provenance.sources.map((record) => ({
        source: record.source,
        changed: stale.includes(record.source),
        ...(canBeCompared(record) ? {} : { unchecked: true as const }),
      })),
    });
  }
  return { ...retrieved, at: now };
}

/** A memory that cannot be read costs the run its cases, not its answer. */
async function read(
  options: Recall,
  changedNames: (past: Case) => Promise<readonly string[]>,
): Promise<Retrieved> {
  try {
    return await retrieveCases({ ...options, runId: options.id, changedSources: changedNames });
  } catch (error) {
    options.signal.throwIfAborted();
    const message = `The memory cannot be read, so no past case is used: ${messageOf(error)}`;
    return nothing({ code: 'memory-unavailable', message });
  }
}

const namesOfChanged = async (past: Case, files: Files | undefined): Promise<readonly string[]> =>
  (await changedSources(past, files)).map(({ source }) => source);

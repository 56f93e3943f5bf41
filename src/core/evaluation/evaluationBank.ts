/**
 * The memories of an evaluation's arms behind one bank. A run reads the memory of its own arm, and what it would write is
 * kept back: it is written after the round, and only where the attempt's answer is judged.
 */
import type { CaseBank } from '../memory/bank';
import type { StoredVector } from '../memory/storedVector';
import type { Case } from '../memory/case';
import type { RunRecord } from '../memory/runRecord';
import type { MemoryRecord } from '../memory/transfer/record';

/** What a run left for its memory. */
export interface KeptRun {
  readonly case: Case;
  readonly vector: StoredVector | undefined;
  readonly run: RunRecord;
}

interface Route {
  readonly bank: CaseBank | undefined;
  case?: Case;
  vector?: StoredVector;
  run?: RunRecord;
}

export class EvaluationBank {
  readonly #routes = new Map<string, Route>();

  /** Only what runs ask of a memory; what a person does with it has no place in an evaluation. */
  readonly bank: CaseBank = {
    add: (record, vector) => {
      const route = this.#routes.get(record.runId);
      if (route) {
        route.case = record;
        if (vector) route.vector = vector;
      }
      return Promise.resolve();
    },
    record: (run) => {
      const route = this.#routes.get(run.runId);
      if (route) route.run = run;
      return Promise.resolve();
    },
    decide: (request) => {
      const bank = this.#routes.get(request.runId)?.bank;
      return bank ? bank.decide(request) : Promise.reject(new Error('This run has no memory.'));
    },
    counts: () => Promise.resolve({ total: 0, accepted: 0, rejected: 0, unjudged: 0 }),
    get: () => Promise.resolve(undefined),
    ofRun: () => Promise.resolve(undefined),
    list: () => Promise.resolve({ cases: [], total: 0 }),
    records: () => Promise.resolve([]),
    lessonCounts: () => Promise.resolve([]),
    warning: () => Promise.resolve(undefined),
    withoutVector: () => Promise.resolve([]),
    recordsAfter: () => Promise.resolve([]),
    judge: notHere,
    forget: notHere,
    restore: notHere,
    edit: notHere,
    report: notHere,
    embed: notHere,
    known: notHere,
    importAll: notHere,
  };

  /** Says whose memory a run reads, as soon as it has an id. @param bank undefined for a run without memory */
  open(runId: string, bank: CaseBank | undefined): void {
    this.#routes.set(runId, { bank });
  }

  /** What the run left, undefined where it left no case. Its memory is not known afterwards. */
  close(runId: string): KeptRun | undefined {
    const route = this.#routes.get(runId);
    this.#routes.delete(runId);
    if (route?.case === undefined || route.run === undefined) return undefined;
    return { case: route.case, run: route.run, vector: route.vector };
  }
}

const notHere = (): Promise<never> => Promise.reject(new Error('An evaluation changes no memory this way.'));

/** Ids and verdict that the memory keeps of an attempt: the same whenever it was made. */
export interface Keeping {
  readonly caseId: string;
  readonly runId: string;
  readonly reward: 1 | 0 | null;
}

/** The records that an arm's memory gets, judged as the right answers say. */
export function recordsOf(kept: KeptRun, { caseId, runId, reward }: Keeping): readonly MemoryRecord[] {
  const judgedAt = reward === null ? null : kept.case.createdAt;
  return [
    {
      type: 'case',
      case: { ...kept.case, id: caseId, runId, reward, judgedAt },
      vectors: kept.vector ? [kept.vector] : [],
    },
    { type: 'run', run: { ...kept.run, runId } },
  ];
}

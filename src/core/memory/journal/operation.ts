import type { StoredVector } from '../storedVector';
import type { Case, CaseEdit, Judgement } from '../case';
import type { RunRecord } from '../runRecord';

/**
 * One change of the memory, as the journal keeps it. Operations may be applied in any order and any number of times:
 * what they leave is the same (merge.ts, runStates.ts).
 */
export type Operation = CaseOperation | RunOperation;

interface Identified {
  /** ULID; later than every operation that its writer had seen. Of two that set the same thing the later one holds. */
  readonly id: string;
}

export type CaseOperation = Identified & { readonly caseId: string } & (
    | { readonly type: 'add'; readonly case: Case; readonly vector?: StoredVector | undefined }
    | { readonly type: 'embed'; readonly vector: StoredVector }
    | { readonly type: 'edit'; readonly changes: CaseEdit }
    | { readonly type: 'judge'; readonly judgement: Judgement }
    | { readonly type: 'forget'; readonly at: number }
    | { readonly type: 'restore' }
    /** Takes back for good all that was said of the case before, and the record of its run. */
    | { readonly type: 'purge'; readonly runId?: string }
  );

export type RunOperation = Identified & {
  readonly type: 'run';
  readonly runId: string;
  readonly record: Omit<RunRecord, 'vector'>;
  readonly vector?: StoredVector | undefined;
};

export type OperationType = Operation['type'];

/** The id of what was known before there were operations: every other one is later. */
export const BEFORE_ALL = '';

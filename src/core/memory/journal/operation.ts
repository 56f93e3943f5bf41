import type { StoredVector } from '../bank';
import type { Case, Judgement } from '../case';

/**
 * One change of the memory, as the journal keeps it. Operations may be applied in any order and any number of times:
 * what they leave is the same (merge.ts).
 */
export type Operation = {
  /** ULID; later than every operation that its writer had seen. Of two that set the same thing the later one holds. */
  readonly id: string;
  readonly caseId: string;
} & (
  | { readonly type: 'add'; readonly case: Case; readonly vector?: StoredVector | undefined }
  | { readonly type: 'embed'; readonly vector: StoredVector }
  | { readonly type: 'judge'; readonly judgement: Judgement }
  | { readonly type: 'forget'; readonly at: number }
  | { readonly type: 'restore' }
  /** Takes back for good all that was said of the case before. */
  | { readonly type: 'purge' }
);

export type OperationType = Operation['type'];

/** The id of what was known before there were operations: every other one is later. */
export const BEFORE_ALL = '';

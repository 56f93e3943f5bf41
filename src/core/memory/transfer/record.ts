import { normalise } from '../../common/text';
import type { StoredVector } from '../storedVector';
import type { Case } from '../case';
import type { RunRecord } from '../runRecord';

export interface CaseRecord {
  readonly type: 'case';
  readonly case: Case;
  /** By encoder id; at most one of each. */
  readonly vectors: readonly StoredVector[];
}

/** What a memory consists of: a lossless export has all of it. */
export type MemoryRecord = CaseRecord | { readonly type: 'run'; readonly run: RunRecord };

/** Orders records, cases before runs: a page of them begins after the place of the last one's. */
export const placeOf = (record: MemoryRecord): string =>
  record.type === 'case' ? `case/${record.case.id}` : `run/${record.run.runId}`;

/** Two cases are duplicates where this is the same: question and descriptions of the tasks, in their normal forms. */
export const contentKey = ({ question, plan }: Pick<Case, 'question' | 'plan'>): string =>
  JSON.stringify([normalise(question), ...plan.map(({ description }) => normalise(description))]);

/** The case as a duplicate of the one of this id, which was there first. */
export const linkedTo = (record: CaseRecord, first: string): CaseRecord => ({
  ...record,
  case: { ...record.case, provenance: { ...record.case.provenance, duplicateOf: first } },
});

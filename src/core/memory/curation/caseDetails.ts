import type { CaseBank } from '../bank';
import type { Case } from '../case';
import type { ChangedSource } from './changedSources';
import type { LessonCount } from '../lesson';
import type { CaseRecord } from '../report/caseRecords';

/** A case with what is known about it by now: what its page shows. */
export interface CaseDetails {
  readonly case: Case;
  /** Of its lessons, in their order. */
  readonly lessonCounts: readonly LessonCount[];
  /** What it did in the runs that were shown it. */
  readonly record: CaseRecord;
  /** Its sources that are no longer as they were. */
  readonly changedSources: readonly ChangedSource[];
}

/** Undefined where there is no such case. `changedIn` is asked once. */
export async function caseDetails(
  bank: CaseBank,
  caseId: string,
  changedIn: (record: Case) => Promise<readonly ChangedSource[]>,
): Promise<CaseDetails | undefined> {
  const found = await bank.get(caseId);
  if (!found) return undefined;
  const [lessonCounts, [record], changedSources] = await Promise.all([
    bank.lessonCounts(found.lessons.map(({ id }) => id)),
    bank.records([caseId]),
    changedIn(found),
  ]);
  if (!record) throw new Error('The bank gives a record for each id.');
  return { case: found, lessonCounts, record, changedSources };
}

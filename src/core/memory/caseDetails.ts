import type { CaseBank } from './bank';
import type { Case } from './case';
import type { ChangedSource } from './changedSources';
import type { LessonCount } from './policy/policyMemory';

/** A case with what is known about it by now: what its page shows. */
export interface CaseDetails {
  readonly case: Case;
  /** Of its lessons, in their order. */
  readonly lessonCounts: readonly LessonCount[];
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
  const [lessonCounts, changedSources] = await Promise.all([
    bank.lessonCounts(found.lessons.map(({ id }) => id)),
    changedIn(found),
  ]);
  return { case: found, lessonCounts, changedSources };
}

/** Lessons of judged runs: which still hold, from how the runs went in which they were shown. */
import type { Lesson } from './case';
import type { LessonCount } from './policy/policyMemory';

/** At most so many a judged run (ReasoningBank). */
export const MOST_LESSONS = 3;
/** Of one lesson, characters. */
export const LONGEST_LESSON = 200;
/** What a new lesson has to lose (ExpeL: counters that die at zero). */
const CREDIT = 2;

/** Accepted runs less rejected ones have not used up its credit. A lesson that does not hold is kept, and not shown. */
export const stillHolds = ({ shown, accepted }: LessonCount): boolean =>
  CREDIT + accepted - (shown - accepted) > 0;

export const holding = (
  lessons: readonly Lesson[],
  countOf: (lessonId: string) => LessonCount,
): readonly Lesson[] => lessons.filter(({ id }) => stillHolds(countOf(id)));

/** Lessons of judged runs: which still hold, from how the runs went in which they were shown. */
import type { Lesson } from './case';

/** At most so many a judged run (ReasoningBank). */
export const MOST_LESSONS = 3;
/** Of one lesson, characters. */
export const LONGEST_LESSON = 200;
/** What a new lesson has to lose (ExpeL: counters that die at zero). */
const CREDIT = 2;

/** Of the judged runs in which a lesson was shown. */
export interface LessonCount {
  readonly shown: number;
  readonly accepted: number;
}

/** Accepted runs less rejected ones have not used up its credit. A lesson that does not hold is kept, and not shown. */
export const stillHolds = ({ shown, accepted }: LessonCount): boolean =>
  CREDIT + accepted - (shown - accepted) > 0;

const NEVER: LessonCount = { shown: 0, accepted: 0 };

/** Lessons with how each fared, in words for the user. `counts` are in the order of the lessons. */
export const describeLessons = (
  lessons: readonly Lesson[],
  counts: readonly LessonCount[],
): readonly { readonly text: string; readonly standing: string }[] =>
  lessons.map(({ text }, i) => ({ text, standing: standing(counts[i] ?? NEVER) }));

function standing(count: LessonCount): string {
  const { shown, accepted } = count;
  if (shown === 0) return 'not shown in a judged run yet';
  const words = `shown ${shown === 1 ? 'once' : `${shown} times`}, accepted ${accepted}`;
  return stillHolds(count) ? words : `${words}; no longer shown: rejected more often than accepted`;
}

export const holding = (
  lessons: readonly Lesson[],
  countOf: (lessonId: string) => LessonCount,
): readonly Lesson[] => lessons.filter(({ id }) => stillHolds(countOf(id)));

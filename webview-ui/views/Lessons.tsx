import type { RunState } from '../../src/core/agent/runState';
import { Icon } from './Icon';

/** What the judgement taught: text that a model wrote, shown as such. */
export function LessonsLearned({ learned }: { readonly learned: NonNullable<RunState['learned']> }) {
  const { lessons, error } = learned;
  if (error) {
    return (
      <p class="lessons-none with-icon">
        <Icon name="warning" tone="attention" /> <span>No lesson was learned: {error.message}</span>
      </p>
    );
  }
  if (lessons.length === 0) {
    return <p class="lessons-none">The model found nothing in this run worth remembering.</p>;
  }
  return (
    <div class="lessons-learned" role="group" aria-labelledby="lessons-title">
      <h4 id="lessons-title">
        <Icon name="mortar-board" tone="busy" /> Lessons learned
      </h4>
      <p class="lessons-none">Written by the model. Later plans see them along with this case.</p>
      <LessonList lessons={lessons} />
    </div>
  );
}

/** What goes to the planner with a case. */
export function CaseLessons({ lessons }: { readonly lessons: readonly string[] }) {
  if (lessons.length === 0) return null;
  return (
    <details class="case-lessons">
      <summary>{lessons.length === 1 ? '1 lesson' : `${lessons.length} lessons`}</summary>
      <LessonList lessons={lessons} />
    </details>
  );
}

const LessonList = ({ lessons }: { readonly lessons: readonly string[] }) => (
  <ul class="lessons">
    {lessons.map((lesson) => (
      <li key={lesson} dir="auto">
        {lesson}
      </li>
    ))}
  </ul>
);

import * as l10n from '@vscode/l10n';
import type { RunState } from '../../src/core/agent/runState';
import { counted } from '../language';
import { Icon } from './Icon';

/** What the judgement taught: text that a model wrote, shown as such. */
export function LessonsLearned({ learned }: { readonly learned: NonNullable<RunState['learned']> }) {
  const { lessons, error } = learned;
  if (error) {
    return (
      <p class="lessons-none with-icon">
        <Icon name="warning" tone="attention" />{' '}
        <span>{l10n.t('No lesson was learned: {0}', error.message)}</span>
      </p>
    );
  }
  if (lessons.length === 0) {
    return <p class="lessons-none">{l10n.t('The model found nothing in this run worth remembering.')}</p>;
  }
  return (
    <div class="lessons-learned" role="group" aria-labelledby="lessons-title">
      <h4 id="lessons-title">
        <Icon name="mortar-board" tone="busy" /> {l10n.t('Lessons learned')}
      </h4>
      <p class="lessons-none">{l10n.t('Written by the model. Later plans see them along with this case.')}</p>
      <LessonList lessons={lessons} />
    </div>
  );
}

/** What goes to the planner with a case. */
export function CaseLessons({ lessons }: { readonly lessons: readonly string[] }) {
  if (lessons.length === 0) return null;
  return (
    <details class="case-lessons">
      <summary>{counted(lessons.length, l10n.t('{0} lesson'), l10n.t('{0} lessons'))}</summary>
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

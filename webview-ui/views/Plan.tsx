import * as l10n from '@vscode/l10n';
import type { RunState, TaskState } from '../../src/core/agent/runState';
import { counted, formatNumber } from '../language';
import { nextApproval } from '../state';
import { ApprovalCard } from './Approval';
import { Icon } from './Icon';
import { Limited } from './Limited';
import { PlanReview } from './PlanReview';
import { Task } from './Task';

const earlierTasks = (count: number) =>
  counted(count, l10n.t('{0} earlier task'), l10n.t('{0} earlier tasks'));

/** The last of them: a plan of more is none that a person reads. */
const TASKS_SHOWN = 40;

export function Plan({ run, underWay }: { readonly run: RunState; readonly underWay: boolean }) {
  const planned = run.tasks.filter(({ status }) => status !== 'dropped');
  const done = planned.filter(({ status }) => status === 'done').length;
  // An approval of a call that is not in the plan must still be asked for.
  const homeless = run.approvals.filter(
    ({ callId, decision }) => decision === 'pending' && !run.calls[callId],
  );
  const review = underWay ? run.review : null;
  // What is being reviewed stands in its form.
  const tasks = planned.filter(({ cycle }) => cycle !== review?.cycle);
  const dropped = run.tasks.filter(({ status }) => status === 'dropped');
  const rounds = new Set(tasks.filter((task, index) => task.cycle !== (tasks[index - 1] ?? task).cycle));
  return (
    <section aria-label={l10n.t('Plan')} tabIndex={-1}>
      <h2>
        {l10n.t('Plan')}
        {planned.length > 0 && (
          <span class="aside">
            {counted(
              planned.length,
              l10n.t('{1} of {0} task done'),
              l10n.t('{1} of {0} tasks done'),
              formatNumber(done),
            )}
          </span>
        )}
      </h2>
      {planned.length === 0 && <NoTasks underWay={underWay && run.answer === ''} />}
      {tasks.length > 0 && (
        <ol class="tasks">
          <Limited items={tasks} step={TASKS_SHOWN} from="end" rest={earlierTasks}>
            {(task) => (
              <Task
                key={`${task.cycle}:${task.id}`}
                task={task}
                run={run}
                underWay={underWay}
                startsRound={rounds.has(task)}
              />
            )}
          </Limited>
        </ol>
      )}
      {dropped.length > 0 && <Dropped tasks={dropped} />}
      {review && <PlanReview key={review.cycle} review={review} />}
      {underWay &&
        homeless.map((approval) => (
          <ApprovalCard
            key={approval.approvalId}
            approval={approval}
            isNext={approval === nextApproval(run)}
          />
        ))}
    </section>
  );
}

/** What nobody began, of plans that others took the place of. */
function Dropped({ tasks }: { readonly tasks: readonly TaskState[] }) {
  return (
    <details class="dropped">
      <summary>
        {counted(
          tasks.length,
          l10n.t('{0} task of an earlier plan dropped'),
          l10n.t('{0} tasks of an earlier plan dropped'),
        )}
      </summary>
      <ul>
        {tasks.map(({ cycle, id, description }) => (
          <li key={`${cycle}:${id}`}>
            <span class="number">{id}.</span> <bdi>{description}</bdi>
          </li>
        ))}
      </ul>
    </details>
  );
}

function NoTasks({ underWay }: { readonly underWay: boolean }) {
  return underWay ? (
    <p class="empty" aria-busy="true">
      <Icon name="loading" /> {l10n.t('Planning…')}
    </p>
  ) : (
    <p class="empty">{l10n.t('This run has no plan.')}</p>
  );
}

import { useRef } from 'preact/hooks';
import type { RunState } from '../../src/core/agent/runState';
import { plural } from '../format';
import { ApprovalCard } from './Approval';
import { Icon } from './Icon';
import { PlanReview } from './PlanReview';
import { Task } from './Task';

export function Plan({ run, underWay }: { readonly run: RunState; readonly underWay: boolean }) {
  const region = useRef<HTMLElement>(null);
  const planned = run.tasks.filter(({ status }) => status !== 'dropped');
  const done = planned.filter(({ status }) => status === 'done').length;
  // An approval of a call that is not in the plan must still be asked for.
  const homeless = run.approvals.filter(
    ({ callId, decision }) => decision === 'pending' && !run.calls[callId],
  );
  const review = underWay ? run.review : null;
  // What is being reviewed stands in its form.
  const tasks = review ? run.tasks.filter(({ cycle }) => cycle !== review.cycle) : run.tasks;
  return (
    <section aria-label="Plan" ref={region} tabIndex={-1}>
      <h2>
        Plan
        {run.tasks.length > 0 && (
          <span class="aside">
            {done} of {plural(planned.length, 'task')} done
          </span>
        )}
      </h2>
      {run.tasks.length === 0 ? (
        <NoTasks underWay={underWay && run.answer === ''} />
      ) : (
        <ol class="tasks">
          {tasks.map((task, index) => (
            <Task
              key={`${task.cycle}:${task.id}`}
              task={task}
              run={run}
              underWay={underWay}
              startsRound={task.cycle !== (tasks[index - 1]?.cycle ?? tasks[0]?.cycle)}
            />
          ))}
        </ol>
      )}
      {review && <PlanReview key={review.cycle} review={review} />}
      {underWay && homeless.map((approval) => <ApprovalCard key={approval.approvalId} approval={approval} />)}
    </section>
  );
}

function NoTasks({ underWay }: { readonly underWay: boolean }) {
  return underWay ? (
    <p class="empty" aria-busy="true">
      <Icon name="loading" /> Planning…
    </p>
  ) : (
    <p class="empty">This run has no plan.</p>
  );
}

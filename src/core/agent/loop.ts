import { deadline } from '../common/abort';
import type { Fault, Result } from '../common/result';
import type { PlanTask } from '../memory/case';
import type { Budget } from './budget';
import type { Outcome, RunEventBody } from './events';
import type { Inbox } from './inbox';
import type { Planner, PlannerStep, ShownCase, TaskRecord } from './roles';
import type { TaskRunner } from './tasks';
import { runTasks } from './tasks';

export interface Answer {
  readonly answer: string;
  readonly shortAnswer: string;
}

/** How the loop ended; with an answer unless it failed. */
export type Ending =
  | {
      readonly outcome: Exclude<Outcome, 'cancelled' | 'failed'>;
      readonly answer: Answer;
      readonly error?: Fault;
    }
  | { readonly outcome: 'failed'; readonly error: Fault };

export interface Loop {
  readonly question: string;
  readonly cases: readonly ShownCase[];
  readonly planner: Planner;
  readonly tasks: TaskRunner;
  readonly budget: Budget;
  readonly inbox: Inbox;
  /** The person's cancel. */
  readonly cancelled: AbortSignal;
  readonly emit: (event: RunEventBody) => void;
}

/**
 * The paper's loop: the planner turns the question and the retrieved cases into tasks, the executor does them, and
 * the planner answers or plans again, at most `limits.cycles` times. A limit ends in one forced answer from what is
 * known, never in nothing.
 */
export async function planAndExecute(loop: Loop): Promise<Ending> {
  const done: TaskRecord[] = [];
  for (let cycle = 1; ; cycle++) {
    const step = await untilDeadline(loop, () => nextStep(loop, cycle, done));
    if (!step.ok)
      return loop.budget.isLimit(step.fault) ? forcedAnswer(loop, cycle, done, step.fault) : fail(step.fault);
    if (step.value.kind === 'answer') return conclude(step.value);
    if (cycle > loop.budget.limits.cycles) return forcedAnswer(loop, cycle, done, loop.budget.cyclesUsed());

    const tasks = renumber(step.value.tasks, done);
    loop.emit({ type: 'plan.proposed', cycle, usedCases: step.value.usedCases, tasks });
    const worked = await untilDeadline(loop, () => runTasks(loop.tasks, tasks, done));
    if (!worked.ok)
      return loop.budget.isLimit(worked.fault)
        ? forcedAnswer(loop, cycle + 1, done, worked.fault)
        : fail(worked.fault);
  }
}

function nextStep(
  loop: Loop,
  cycle: number,
  done: readonly TaskRecord[],
  mustAnswer?: Fault,
  signal = loop.tasks.signal,
) {
  return loop.planner.next({
    question: loop.question,
    cases: loop.cases,
    cycle,
    tasks: done,
    steering: loop.inbox.steering,
    mustAnswer: mustAnswer ? { because: mustAnswer.message } : null,
    signal,
    onAnswerText: (text) => loop.emit({ type: 'answer.delta', text }),
  });
}

/** The deadline aborts the working signal too: that is a limit; a person's own abort is thrown on. */
async function untilDeadline<T>(loop: Loop, work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work();
  } catch (error) {
    const reason: unknown = loop.tasks.signal.reason;
    if (!(reason instanceof DOMException) || reason.name !== 'TimeoutError') throw error;
    return { ok: false, fault: loop.budget.outOfTime() };
  }
}

/** One last planner call, past every limit; where even that fails, what the tasks found is the answer. */
async function forcedAnswer(
  loop: Loop,
  cycle: number,
  done: readonly TaskRecord[],
  limit: Fault,
): Promise<Ending> {
  loop.budget.grantLastWord();
  const time = deadline(loop.budget.lastWordMs, loop.cancelled);
  let step: Result<PlannerStep> | undefined;
  try {
    step = await nextStep(loop, cycle, done, limit, time.signal);
  } catch (error) {
    if (!time.isPassed()) throw error;
  } finally {
    time.release();
  }
  const answer = step?.ok && step.value.kind === 'answer' ? step.value : whatIsKnown(limit, done);
  return { outcome: 'exhausted', answer, error: limit };
}

function whatIsKnown(limit: Fault, done: readonly TaskRecord[]): Answer {
  const found = done.filter((record) => record.status === 'done' && record.result.trim() !== '');
  const lines = found.map((record) => `- **${record.task.description}**: ${record.result}`);
  const known =
    lines.length > 0 ? `What the finished tasks found:\n\n${lines.join('\n')}` : 'No task had finished.';
  return { answer: `${limit.message} No answer was written.\n\n${known}`, shortAnswer: '' };
}

const fail = (error: Fault): Ending => ({ outcome: 'failed', error });

function conclude(step: Extract<PlannerStep, { kind: 'answer' }>): Ending {
  return { outcome: step.abstained ? 'abstained' : 'answered', answer: step };
}

/** A planner counts its tasks from 1 in every plan: ids of a later plan go on where the earlier ones ended. */
function renumber(tasks: readonly PlanTask[], done: readonly TaskRecord[]): readonly PlanTask[] {
  const base = Math.max(0, ...done.map((record) => record.task.id));
  if (base === 0) return tasks;
  const ids = new Map(tasks.map((task, index) => [task.id, base + 1 + index]));
  return tasks.map((task) => ({
    ...task,
    id: ids.get(task.id) ?? task.id,
    dependsOn: task.dependsOn.map((id) => ids.get(id) ?? id),
  }));
}

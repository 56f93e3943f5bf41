import { abortReason, deadline } from '../common/abort';
import { ok, type Fault, type Result } from '../common/result';
import type { PlanTask } from '../memory/case';
import type { Evidence } from '../tools/evidence';
import type { Budget } from './budget';
import type { ConversationTurn } from './conversation';
import type { Outcome, RunEventBody } from './events';
import type { Inbox } from './inbox';
import type { Planner, PlannerStep, TaskRecord } from './roles';
import type { ShownCases, Turn } from './shownCases';
import type { TaskRunner } from './tasks';
import { runTasks } from './tasks';

export interface Answer {
  readonly answer: string;
  readonly shortAnswer: string;
}

/** How the loop ended; with an answer unless it failed. */
export type Ending = Answered | Failure;

export interface Answered {
  readonly outcome: Exclude<Outcome, 'cancelled' | 'failed'>;
  readonly answer: Answer;
  /** The limit that forced it. */
  readonly error?: Fault;
}

export interface Failure {
  readonly outcome: 'failed';
  readonly error: Fault;
}

export const failure = (error: Fault): Failure => ({ outcome: 'failed', error });

export interface Loop {
  readonly question: string;
  readonly conversation: readonly ConversationTurn[];
  readonly known: readonly Evidence[];
  readonly cases: ShownCases;
  readonly planner: Planner;
  readonly tasks: TaskRunner;
  readonly budget: Budget;
  readonly inbox: Inbox;
  /** Each plan waits until a person has looked at it. */
  readonly reviewPlans: boolean;
  /** The person's cancel. */
  readonly cancelled: AbortSignal;
  readonly emit: (event: RunEventBody) => void;
}

/** What the loop has come to. */
interface Progress {
  /** In order of completion. */
  done: TaskRecord[];
  /** The highest number that a task has had. */
  lastTask: number;
  /** The plan before this one was dropped. */
  planAgain: boolean;
}

/** The work of a turn was of no use: the plan was dropped. */
const DROPPED = 'dropped';

/**
 * The paper's loop: the planner turns the question and the retrieved cases into tasks, or into the answer; the executor
 * does them; and so on, at most `limits.cycles` times, not counting plans that a person had dropped. A limit ends in one
 * forced answer from what is known, never in nothing.
 */
export async function planAndExecute(loop: Loop): Promise<Ending> {
  const progress: Progress = { done: [], lastTask: 0, planAgain: false };
  let most = loop.budget.limits.cycles;
  for (let cycle = 1; ; cycle++) {
    const turn = loop.cases.turn(loop.tasks.signal);
    try {
      const ending = await oneCycle(loop, progress, turn, { cycle, isLast: cycle > most });
      progress.planAgain = ending === DROPPED;
      if (ending === DROPPED) most++;
      else if (ending) return ending;
    } finally {
      turn.release();
    }
  }
}

/** Undefined where the plan is done and the planner is to say what follows from it. */
async function oneCycle(
  loop: Loop,
  progress: Progress,
  turn: Turn,
  { cycle, isLast }: { readonly cycle: number; readonly isLast: boolean },
): Promise<Ending | typeof DROPPED | undefined> {
  const { done } = progress;
  const step = await inTurn(loop, turn, () => nextStep(loop, cycle, progress, turn.signal));
  if (step === DROPPED) return DROPPED;
  if (!step.ok) return ending(loop, cycle, progress, step.fault);
  if (step.value.kind === 'answer') return conclude(step.value);
  if (isLast) return forcedAnswer(loop, cycle, progress, loop.budget.cyclesUsed());

  const proposed = renumber(step.value.tasks, progress.lastTask);
  progress.lastTask = highest(proposed, progress.lastTask);
  const { usedCases } = step.value;
  const review = loop.reviewPlans ? ({ review: true } as const) : {};
  loop.emit({ type: 'plan.proposed', cycle, usedCases, tasks: proposed, ...review });
  const tasks = loop.reviewPlans ? await reviewed(loop, cycle, proposed, turn) : ok(proposed);
  if (tasks === DROPPED) return DROPPED;
  if (!tasks.ok) return ending(loop, cycle, progress, tasks.fault);

  progress.lastTask = highest(tasks.value, progress.lastTask);
  const runner = { ...loop.tasks, signal: turn.signal };
  const worked = await inTurn(loop, turn, () => runTasks(runner, tasks.value, done));
  if (worked === DROPPED) {
    // What was stopped in the middle says nothing; what it found is still there to be cited.
    progress.done = done.filter(({ status }) => status !== 'cancelled');
    return DROPPED;
  }
  return worked.ok ? undefined : ending(loop, cycle + 1, progress, worked.fault);
}

/** The plan after a person has looked at it; the time that takes is theirs. */
async function reviewed(loop: Loop, cycle: number, proposed: readonly PlanTask[], turn: Turn) {
  return inTurn(loop, turn, async () => {
    const tasks = await loop.budget.offTheClock(() => loop.inbox.review(cycle, proposed, turn.signal));
    if (tasks !== 'again') return ok(tasks);
    turn.drop();
    throw abortReason(turn.signal);
  });
}

function nextStep(
  loop: Loop,
  cycle: number,
  { done, planAgain }: Progress,
  signal: AbortSignal,
  mustAnswer?: Fault,
) {
  return loop.planner.next({
    question: loop.question,
    conversation: loop.conversation,
    known: loop.known,
    cases: loop.cases.cases,
    cycle,
    planAgain,
    tasks: done,
    steering: [...loop.inbox.steering],
    mustAnswer: mustAnswer ? { because: mustAnswer.message } : null,
    signal,
    onAnswerText: (text) => loop.emit({ type: 'answer.delta', text }),
  });
}

/**
 * The work of a turn, which the deadline and a dropped plan abort: the one is a limit, the other starts anew. A person's
 * own abort is thrown on.
 */
async function inTurn<T>(
  loop: Loop,
  turn: Turn,
  work: () => Promise<Result<T>>,
): Promise<Result<T> | typeof DROPPED> {
  try {
    const result = await work();
    return turn.isDropped ? DROPPED : result;
  } catch (error) {
    const reason: unknown = turn.signal.reason;
    if (reason instanceof DOMException && reason.name === 'TimeoutError') {
      return { ok: false, fault: loop.budget.outOfTime() };
    }
    if (turn.isDropped && !loop.tasks.signal.aborted) return DROPPED;
    throw error;
  }
}

/** A limit forces an answer; what no answer can come of ends the run. */
const ending = (loop: Loop, cycle: number, progress: Progress, fault: Fault): Ending | Promise<Ending> =>
  loop.budget.isLimit(fault) ? forcedAnswer(loop, cycle, progress, fault) : failure(fault);

/** One last planner call, past every limit; where even that fails, what the tasks found is the answer. */
async function forcedAnswer(loop: Loop, cycle: number, progress: Progress, limit: Fault): Promise<Ending> {
  loop.budget.grantLastWord();
  const time = deadline(loop.budget.lastWordMs, loop.cancelled);
  let step: Result<PlannerStep> | undefined;
  try {
    step = await nextStep(loop, cycle, progress, time.signal, limit);
  } catch (error) {
    if (!time.isPassed()) throw error;
  } finally {
    time.release();
  }
  const answer = step?.ok && step.value.kind === 'answer' ? step.value : whatIsKnown(limit, progress.done);
  return { outcome: 'exhausted', answer, error: limit };
}

function whatIsKnown(limit: Fault, done: readonly TaskRecord[]): Answer {
  const found = done.filter((record) => record.status === 'done' && record.result.trim() !== '');
  const lines = found.map((record) => `- **${record.task.description}**: ${record.result}`);
  const known =
    lines.length > 0 ? `What the finished tasks found:\n\n${lines.join('\n')}` : 'No task had finished.';
  return { answer: `${limit.message} No answer was written.\n\n${known}`, shortAnswer: '' };
}

function conclude(step: Extract<PlannerStep, { kind: 'answer' }>): Ending {
  return { outcome: step.abstained ? 'abstained' : 'answered', answer: step };
}

const highest = (tasks: readonly PlanTask[], least: number): number =>
  Math.max(least, ...tasks.map(({ id }) => id));

/** A planner counts its tasks from 1 in every plan: numbers of a later plan go on where the earlier ones ended. */
function renumber(tasks: readonly PlanTask[], base: number): readonly PlanTask[] {
  if (base === 0) return tasks;
  const ids = new Map(tasks.map((task, index) => [task.id, base + 1 + index]));
  return tasks.map((task) => ({
    ...task,
    id: ids.get(task.id) ?? task.id,
    dependsOn: task.dependsOn.map((id) => ids.get(id) ?? id),
  }));
}

import { abortReason, deadline } from '../common/abort';
import { ok, type Fault, type Result } from '../common/result';
import type { PlanTask } from '../memory/case';
import type { Evidence } from '../tools/evidence';
import type { Budget } from './budget';
import type { ConversationTurn } from './conversation';
import { type Answer, type Ending, failure } from './ending';
import type { RunEventBody } from './events';
import type { Inbox } from './inbox';
import type { Resumption } from './pastRun';
import type { Planner, PlannerStep, TaskRecord } from './roles';
import type { ShownCases, Turn } from './shownCases';
import type { TaskRunner } from './tasks';
import { runTasks } from './tasks';

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
export async function planAndExecute(loop: Loop, from?: Resumption): Promise<Ending> {
  const progress: Progress = {
    done: [...(from?.done ?? [])],
    lastTask: from?.lastTask ?? 0,
    planAgain: false,
  };
  let most = loop.budget.limits.cycles + (from?.dropped ?? 0);
  const first = from?.cycle ?? 1;
  for (let cycle = first; ; cycle++) {
    const turn = loop.cases.turn(loop.tasks.signal);
    try {
      const plan = cycle === first ? from?.plan : undefined;
      const ending = await oneCycle(loop, progress, turn, { cycle, isLast: cycle > most, plan });
      progress.planAgain = ending === DROPPED;
      if (ending === DROPPED) most++;
      else if (ending) return ending;
    } finally {
      turn.release();
    }
  }
}

interface Plan {
  readonly tasks: readonly PlanTask[];
  /** A person has not looked at it yet. */
  readonly toReview: boolean;
}

interface Cycle {
  /** From 1. */
  readonly cycle: number;
  /** No more plans are done. */
  readonly isLast: boolean;
  /** Of an earlier session: what is left to do. */
  readonly plan: Plan | undefined;
}

/** Undefined where the plan is done and the planner is to say what follows from it. */
async function oneCycle(
  loop: Loop,
  progress: Progress,
  turn: Turn,
  cycle: Cycle,
): Promise<Ending | typeof DROPPED | undefined> {
  const plan = cycle.plan ?? (await nextPlan(loop, progress, turn, cycle));
  if (plan === DROPPED || 'outcome' in plan) return plan;
  const tasks = plan.toReview ? await reviewed(loop, cycle.cycle, plan.tasks, turn) : ok(plan.tasks);
  if (tasks === DROPPED) return DROPPED;
  if (!tasks.ok) return ending(loop, cycle.cycle, progress, tasks.fault);

  progress.lastTask = highest(tasks.value, progress.lastTask);
  const runner = { ...loop.tasks, signal: turn.signal };
  const worked = await inTurn(loop, turn, () => runTasks(runner, tasks.value, progress.done));
  if (worked === DROPPED) {
    // What was stopped in the middle says nothing; what it found is still there to be cited.
    progress.done = progress.done.filter(({ status }) => status !== 'cancelled');
    return DROPPED;
  }
  return worked.ok ? undefined : ending(loop, cycle.cycle + 1, progress, worked.fault);
}

/** What the planner says next: a plan, or the run's ending. */
async function nextPlan(
  loop: Loop,
  progress: Progress,
  turn: Turn,
  { cycle, isLast }: Cycle,
): Promise<Plan | Ending | typeof DROPPED> {
  const step = await inTurn(loop, turn, () => nextStep(loop, cycle, progress, turn.signal));
  if (step === DROPPED) return DROPPED;
  if (!step.ok) return ending(loop, cycle, progress, step.fault);
  if (step.value.kind === 'answer') return conclude(step.value);
  if (isLast) return forcedAnswer(loop, cycle, progress, loop.budget.cyclesUsed());

  const tasks = renumber(step.value.tasks, progress.lastTask);
  progress.lastTask = highest(tasks, progress.lastTask);
  const { usedCases } = step.value;
  const review = loop.reviewPlans ? ({ review: true } as const) : {};
  loop.emit({ type: 'plan.proposed', cycle, usedCases, tasks, ...review });
  return { tasks, toReview: loop.reviewPlans };
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

import { isAbortError } from '../common/abort';
import { messageOf } from '../common/result';
import type { Fault, Result } from '../common/result';
import { failed, ok } from '../common/result';
import type { PlanTask } from '../memory/case';
import type { RunEventBody } from './events';
import { GIVEN } from './exposure';
import type { Executor, TaskRecord } from './roles';
import type { TaskTools, Toolbox } from './toolbox';

/** How many tasks of a plan run at once. */
const PARALLEL_TASKS = 4;

/** Faults of the executor's model that no other task would escape: the run ends with them. */
const FATAL: ReadonlySet<Fault['code']> = new Set<Fault['code']>([
  'unauthorized',
  'forbidden',
  'model-not-found',
  'unreachable',
  'no-model',
  'limit',
]);

export interface TaskRunner {
  readonly question: string;
  readonly executor: Executor;
  readonly toolbox: Toolbox;
  readonly signal: AbortSignal;
  readonly emit: (event: RunEventBody) => void;
}

/**
 * Does the tasks of a plan, each as soon as those it depends on are done, independent ones in parallel. `done` holds
 * the tasks of earlier plans and receives these, in order of completion. A fault only where going on is pointless.
 */
export async function runTasks(
  runner: TaskRunner,
  tasks: readonly PlanTask[],
  done: TaskRecord[],
): Promise<Result<undefined>> {
  const waiting = new Set(tasks);
  const running = new Set<Promise<void>>();
  let fatal: Fault | undefined;
  const isDone = (id: number) => done.some((record) => record.task.id === id);

  const start = (task: PlanTask) => {
    waiting.delete(task);
    const work = runTask(runner, task, done)
      .then(({ record, fault }) => {
        done.push(record);
        fatal ??= fault;
      })
      .finally(() => running.delete(work));
    running.add(work);
  };

  while (waiting.size > 0 || running.size > 0) {
    for (const task of waiting) {
      if (fatal || runner.signal.aborted || running.size >= PARALLEL_TASKS) break;
      if (task.dependsOn.every(isDone)) start(task);
    }
    if (running.size === 0) break;
    await Promise.race(running);
  }
  runner.signal.throwIfAborted();
  return fatal ? { ok: false, fault: fatal } : ok(undefined);
}

async function runTask(
  runner: TaskRunner,
  task: PlanTask,
  done: readonly TaskRecord[],
): Promise<{ record: TaskRecord; fault?: Fault }> {
  const tools = runner.toolbox.forTask(task.id, runner.signal);
  runner.emit({ type: 'task.started', taskId: task.id });
  const result = await attempt(runner, task, done, tools);
  // The planner reads it, in the words of a server.
  if (!result.ok) runner.toolbox.exposeTo(GIVEN.fault);
  const status = result.ok ? 'done' : result.fault.code === 'cancelled' ? 'cancelled' : 'failed';
  const text = result.ok ? result.value : result.fault.message;
  runner.emit({ type: 'task.finished', taskId: task.id, status, result: text });
  const record: TaskRecord = { task, status, result: text, evidence: tools.evidence };
  return result.ok || !FATAL.has(result.fault.code) ? { record } : { record, fault: result.fault };
}

async function attempt(
  runner: TaskRunner,
  task: PlanTask,
  done: readonly TaskRecord[],
  tools: TaskTools,
): Promise<Result<string>> {
  try {
    return await runner.executor.execute({
      question: runner.question,
      task,
      dependencies: done.filter((record) => task.dependsOn.includes(record.task.id)),
      signal: runner.signal,
      tools: tools.definitions,
      callsLeft: () => tools.callsLeft,
      call: (name, args) => tools.call(name, args),
    });
  } catch (error) {
    if (runner.signal.aborted || isAbortError(error)) return failed('cancelled', 'The task was stopped.');
    return failed('internal', `The task failed: ${messageOf(error)}`);
  }
}

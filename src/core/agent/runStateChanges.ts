/** What events do to parts of a run's state. */
import type { PlanTask } from '../memory/case';
import type { Evidence } from '../tools/evidence';
import type { RunEvent, RunUsage } from './events';
import type { CallState, RunState, TaskState } from './runStateShape';

/** The state that a batch of events is folded into: its calls and evidence are copies, which may be written to. */
export interface Draft extends RunState {
  readonly calls: Record<string, CallState>;
  readonly evidence: Record<string, Evidence>;
}

export const newCall = (event: Extract<RunEvent, { type: 'tool.called' }>): CallState => ({
  callId: event.callId,
  taskId: event.taskId,
  tool: event.tool,
  arguments: event.arguments,
  startedAt: event.at,
  status: 'running',
  output: '',
  preview: '',
  artifact: null,
  files: [],
  repeated: false,
  waived: null,
  exitCode: undefined,
  background: null,
  durationMs: null,
  evidence: [],
});

export const newTask = (task: PlanTask, cycle: number): TaskState => ({
  ...task,
  cycle,
  status: 'pending',
  result: '',
  calls: [],
});

/** Of a plan that another one takes the place of, what had not begun. */
export const dropPending = (tasks: readonly TaskState[]): readonly TaskState[] =>
  tasks.map((task) => (task.status === 'pending' ? { ...task, status: 'dropped' } : task));

export function withTask(state: Draft, taskId: number, change: (task: TaskState) => TaskState): Draft {
  return { ...state, tasks: state.tasks.map((task) => (task.id === taskId ? change(task) : task)) };
}

export function withCall(state: Draft, callId: string, change: (call: CallState) => CallState): Draft {
  const call = state.calls[callId];
  if (call) state.calls[callId] = change(call);
  return state;
}

/** Waits for a person where something is asked of them. */
export function settleWaiting(state: Draft): Draft {
  if (state.status !== 'running' && state.status !== 'waiting') return state;
  const pending = state.review !== null || state.approvals.some(({ decision }) => decision === 'pending');
  return { ...state, status: pending ? 'waiting' : 'running' };
}

/** The window is gone, and its terminals with it. */
export const loseCommands = (state: Draft): Draft => ({
  ...state,
  calls: Object.fromEntries(
    Object.entries(state.calls).map(([id, call]) => [
      id,
      call.background === 'running' ? { ...call, background: 'lost' } : call,
    ]),
  ),
});

/** Nothing runs any more: what had not ended is shown as interrupted, what was asked as withdrawn. */
export function interrupt(state: Draft): Draft {
  return {
    ...state,
    status: 'interrupted',
    waiting: null,
    tasks: state.tasks.map((task) => (task.status === 'running' ? { ...task, status: 'interrupted' } : task)),
    calls: Object.fromEntries(
      Object.entries(state.calls).map(([id, call]) => [
        id,
        call.status === 'running' || call.status === 'waiting' ? { ...call, status: 'interrupted' } : call,
      ]),
    ),
    approvals: state.approvals.map((approval) =>
      approval.decision === 'pending' ? { ...approval, decision: 'withdrawn' } : approval,
    ),
  };
}

/** What both took together. */
export function sumOf(a: RunUsage, b: RunUsage): RunUsage {
  const known = (a.cost ?? a.knownCost ?? 0) + (b.cost ?? b.knownCost ?? 0);
  const isKnown = a.cost !== null && b.cost !== null;
  return {
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    cost: isKnown ? known : null,
    ...(isKnown || known === 0 ? {} : { knownCost: known }),
    modelCalls: a.modelCalls + b.modelCalls,
  };
}

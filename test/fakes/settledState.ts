/** The state of a run, as two runs that did the same have it in common: one was interrupted and gone on with. */
import type { RunEvent } from '../../src/core/agent/events';
import { runState } from '../../src/core/agent/runState';

/** Without times, ids that count on, and the interruption: the calls of the attempts that it ended. */
export function settled(events: readonly RunEvent[]) {
  const state = runState(events);
  const resumed = events.findIndex(({ type }) => type === 'run.resumed');
  const finished = new Set<number>();
  const given = new Set<string>();
  for (const event of events.slice(0, Math.max(resumed, 0))) {
    if (event.type === 'task.finished') finished.add(event.taskId);
  }
  for (const event of events.slice(0, Math.max(resumed, 0))) {
    if (event.type === 'tool.called' && !finished.has(event.taskId)) given.add(event.callId);
  }
  const calls = Object.values(state.calls).filter(({ callId }) => !given.has(callId));
  const ids = new Map(calls.map(({ callId }, i) => [callId, i + 1]));
  return {
    ...state,
    startedAt: 0,
    finishedAt: 0,
    toolCalls: calls.length,
    calls: calls.map((call) => ({
      ...call,
      callId: ids.get(call.callId),
      evidence: [],
      startedAt: 0,
      durationMs: 0,
    })),
    tasks: state.tasks.map((task) => ({ ...task, calls: task.calls.flatMap((id) => ids.get(id) ?? []) })),
    approvals: state.approvals
      .filter(({ callId }) => ids.has(callId))
      .map(({ what, command, decision }) => [what, command, decision]),
    evidence: Object.values(state.evidence).map(({ callId: _, readAt: _at, ...found }) => found),
    // Of what was found and not yet said when it ended.
    notices: [],
    citations: state.citations?.map(({ readAt: _at, ...citation }) => citation),
    caseId: '',
  };
}

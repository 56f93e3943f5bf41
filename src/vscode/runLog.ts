/** The log of a run that is not under way here. */
import type { RunEvent } from '../core/agent/events';
import { runState } from '../core/agent/runState';
import type { RunStore } from '../core/agent/runStore';

/** Undefined where no run is told of. */
export function questionOf(events: readonly RunEvent[] | undefined): string | undefined {
  const started = events?.find((event) => event.type === 'run.started');
  return started?.type === 'run.started' ? started.question : undefined;
}

/** A command whose end was never told, and which does not run in this window, ended with another window. */
export function withLostCommands(
  events: readonly RunEvent[],
  isRunning: (callId: string) => boolean,
): readonly RunEvent[] {
  const { calls, runId } = runState(events);
  const last = events.at(-1);
  const lost = Object.values(calls).filter(
    ({ callId, background }) => background === 'running' && !isRunning(callId),
  );
  return [
    ...events,
    ...lost.map(({ callId }, index): RunEvent => {
      const seq = (last?.seq ?? 0) + 1 + index;
      const ended = { type: 'command.ended', callId, endedBy: 'lost', exitCode: null } as const;
      return { v: 1, seq, at: last?.at ?? 0, runId, ...ended };
    }),
  ];
}

/**
 * The events of a run, undefined with no such run. One whose process died (none is at work on it) is told to be interrupted, in its log too,
 * so that it looks the same wherever it is shown.
 */
export async function readEndedRun(
  runs: RunStore,
  runId: string,
  now: number,
): Promise<readonly RunEvent[] | undefined> {
  const events = await runs.read(runId);
  const last = events?.at(-1);
  if (events === undefined || last === undefined) return undefined;
  const { status } = runState(events);
  if (status === 'finished' || status === 'interrupted' || (await runs.isUnderWay(runId))) return events;
  const interrupted: RunEvent = { type: 'run.interrupted', v: 1, seq: last.seq + 1, at: now, runId };
  await runs.append(interrupted);
  return [...events, interrupted];
}

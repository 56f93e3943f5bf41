/** A run that another process is at work on, followed by its log. */
import type { RunEvent } from '../core/agent/events';
import type { RunStore } from '../core/agent/runStore';
import type { HostMessage } from '../protocol/messages';

const LOOK_MS = 1_000;

/**
 * Resolves when the page has what there is so far.
 *
 * @returns `ended` resolves when nobody is at work on the run any more, or `signal` aborts
 */
export async function followElsewhere(
  { runId, runs }: { readonly runId: string; readonly runs: Pick<RunStore, 'tail' | 'isUnderWay'> },
  post: (message: HostMessage) => void,
  signal: AbortSignal,
  lookMs = LOOK_MS,
): Promise<{ readonly ended: Promise<void> }> {
  const say = (events: readonly RunEvent[], reset: boolean) => {
    if (!signal.aborted) post({ type: 'events', runId, reset, live: false, elsewhere: true, events });
  };
  const log = await runs.tail(runId, 0);
  say(log?.events ?? [], true);
  const follow = async () => {
    let end = log?.end ?? 0;
    while (!signal.aborted && (await runs.isUnderWay(runId))) {
      await later(lookMs, signal);
      const more = await runs.tail(runId, end);
      if (!more || more.events.length === 0) continue;
      end = more.end;
      say(more.events, false);
    }
  };
  return { ended: follow() };
}

const later = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    const stop = () => {
      clearTimeout(timer);
      resolve();
    };
    signal.addEventListener('abort', stop, { once: true });
  });

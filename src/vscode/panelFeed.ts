import type { RunEvent } from '../core/agent/events';

/** About two frames: a page that gets each event alone paints as often as a model writes a word. */
const BATCH_MS = 32;

/**
 * Hands events on in batches, what there is already at once, until they end or `signal` aborts; nothing is posted after an
 * abort.
 */
export async function feed(
  events: AsyncIterable<RunEvent>,
  post: (batch: readonly RunEvent[]) => void,
  signal: AbortSignal,
): Promise<void> {
  let batch: RunEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = 0;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (batch.length > 0 && !signal.aborted) post(batch);
    batch = [];
  };
  try {
    for await (const event of events) {
      if (signal.aborted) return;
      batch.push(event);
      timer ??= setTimeout(flush, wait);
      wait = BATCH_MS;
    }
  } finally {
    flush();
  }
}

/** Counts tokens in a thread of its own: src/models/token-worker.ts. */
import { messageOf } from '../core/common/result';
import type { CountTokens, Logger } from '../core/ports';
import { startThread, type WorkerThread } from './workerThread';

export interface TokenThread {
  readonly count: CountTokens;
  dispose(): Promise<void>;
}

/** Two vocabularies and the texts on their way. */
const MEGABYTES = 512;
/**
 * Of UTF-8, rather too few for English, and about right for Chinese: an estimate that is too high only makes a prompt
 * shorter.
 */
const BYTES_PER_TOKEN = 3;

/**
 * The thread starts with the first text, and keeps the process alive only while a count is waited for. Where it does not
 * start, or dies, counts are estimates, which the log tells once: a run does not fail for want of a number.
 * @param workerFile the built src/models/token-worker.ts
 */
export function createTokenThread(workerFile: string | URL, logger: Logger): TokenThread {
  let thread: WorkerThread<{ readonly count: CountTokens }> | undefined;
  let waiting = 0;
  let isTold = false;

  function start(): NonNullable<typeof thread> {
    const started = startThread<{ readonly count: CountTokens }>(workerFile, {
      megabytes: MEGABYTES,
      outOfMemory: 'the counter of tokens took too much memory',
      ended: 'the counter of tokens ended',
      onEnd: () => {
        if (thread === started) thread = undefined;
      },
    });
    return started;
  }

  return {
    count: async (text, vocabulary) => {
      thread ??= start();
      const { worker, rpc, died } = thread;
      worker.ref();
      waiting++;
      try {
        return await Promise.race([rpc.count(text, vocabulary), died]);
      } catch (error) {
        if (!isTold) logger.warn(`Tokens are estimated, not counted: ${messageOf(error)}`);
        isTold = true;
        return Math.ceil(Buffer.byteLength(text) / BYTES_PER_TOKEN);
      } finally {
        if (--waiting === 0) worker.unref();
      }
    },
    dispose: async () => {
      isTold = true;
      await thread?.worker.terminate();
    },
  };
}

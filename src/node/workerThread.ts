import { Worker } from 'node:worker_threads';
import { type BirpcReturn, createBirpc } from 'birpc';

export interface ThreadOptions {
  /** Of JavaScript's heap; a thread that takes more dies. */
  readonly megabytes: number;
  /** What the error says then. */
  readonly outOfMemory: string;
  /** What the error says where it ends otherwise. */
  readonly ended: string;
  onEnd(): void;
}

export interface WorkerThread<F extends object> {
  readonly worker: Worker;
  readonly rpc: BirpcReturn<F>;
  /** Rejects when the thread ends. */
  readonly died: Promise<never>;
}

export class OutOfMemory extends Error {}

/** A thread whose functions are called over postMessage (birpc). How long a call takes is the caller's to bound. */
export function startThread<F extends object>(
  workerFile: string | URL,
  options: ThreadOptions,
): WorkerThread<F> {
  const worker = new Worker(workerFile, {
    resourceLimits: { maxOldGenerationSizeMb: options.megabytes },
    // No flags of the host (a debugger, a loader): the file is plain JavaScript.
    execArgv: [],
  });
  const died = new Promise<never>((_, reject) => {
    worker.once('error', (error) => {
      const memory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      reject(memory ? new OutOfMemory(options.outOfMemory) : error);
    });
    worker.once('exit', () => {
      options.onEnd();
      reject(new Error(options.ended));
    });
  });
  died.catch(() => undefined);
  const rpc = createBirpc<F, Record<string, never>>(
    {},
    {
      post: (message: unknown) => worker.postMessage(message),
      on: (listener) => worker.on('message', listener),
      timeout: -1,
    },
  );
  return { worker, rpc, died };
}

import { Worker } from 'node:worker_threads';
import { createBirpc } from 'birpc';
import { orAbort } from '../core/common/abort';
import type { Encoder } from '../core/ports';
import type { EncoderFunctions, EncoderWorkerData } from './encoder-worker';
import { LeastRecent } from './leastRecent';

export interface WorkerEncoderOptions {
  /** Absolute path of the folder that scripts/encoder-assets.mjs writes. */
  readonly assets: string;
  /** The built src/node/encoder-worker.ts. */
  readonly workerFile: string | URL;
  /** How many texts' vectors are remembered (2 KB each). */
  readonly remembered?: number;
}

/** Another model, quantisation or tokenizer is another id: stored vectors are then encoded anew. */
export const WORKER_ENCODER_ID = 'use-lite-uint8-1';
const DIMENSIONS = 512;
/**
 * Texts a batch. Measured on 128 questions (25 tokens on average; ms a text): alone 13.6, batches of 4 10.8, of 8 10.9,
 * of 32 13.4, of 128 26, by length; in the order they came 13.1, 14.2, 22.3 and 25, for a batch is padded to its
 * longest. Small ones also end sooner after an abort.
 */
const BATCH = 4;

/**
 * Universal Sentence Encoder lite in a worker thread, which starts with the first text (0.3 to 0.8 s) and keeps the process
 * alive only while a request waits. English only: the empty string and texts that are not readable English (see
 * core/common/readability.ts) have no vector. Only the first 128 tokens count, about 90 words.
 *
 * `encode` rejects with the signal's reason once it aborts, and with an Error where the thread does not load, dies or
 * is disposed; the next call after a death starts a new one.
 */
export function createWorkerEncoder(options: WorkerEncoderOptions): Encoder {
  return new WorkerEncoder(options);
}

interface Thread {
  readonly worker: Worker;
  readonly rpc: { encode: EncoderFunctions['encode']; close(error: Error): void };
}

class WorkerEncoder implements Encoder {
  readonly id = WORKER_ENCODER_ID;
  readonly dimensions = DIMENSIONS;
  readonly #options: WorkerEncoderOptions;
  /** null: known to be unreadable. */
  readonly #known: LeastRecent<string, Float32Array | null>;
  #thread: Thread | undefined;
  #waiting = 0;
  #disposed = false;

  constructor(options: WorkerEncoderOptions) {
    this.#options = options;
    this.#known = new LeastRecent(options.remembered ?? 2000);
  }

  async encode(
    texts: readonly string[],
    signal?: AbortSignal,
  ): Promise<readonly (Float32Array | undefined)[]> {
    signal?.throwIfAborted();
    // Held here as well as remembered: a large request may push its own first texts out of the memory.
    const found = new Map<string, Float32Array | null>();
    for (const text of texts) {
      const vector = this.#known.get(text);
      if (vector !== undefined) found.set(text, vector);
    }
    const missing = [...new Set(texts)].filter((text) => !found.has(text));
    missing.sort((a, b) => a.length - b.length);
    for (let i = 0; i < missing.length; i += BATCH) {
      for (const [text, vector] of await this.#encodeBatch(missing.slice(i, i + BATCH), signal)) {
        found.set(text, vector);
        this.#known.set(text, vector);
      }
    }
    // Copies, as a caller may change a vector or transfer its memory to another thread.
    return texts.map((text) => found.get(text)?.slice());
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    const thread = this.#thread;
    this.#thread = undefined;
    thread?.rpc.close(new Error('The sentence encoder was disposed.'));
    await thread?.worker.terminate();
  }

  async #encodeBatch(
    texts: readonly string[],
    signal: AbortSignal | undefined,
  ): Promise<[string, Float32Array | null][]> {
    if (this.#disposed) throw new Error('The sentence encoder was disposed.');
    signal?.throwIfAborted();
    const thread = (this.#thread ??= this.#start());
    this.#waiting++;
    thread.worker.ref();
    try {
      const answer = thread.rpc.encode(texts);
      const { readable, vectors } = await (signal === undefined ? answer : orAbort(answer, signal));
      let row = 0;
      return texts.map((text, i) => [
        text,
        readable[i] === true ? vectors.slice(row++ * DIMENSIONS, row * DIMENSIONS) : null,
      ]);
    } finally {
      if (--this.#waiting === 0) thread.worker.unref();
    }
  }

  #start(): Thread {
    const workerData: EncoderWorkerData = { assets: this.#options.assets };
    // No flags of the host (a debugger, a loader): the file is plain JavaScript.
    const worker = new Worker(this.#options.workerFile, { workerData, execArgv: [] });
    worker.unref();
    const rpc = createBirpc<EncoderFunctions>(
      {},
      {
        post: (message: unknown) => worker.postMessage(message),
        // Returns nothing: birpc would await it, and a call made at once would miss a close.
        on: (listener) => void worker.on('message', listener),
        // A death is noticed below, and how long a batch takes is the caller's to bound.
        timeout: -1,
      },
    );
    const thread = {
      worker,
      rpc: {
        encode: (texts: readonly string[]) => rpc.encode(texts),
        close: (error: Error) => rpc.$close(error),
      },
    };
    const ended = (message: string, cause?: unknown) => {
      if (this.#thread === thread) this.#thread = undefined;
      rpc.$close(new Error(message, { cause }));
    };
    worker.once('error', (error) => ended(`The sentence encoder stopped: ${error.message}`, error));
    worker.once('exit', (code) => ended(`The sentence encoder's thread exited with code ${code}.`));
    return thread;
  }
}

import { Worker } from 'node:worker_threads';
import { createBirpc } from 'birpc';
import { orAbort } from '../core/common/abort';
import type { Encoder, WorkspaceSearch } from '../core/ports';
import type { SkippedFile } from './folderIndex';
import type { WorkspaceFunctions, WorkspaceHostFunctions, WorkspaceWorkerData } from './workspace-worker';

export type { SkippedFile } from './folderIndex';

export interface WorkspaceSearchOptions {
  /** Absolute path of the folder. */
  readonly root: string;
  /** Globs of what to leave out, e.g. the editor's `files.exclude`. */
  readonly excludes?: readonly string[];
  /** The built src/node/workspace-worker.ts. */
  readonly workerFile: string | URL;
  /** Without one, search is by words only. It stays its owner's: `dispose` leaves it running. */
  readonly encoder: Encoder | undefined;
  /** Where vectors are kept between sessions. */
  readonly cacheFile?: string;
  /** Larger files are not indexed; 2 MB unless told. */
  readonly maxFileBytes?: number;
  /** While files are indexed. */
  readonly onProgress?: (indexed: number, total: number) => void;
  readonly onWarning?: (message: string) => void;
}

export interface FolderSearch extends WorkspaceSearch {
  /** Files that are not in the index, and why. */
  skipped(): Promise<readonly SkippedFile[]>;
  /** Keeps what is worth keeping and ends the thread. */
  dispose(): Promise<void>;
}

/**
 * Search in a folder. The index lives in a worker thread, which starts with the first search, looks for changed files
 * before each, and keeps the process alive only while somebody waits. Calls reject with the signal's reason once it
 * aborts, and with an Error where the thread dies or was disposed; the next call after a death starts a new one.
 */
export function createWorkspaceSearch(options: WorkspaceSearchOptions): FolderSearch {
  return new ThreadSearch(options);
}

const MOST_BYTES = 2_000_000;
/** A thread that hangs at its end is ended all the same, ms. */
const LAST_WORDS = 2_000;

interface Thread {
  readonly worker: Worker;
  readonly rpc: ReturnType<typeof connect>;
}

class ThreadSearch implements FolderSearch {
  readonly #options: WorkspaceSearchOptions;
  #thread: Thread | undefined;
  #waiting = 0;
  #nextCall = 1;
  #disposed = false;

  constructor(options: WorkspaceSearchOptions) {
    this.#options = options;
  }

  search: WorkspaceSearch['search'] = (query, { limit, signal }) =>
    this.#ask(signal, (rpc, call) => rpc.search(call, query, limit));

  related: WorkspaceSearch['related'] = (passages, { question, limit, signal }) =>
    this.#ask(signal, (rpc, call) => rpc.related(call, passages, question, limit));

  skipped(): Promise<readonly SkippedFile[]> {
    return this.#ask(undefined, (rpc) => rpc.skipped());
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    const thread = this.#thread;
    this.#thread = undefined;
    if (thread === undefined) return;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, LAST_WORDS)));
    thread.worker.ref();
    await Promise.race([thread.rpc.flush(), late]).catch(() => undefined);
    clearTimeout(timer);
    thread.rpc.$close(new Error('The workspace search was disposed.'));
    await thread.worker.terminate();
  }

  async #ask<T>(
    signal: AbortSignal | undefined,
    request: (rpc: Thread['rpc'], call: number) => Promise<T>,
  ): Promise<T> {
    signal?.throwIfAborted();
    if (this.#disposed) throw new Error('The workspace search was disposed.');
    const { worker, rpc } = (this.#thread ??= this.#start());
    const call = this.#nextCall++;
    const abort = () => void rpc.abort.asEvent(call);
    signal?.addEventListener('abort', abort, { once: true });
    this.#waiting++;
    worker.ref();
    try {
      const answer = request(rpc, call);
      return await (signal === undefined ? answer : orAbort(answer, signal));
    } finally {
      signal?.removeEventListener('abort', abort);
      if (--this.#waiting === 0) worker.unref();
    }
  }

  #start(): Thread {
    const { root, excludes = [], encoder, cacheFile, workerFile, maxFileBytes = MOST_BYTES } = this.#options;
    const workerData: WorkspaceWorkerData = {
      root,
      excludes,
      maxFileBytes,
      encoder: encoder === undefined ? null : { id: encoder.id, dimensions: encoder.dimensions },
      cacheFile: cacheFile ?? null,
    };
    // No flags of the host (a debugger, a loader): the file is plain JavaScript.
    const worker = new Worker(workerFile, { workerData, execArgv: [] });
    worker.unref();
    const thread = { worker, rpc: connect(worker, this.#options) };
    const ended = (message: string, cause?: unknown) => {
      if (this.#thread === thread) this.#thread = undefined;
      thread.rpc.$close(new Error(message, { cause }));
    };
    worker.once('error', (error) => ended(`The workspace search stopped: ${error.message}`, error));
    worker.once('exit', (code) => ended(`The workspace search's thread exited with code ${code}.`));
    return thread;
  }
}

/** Two-way: the thread asks the host for vectors, which come from the encoder's own thread. */
function connect(worker: Worker, { encoder, onProgress, onWarning }: WorkspaceSearchOptions) {
  const host: WorkspaceHostFunctions = {
    encode: async (texts) => (await encoder?.encode(texts)) ?? [],
    progress: (indexed, total) => onProgress?.(indexed, total),
    warn: (message) => onWarning?.(message),
  };
  return createBirpc<WorkspaceFunctions, WorkspaceHostFunctions>(host, {
    post: (message: unknown) => worker.postMessage(message),
    on: (listener) => worker.on('message', listener),
    // A death is noticed by its events, and how long a search takes is the caller's to bound.
    timeout: -1,
  });
}

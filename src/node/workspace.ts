import { Worker } from 'node:worker_threads';
import { createBirpc } from 'birpc';
import { orAbort } from '../core/common/abort';
import { failed } from '../core/common/result';
import type { DocumentReader, Encoder, WorkspaceSearch } from '../core/ports';
import type { SkippedFile } from './folderIndex';
import { labelled, type LabelledFolder, type WorkspaceFolder } from './folders';
import type { WorkspaceFunctions, WorkspaceHostFunctions, WorkspaceWorkerData } from './workspace-worker';

export type { SkippedFile } from './folderIndex';

export interface WorkspaceSearchOptions {
  /** Asked before each search, as folders come and go while the editor runs, and its excludes change. */
  readonly folders: () => readonly WorkspaceFolder[];
  /** The built src/node/workspace-worker.ts. */
  readonly workerFile: string | URL;
  /** Without one, search is by words only. It stays its owner's: `dispose` leaves it running. */
  readonly encoder: Encoder | undefined;
  /** Where vectors are kept between sessions. */
  readonly cacheFile?: string;
  /** Where the index is kept between sessions. */
  readonly indexFile?: string;
  /** Documents that are no text are indexed too, where they can be read. */
  readonly documents?: {
    readonly extensions: readonly string[];
    readonly reader: Pick<DocumentReader, 'read'>;
  };
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
const LAST_WORDS = 5_000;
/** Who waits longer than this for the index is told how far it is, and then as often, ms. */
const PATIENCE = 1_000;
/** A document that takes longer is not indexed, ms. */
const LONGEST_DOCUMENT = 60_000;

interface Thread {
  readonly worker: Worker;
  readonly rpc: ReturnType<typeof connect>;
  /** As it was told last. */
  folders: readonly LabelledFolder[];
}

type OnIndexing = (indexed: number, total: number) => void;

class ThreadSearch implements FolderSearch {
  readonly #options: WorkspaceSearchOptions;
  #thread: Thread | undefined;
  #waiting = 0;
  readonly #watchers = new Set<OnIndexing>();
  #nextCall = 1;
  #disposed = false;

  constructor(options: WorkspaceSearchOptions) {
    this.#options = options;
  }

  search: WorkspaceSearch['search'] = (query, { limit, ...options }) =>
    this.#ask(options, (rpc, call) => rpc.search(call, query, limit));

  related: WorkspaceSearch['related'] = (passages, { question, limit, ...options }) =>
    this.#ask(options, (rpc, call) => rpc.related(call, passages, question, limit));

  limits(): Promise<readonly string[]> {
    return this.#ask({}, (rpc) => rpc.limits());
  }

  skipped(): Promise<readonly SkippedFile[]> {
    return this.#ask({}, (rpc) => rpc.skipped());
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
    { signal, onIndexing }: { readonly signal?: AbortSignal; readonly onIndexing?: OnIndexing },
    request: (rpc: Thread['rpc'], call: number) => Promise<T>,
  ): Promise<T> {
    signal?.throwIfAborted();
    if (this.#disposed) throw new Error('The workspace search was disposed.');
    const { worker, rpc } = this.#running();
    const watcher = onIndexing && nowAndThen(onIndexing);
    const call = this.#nextCall++;
    const abort = () => void rpc.abort.asEvent(call);
    signal?.addEventListener('abort', abort, { once: true });
    if (watcher) this.#watchers.add(watcher);
    this.#waiting++;
    worker.ref();
    try {
      const answer = request(rpc, call);
      return await (signal === undefined ? answer : orAbort(answer, signal));
    } finally {
      signal?.removeEventListener('abort', abort);
      if (watcher) this.#watchers.delete(watcher);
      if (--this.#waiting === 0) worker.unref();
    }
  }

  /** The thread, which knows the folders as they are now. */
  #running(): Thread {
    const folders = labelled(this.#options.folders());
    const thread = (this.#thread ??= this.#start(folders));
    if (JSON.stringify(folders) !== JSON.stringify(thread.folders)) {
      thread.folders = folders;
      void thread.rpc.setFolders.asEvent(folders);
    }
    return thread;
  }

  #start(folders: readonly LabelledFolder[]): Thread {
    const { encoder, cacheFile, indexFile, documents, workerFile, maxFileBytes = MOST_BYTES } = this.#options;
    const workerData: WorkspaceWorkerData = {
      folders,
      maxFileBytes,
      encoder: encoder === undefined ? null : { id: encoder.id, dimensions: encoder.dimensions },
      cacheFile: cacheFile ?? null,
      indexFile: indexFile ?? null,
      documents: documents?.extensions ?? null,
    };
    // No flags of the host (a debugger, a loader): the file is plain JavaScript.
    const worker = new Worker(workerFile, { workerData, execArgv: [] });
    worker.unref();
    const onProgress: OnIndexing = (indexed, total) => {
      this.#options.onProgress?.(indexed, total);
      for (const watcher of this.#watchers) watcher(indexed, total);
    };
    const thread: Thread = { worker, rpc: connect(worker, { ...this.#options, onProgress }), folders };
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
function connect(worker: Worker, { encoder, documents, onProgress, onWarning }: WorkspaceSearchOptions) {
  const host: WorkspaceHostFunctions = {
    encode: async (texts) => (await encoder?.encode(texts)) ?? [],
    readDocument: async (file) =>
      documents
        ? await documents.reader.read(file, { signal: AbortSignal.timeout(LONGEST_DOCUMENT) })
        : failed('unsupported', 'No reader of documents is there.'),
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

function nowAndThen(tell: OnIndexing): OnIndexing {
  let next = performance.now() + PATIENCE;
  return (indexed, total) => {
    if (performance.now() < next) return;
    next = performance.now() + PATIENCE;
    tell(indexed, total);
  };
}

/** The workspace index's thread: walks the folder, keeps the index in step with it, and answers searches. */
import { parentPort, workerData } from 'node:worker_threads';
import { createBirpc } from 'birpc';
import { messageOf } from '../core/common/result';
import type { Result } from '../core/common/result';
import type { DocumentContent, DocumentFile, Encoder, Passage, SearchHit } from '../core/ports';
import { WorkspaceIndex } from '../core/tools/workspaceIndex';
import type { SkippedFile } from './folderIndex';
import type { LabelledFolder } from './folders';
import { readVectorCache, writeVectorCache } from './vectorCache';
import { WorkspaceFolders } from './workspaceFolders';

export interface WorkspaceWorkerData {
  readonly folders: readonly LabelledFolder[];
  /** Larger files are not indexed. */
  readonly maxFileBytes: number;
  /** Null where search is by words only. */
  readonly encoder: { readonly id: string; readonly dimensions: number } | null;
  /** Absolute path of the file that keeps vectors between sessions. */
  readonly cacheFile: string | null;
  /** Absolute path of the file that keeps the index between sessions. */
  readonly indexFile: string | null;
  /** Extensions of the documents that the host reads; null where it reads none. */
  readonly documents: readonly string[] | null;
}

/** What the host asks. `call` names the request in `abort`. */
export interface WorkspaceFunctions {
  search(call: number, query: string, limit: number): Promise<readonly SearchHit[]>;
  related(
    call: number,
    passages: readonly Passage[],
    question: string,
    limit: number,
  ): Promise<readonly SearchHit[]>;
  abort(call: number): void;
  skipped(): Promise<readonly SkippedFile[]>;
  /** What cannot be found because a limit was reached, a sentence each. */
  limits(): Promise<readonly string[]>;
  /** The workspace has these folders from now on. */
  setFolders(folders: readonly LabelledFolder[]): void;
  /** Resolves when what is to be kept is on disk. */
  flush(): Promise<void>;
}

/** What the thread asks of the host. */
export interface WorkspaceHostFunctions {
  encode(texts: readonly string[]): Promise<readonly (Float32Array | undefined)[]>;
  readDocument(file: DocumentFile): Promise<Result<DocumentContent>>;
  progress(indexed: number, total: number): void;
  warn(message: string): void;
}

/** Vectors made since the last save that are worth a write. */
const WORTH_SAVING = 64;
/** Embedding the rest of a small folder waits for this long a silence, ms. */
const IDLE = 500;

const port = parentPort;
if (port === null) throw new Error('workspace-worker is the entry of a worker thread.');
const data = workerData as WorkspaceWorkerData;

const aborts = new Map<number, AbortController>();
let cacheLoaded: Promise<void> | undefined;
let saving = Promise.resolve();
let warming: NodeJS.Timeout | undefined;
let warmed = -1;

const functions: WorkspaceFunctions = {
  search: (call, query, limit) => answer(call, (signal) => index.search(query, { limit, signal })),
  related: (call, passages, question, limit) =>
    answer(call, (signal) => index.related(passages, { question, limit, signal })),
  abort: (call) => aborts.get(call)?.abort(),
  async skipped() {
    await folders.refresh();
    return folders.skipped;
  },
  async limits() {
    await folders.refresh();
    return folders.limits;
  },
  setFolders: (wanted) => folders.set(wanted),
  async flush() {
    save(1);
    await saving;
  },
};

const host = createBirpc<WorkspaceHostFunctions, WorkspaceFunctions>(functions, {
  post: (message: unknown) => port.postMessage(message),
  on: (listener) => port.on('message', listener),
  timeout: -1,
});

const encoder: Encoder | undefined = data.encoder === null ? undefined : relay(data.encoder);
const index = new WorkspaceIndex({ encoder, onWarning: (message) => void host.warn.asEvent(message) });
const folders = new WorkspaceFolders(index, {
  maxFileBytes: data.maxFileBytes,
  indexFile: data.indexFile,
  documents:
    data.documents === null
      ? undefined
      : { extensions: data.documents, read: (file) => host.readDocument(file) },
  onProgress: (indexed, total) => void host.progress.asEvent(indexed, total),
});
folders.set(data.folders);

/** The encoder lives in a thread of its own, reached through the host. */
function relay({ id, dimensions }: { id: string; dimensions: number }): Encoder {
  return { id, dimensions, encode: (texts) => host.encode(texts), dispose: () => Promise.resolve() };
}

async function answer<T>(call: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  aborts.set(call, controller);
  clearTimeout(warming);
  try {
    await (cacheLoaded ??= loadCache());
    await folders.refresh(controller.signal);
    return await work(controller.signal);
  } finally {
    aborts.delete(call);
    save(WORTH_SAVING);
    if (aborts.size === 0) scheduleWarming();
  }
}

async function loadCache(): Promise<void> {
  if (data.cacheFile === null || data.encoder === null) return;
  const cache = await readVectorCache(data.cacheFile);
  if (cache !== undefined) index.loadVectors(cache);
}

/** @param atLeast vectors made since the last save */
function save(atLeast: number): void {
  const { cacheFile } = data;
  if (cacheFile !== null && index.unsavedVectors >= atLeast) {
    const dump = index.dumpVectors();
    write('vectors', () => writeVectorCache(cacheFile, dump));
  }
  write('index', () => folders.save());
}

function write(what: string, work: () => Promise<void>): void {
  saving = saving
    .then(work)
    .catch(
      (error: unknown) =>
        void host.warn.asEvent(`The ${what} of the workspace could not be kept: ${messageOf(error)}`),
    );
}

/** A small folder's vectors are made while nobody asks, a few at a time; a search interrupts it. */
function scheduleWarming(): void {
  if (encoder === undefined || warmed === folders.version) return;
  clearTimeout(warming);
  warming = setTimeout(() => void warm(), IDLE);
  warming.unref();
}

async function warm(): Promise<void> {
  const version = folders.version;
  while (aborts.size === 0 && version === folders.version) {
    if (!(await index.warmSome())) {
      warmed = version;
      save(1);
      return;
    }
  }
}

/** The DocumentReader port: src/formats in a thread of its own. */
import { createHash } from 'node:crypto';
import { orAbort } from '../core/common/abort';
import { failed, messageOf, type Result } from '../core/common/result';
import type { DocumentFile, DocumentFunctions, DocumentReader } from '../core/ports';
import { DocumentCache } from './documentCache';
import { OutOfMemory, startThread, type WorkerThread } from './workerThread';

export interface DocumentReaderOptions {
  /** The built src/formats/document-worker.ts. */
  readonly workerFile: string | URL;
  /** How long a document may take, milliseconds; 60,000 unless told. */
  readonly limitMs?: number;
  /** Of JavaScript's heap; 1,024 unless told. */
  readonly megabytes?: number;
}

const LIMIT_MS = 60_000;
const MEGABYTES = 1_024;
/** Characters of text that are kept, so that paging through a document does not read it anew. */
const KEPT_CHARACTERS = 30_000_000;

/**
 * The thread starts with the first document, is used again, keeps the process alive only while a document is read, and is
 * ended where one takes too long, too much memory, or is not waited for any more. One document at a time.
 */
export function createDocumentReader(
  options: DocumentReaderOptions,
): DocumentReader & { dispose(): Promise<void> } {
  const cache = new DocumentCache(KEPT_CHARACTERS);
  let thread: WorkerThread<DocumentFunctions> | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const end = async () => {
    const ending = thread;
    thread = undefined;
    await ending?.worker.terminate();
  };

  async function inThread<T>(
    file: DocumentFile,
    signal: AbortSignal,
    call: (functions: WorkerThread<DocumentFunctions>['rpc']) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    signal.throwIfAborted();
    thread ??= start(options, (ended) => {
      if (thread === ended) thread = undefined;
    });
    const { worker, rpc, died } = thread;
    const limitMs = options.limitMs ?? LIMIT_MS;
    const limit = AbortSignal.timeout(limitMs);
    worker.ref();
    try {
      const answered = Promise.race([call(rpc), died]);
      return await orAbort(answered, AbortSignal.any([signal, limit]));
    } catch (error) {
      await end();
      signal.throwIfAborted();
      if (limit.aborted)
        return failed('limit', `${file.name} takes too long to read: ${limitMs / 1000} s is the limit.`);
      if (error instanceof OutOfMemory) return failed('limit', `${file.name} takes too much memory to read.`);
      return failed('bad-reply', `${file.name} cannot be read: ${messageOf(error)}`);
    } finally {
      worker.unref();
    }
  }

  /** After whatever is being read. */
  function inTurn<T>(...[file, signal, call]: Parameters<typeof inThread<T>>): Promise<Result<T>> {
    const result = last.then(() => inThread(file, signal, call));
    last = result.catch(() => undefined);
    return orAbort(result, signal);
  }

  return {
    async read(file, { entry, signal }) {
      signal.throwIfAborted();
      const key = keyOf(file, entry);
      const known = cache.get(key);
      if (known !== undefined) return { ok: true, value: known };
      const content = await inTurn(file, signal, (functions) => functions.read(file, entry ?? null));
      if (content.ok) cache.set(key, content.value);
      return content;
    },
    pictures: (file, { entry, picture, signal }) =>
      inTurn(file, signal, (functions) => functions.pictures(file, entry ?? null, picture)),
    dispose: end,
  };
}

/** The same bytes under another name or type may be another format. */
function keyOf({ bytes, name, mediaType, url }: DocumentFile, entry: string | undefined): string {
  const hash = createHash('sha256').update(bytes).digest('hex');
  return JSON.stringify([hash, name, mediaType ?? null, url ?? null, entry ?? null]);
}

function start(
  { workerFile, megabytes = MEGABYTES }: DocumentReaderOptions,
  onEnd: (ended: WorkerThread<DocumentFunctions>) => void,
): WorkerThread<DocumentFunctions> {
  const thread: WorkerThread<DocumentFunctions> = startThread(workerFile, {
    megabytes,
    outOfMemory: 'it takes too much memory',
    ended: 'the thread that reads documents ended',
    onEnd: () => onEnd(thread),
  });
  return thread;
}

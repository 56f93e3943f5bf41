/** What runs left in their folders, for the tools of the same run. */
import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, realpath, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { RunStore } from '../core/agent/runStore';
import { mediaTypeOf } from '../core/common/mediaType';
import { failed, messageOf, ok, type Result } from '../core/common/result';
import type { LineRequest, RunFiles } from '../core/ports';
import { isBinary } from '../core/common/decodeText';
import { errnoOf } from './errno';
import { LineReader } from './lineReader';
import { FILES } from './madeFiles';

const CHUNK = 256 * 1024;

export function createRunFiles(runs: Pick<RunStore, 'folder'>): RunFiles {
  return {
    lines: async (runId, file, request) =>
      withFile(await runs.folder(runId), file, (handle) => readLines(handle, file, request)),
    bytes: async (runId, file, { maxBytes, signal }) =>
      withFile(await runs.folder(runId), file, async (handle) => {
        const { size } = await handle.stat();
        if (size > maxBytes) {
          return failed('limit', `${file} has ${size} bytes, where ${maxBytes} is the limit.`);
        }
        const bytes = await handle.readFile(signal === undefined ? {} : { signal });
        return bytes.length > maxBytes ? failed('limit', `${file} is growing too large.`) : ok(bytes);
      }),
    locate: async (runId, file) =>
      withFile(await runs.folder(runId), file, (_handle, real) => Promise.resolve(ok(real))),
    write: async (runId, name, content) => {
      try {
        const folder = path.join(await runs.folder(runId), FILES);
        await mkdir(folder, { recursive: true });
        // A new file: what is there under this name, perhaps a link, is not written through.
        await rm(path.join(folder, name), { force: true });
        await writeFile(path.join(folder, name), content, { flag: 'wx' });
        const bytes = Buffer.byteLength(content);
        return ok({ path: `${FILES}/${name}`, bytes, mediaType: mediaTypeOf(name) });
      } catch (error) {
        return failed('storage', `${name} could not be kept: ${messageOf(error)}`);
      }
    },
  };
}

/** What was opened must still be what the path names, inside the folder: a link may have been changed in between. */
async function withFile<T>(
  folder: string,
  file: string,
  use: (handle: FileHandle, real: string) => Promise<Result<T>>,
): Promise<Result<T>> {
  if (file.includes('\0')) return failed('denied', 'A path holds no NUL.');
  let handle: FileHandle | undefined;
  try {
    const root = await realpath(folder);
    const asked = path.resolve(root, file);
    if (!isInside(root, asked)) return denied(file);
    // Not blocking: opening a named pipe would wait for a writer.
    handle = await open(asked, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const real = await realpath(asked);
    const [opened, named] = await Promise.all([handle.stat({ bigint: true }), stat(real, { bigint: true })]);
    if (!isInside(root, real) || opened.ino !== named.ino || opened.dev !== named.dev) return denied(file);
    if (!opened.isFile()) return failed('unsupported', `${file} of this run is not a file.`);
    return await use(handle, real);
  } catch (error) {
    return failureOf(file, error);
  } finally {
    await handle?.close();
  }
}

function isInside(root: string, file: string): boolean {
  const relative = path.relative(root, file);
  return relative !== '' && relative.split(path.sep)[0] !== '..' && !path.isAbsolute(relative);
}

const denied = (file: string) => failed('denied', `${file} leads outside the folder of this run.`);

function failureOf(file: string, error: unknown): Result<never> {
  if (error instanceof Error && error.name === 'AbortError') throw error;
  const code = errnoOf(error);
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return failed('not-found', `This run has left no file ${file}.`);
  return failed('storage', `${file} could not be read: ${messageOf(error)}`);
}

async function readLines(handle: FileHandle, file: string, request: LineRequest) {
  const { startLine, startColumn, endLine, signal } = request;
  const buffer = Buffer.alloc(CHUNK);
  let reader: LineReader | undefined;
  for (let at = 0; ;) {
    signal.throwIfAborted();
    const { bytesRead } = await handle.read(buffer, 0, CHUNK, at);
    const bytes = buffer.subarray(0, bytesRead);
    if (at === 0 && isBinary(bytes) && !hasUtf16Mark(bytes)) {
      return failed('unsupported', `${file} of this run is not a text file.`);
    }
    reader ??= new LineReader(bytes, request);
    if (bytesRead === 0) break;
    reader.write(bytes);
    at += bytesRead;
  }
  const range = reader.end();
  if (range.lines === 0) return ok(range);
  if (startLine > range.lines) {
    return failed('bad-arguments', `${file} has ${range.lines} lines: there is no line ${startLine}.`);
  }
  if (range.text === '' && startColumn > 1) {
    return failed('bad-arguments', `Line ${startLine} of ${file} ends before column ${startColumn}.`);
  }
  if (endLine !== undefined && endLine < startLine) {
    return failed('bad-arguments', `endLine ${endLine} is before startLine ${startLine}.`);
  }
  return ok(range);
}

const hasUtf16Mark = ([first, second]: Uint8Array): boolean =>
  (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);

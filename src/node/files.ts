/** The Files port on a folder of this machine. */
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import picomatch from 'picomatch';
import { failed, messageOf, ok, type Result } from '../core/common/result';
import type { FileEntry, Files } from '../core/ports';
import { decodeText } from '../core/common/decodeText';
import type { ExcludedGlob } from './excludes';
import { Tree } from './walk';

export interface FilesOptions {
  /** Absolute path of the folder. */
  readonly root: string;
  /** Globs of what to leave out, e.g. the editor's `files.exclude`. */
  readonly excludes?: readonly ExcludedGlob[];
  /** Larger files are not read; 2 MB unless told. */
  readonly maxFileBytes?: number;
}

const MOST_BYTES = 2_000_000;

/** Paths are relative to the root with forward slashes; absolute ones inside the root are taken too. */
export function createFiles(options: FilesOptions): Files {
  return new FolderFiles(options);
}

class FolderFiles implements Files {
  readonly #options: FilesOptions;
  #opened: Promise<Tree> | undefined;

  constructor(options: FilesOptions) {
    this.#options = options;
  }

  async list({ glob, limit, signal }: { glob?: string; limit: number; signal?: AbortSignal }) {
    const matches = matcher(glob);
    const found: FileEntry[] = [];
    for await (const { path, size } of (await this.#tree()).walk(signal)) {
      if (matches(path)) found.push({ path, size });
    }
    found.sort((a, b) => (a.path < b.path ? -1 : 1));
    return { files: found.slice(0, limit), total: found.length };
  }

  async read(file: string, signal?: AbortSignal): Promise<Result<string>> {
    const bytes = await this.#bytes(file, this.#options.maxFileBytes ?? MOST_BYTES, signal);
    if (!bytes.ok) return bytes;
    const text = decodeText(bytes.value);
    return text === undefined
      ? failed('unsupported', `${file} is not a text file. read_document reads PDF and Office files.`)
      : ok(text);
  }

  async hash(file: string): Promise<string | undefined> {
    const bytes = await this.#bytes(file, Number.MAX_SAFE_INTEGER, undefined);
    return bytes.ok ? createHash('sha256').update(bytes.value).digest('hex') : undefined;
  }

  bytes(
    file: string,
    { maxBytes, signal }: { maxBytes: number; signal?: AbortSignal },
  ): Promise<Result<Uint8Array>> {
    return this.#bytes(file, maxBytes, signal);
  }

  locate(file: string): Promise<Result<string>> {
    return this.#checked(file, undefined, (_handle, real) => Promise.resolve(ok(real)));
  }

  /** Real, so that what lies behind links can be compared with it. A root that does not exist stays as it is. */
  #tree(): Promise<Tree> {
    const { root, excludes } = this.#options;
    return (this.#opened ??= realpath(root)
      .catch(() => path.resolve(root))
      .then((real) => new Tree(real, excludes)));
  }

  #bytes(file: string, most: number, signal: AbortSignal | undefined): Promise<Result<Uint8Array>> {
    return this.#checked(file, signal, (handle) => readAll(file, handle, most, signal));
  }

  /** Hands on the opened file with its real path, once it is certain that it may be read. */
  async #checked<T>(
    file: string,
    signal: AbortSignal | undefined,
    use: (handle: FileHandle, real: string) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    signal?.throwIfAborted();
    const tree = await this.#tree();
    const relative = file.includes('\0') ? undefined : tree.relative(path.resolve(tree.root, file));
    if (relative === undefined) return failed('denied', `${file} is outside the workspace folder.`);
    if (await tree.hides(relative)) {
      return failed('denied', `${relative} is hidden by .gitignore or the excluded files.`);
    }
    let handle: FileHandle | undefined;
    try {
      // Not blocking: opening a named pipe would wait for a writer.
      handle = await open(tree.absolute(relative), constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
      const real = await check(tree, relative, handle);
      return real.ok ? await use(handle, real.value) : real;
    } catch (error) {
      signal?.throwIfAborted();
      return failed(...explain(relative, error));
    } finally {
      await handle?.close();
    }
  }
}

/** What was opened must still be what the path names, inside the folder: a link may have been changed in between. */
async function check(tree: Tree, relative: string, handle: FileHandle): Promise<Result<string>> {
  const opened = await handle.stat({ bigint: true });
  const real = await realpath(tree.absolute(relative));
  const target = tree.relative(real);
  const named = await stat(real, { bigint: true });
  if (target === undefined || named.ino !== opened.ino || named.dev !== opened.dev) {
    return failed('denied', `${relative} leads outside the workspace folder.`);
  }
  if (target !== relative && (await tree.hides(target))) {
    return failed(
      'denied',
      `${relative} leads to a file that is hidden by .gitignore or the excluded files.`,
    );
  }
  if (opened.isDirectory())
    return failed('unsupported', `${relative} is a folder. list_files shows what is in it.`);
  return opened.isFile() ? ok(real) : failed('unsupported', `${relative} is not a regular file.`);
}

async function readAll(
  file: string,
  handle: FileHandle,
  most: number,
  signal: AbortSignal | undefined,
): Promise<Result<Uint8Array>> {
  const { size } = await handle.stat();
  if (size > most) return failed('limit', tooLarge(file, size, most));
  const bytes = await handle.readFile(signal === undefined ? {} : { signal });
  return bytes.length > most ? failed('limit', tooLarge(file, bytes.length, most)) : ok(bytes);
}

function explain(
  relative: string,
  error: unknown,
): ['not-found' | 'unsupported' | 'denied' | 'storage', string] {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return ['not-found', `There is no file ${relative} in the workspace.`];
  if (code === 'EISDIR') return ['unsupported', `${relative} is a folder. list_files shows what is in it.`];
  if (code === 'EACCES' || code === 'EPERM') return ['denied', `${relative} may not be read by this user.`];
  return ['storage', `${relative} could not be read: ${messageOf(error)}`];
}

const tooLarge = (relative: string, size: number, most: number): string =>
  `${relative} is too large to read: ${megabytes(size)} MB, where ${megabytes(most)} MB is the limit.`;
const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(1);

/** `*.md` at any depth, `notes/` and `notes` for all that is in a folder; no glob for everything. */
export function matcher(glob: string | undefined): (file: string) => boolean {
  const pattern = (glob ?? '').trim().replace(/^(?:\.?\/)+/, '');
  if (pattern === '' || pattern === '.') return () => true;
  const folder = pattern.replace(/\/+$/, '');
  const basename = !pattern.includes('/');
  const whole = pattern.endsWith('/') ? `${pattern}**` : pattern;
  // Parentheses are of the glob, `*.(md|txt)`, or of a name, `plans (old)/*`.
  const globs = [whole, whole.replace(/[()]/g, String.raw`\$&`)];
  const matches = picomatch(globs, { dot: true, basename });
  return (file) => file.startsWith(`${folder}/`) || matches(file);
}

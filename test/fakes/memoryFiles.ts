import { createHash } from 'node:crypto';
import picomatch from 'picomatch';
import { failed, ok } from '../../src/core/common/result';
import type { Files } from '../../src/core/ports';

/** A folder given as text (path -> text). Entries may be changed while it is in use. */
export function memoryFiles(entries: Record<string, string>): Files {
  return {
    list: async ({ glob, limit, signal }) => {
      signal?.throwIfAborted();
      const matches =
        glob === undefined ? () => true : picomatch(glob, { dot: true, basename: !glob.includes('/') });
      const paths = Object.keys(entries)
        .filter((path) => matches(path))
        .sort();
      const files = paths.slice(0, limit).map((path) => ({ path, size: Buffer.byteLength(entries[path]!) }));
      return { files, total: paths.length };
    },
    read: async (path, signal) => {
      signal?.throwIfAborted();
      const text = entries[path];
      return text === undefined
        ? failed('not-found', `There is no file ${path} in the workspace.`)
        : ok(text);
    },
    bytes: async (path, { maxBytes }) => {
      const bytes = Buffer.from(entries[path] ?? '');
      if (entries[path] === undefined)
        return failed('not-found', `There is no file ${path} in the workspace.`);
      return bytes.length > maxBytes ? failed('limit', `${path} is too large to read.`) : ok(bytes);
    },
    hash: async (path) => {
      const text = entries[path];
      return text === undefined ? undefined : createHash('sha256').update(text).digest('hex');
    },
  };
}

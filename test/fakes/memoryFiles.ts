import { createHash } from 'node:crypto';
import picomatch from 'picomatch';
import { failed, ok } from '../../src/core/common/result';
import type { Files } from '../../src/core/ports';

/** A folder given as text or bytes by path. Entries may be changed while it is in use. */
export function memoryFiles(entries: Record<string, string | Uint8Array>): Files {
  return {
    list: async ({ glob, limit, signal }) => {
      signal?.throwIfAborted();
      const matches =
        glob === undefined ? () => true : picomatch(glob, { dot: true, basename: !glob.includes('/') });
      const paths = Object.keys(entries)
        .filter((path) => matches(path))
        .sort();
      const files = paths.slice(0, limit).map((path) => ({ path, size: bytesOf(entries[path]!).length }));
      return { files, total: paths.length };
    },
    read: async (path, signal) => {
      signal?.throwIfAborted();
      const entry = entries[path];
      return entry === undefined
        ? failed('not-found', `There is no file ${path} in the workspace.`)
        : ok(Buffer.from(entry).toString());
    },
    bytes: async (path, { maxBytes, signal }) => {
      signal?.throwIfAborted();
      const entry = entries[path];
      if (entry === undefined) return failed('not-found', `There is no file ${path} in the workspace.`);
      const bytes = bytesOf(entry);
      return bytes.length > maxBytes ? failed('limit', `${path} is too large to read.`) : ok(bytes);
    },
    locate: async (path) => failed('unsupported', `${path} is in memory.`),
    hash: async (path) => {
      const text = entries[path];
      return text === undefined ? undefined : createHash('sha256').update(text).digest('hex');
    },
  };
}

const bytesOf = (entry: string | Uint8Array): Uint8Array => Buffer.from(entry);

import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import type { DiskCache } from '../core/ports';
import { renameOver, writeBeside } from './durableFile';

export interface DiskCacheOptions {
  /** Made when first written to. */
  readonly folder: string;
  /** Of all files together. */
  readonly maxBytes: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Of the quota, so that not every write has to make room. */
const KEPT = 0.9;
/** Milliseconds after which a file that was being written is nobody's. */
const ABANDONED = 3_600_000;
const HASH_BYTES = 32;
const ENTRY = /^[\da-f]{64}$/;

/**
 * A file for each key, named by its SHA-256, that begins with the SHA-256 of the rest: what is damaged is not there. The
 * file's time is that of its last use. Any number of processes may share the folder: files are replaced as a whole.
 */
export function createDiskCache({ folder, maxBytes, now }: DiskCacheOptions): DiskCache {
  /** Bytes on disk as far as is known here, undefined until looked at. */
  let total: number | undefined;
  const fileOf = (key: string) => path.join(folder, sha256(key).toString('hex'));

  async function makeRoom(): Promise<void> {
    const entries = await entriesIn(folder, now());
    total = entries.reduce((sum, { size }) => sum + size, 0);
    if (total <= maxBytes) return;
    for (const { file, size } of entries.sort((a, b) => a.usedAt - b.usedAt)) {
      if (total <= maxBytes * KEPT) return;
      await rm(file, { force: true });
      total -= size;
    }
  }

  return {
    async read(key) {
      const file = fileOf(key);
      try {
        const bytes = await readFile(file);
        const content = bytes.subarray(HASH_BYTES);
        if (!sha256(content).equals(bytes.subarray(0, HASH_BYTES))) {
          await rm(file, { force: true });
          return undefined;
        }
        await touch(file, now());
        return content;
      } catch {
        return undefined;
      }
    },
    async write(key, bytes) {
      const size = bytes.length + HASH_BYTES;
      if (size > maxBytes) return;
      try {
        // Private: it tells what its user has read.
        await mkdir(folder, { recursive: true, mode: 0o700 });
        const file = fileOf(key);
        const fresh = await writeBeside(file, Buffer.concat([sha256(bytes), bytes]));
        await touch(fresh, now());
        await renameOver(fresh, file).catch(() => rm(fresh, { force: true }));
        total = total === undefined ? undefined : total + size;
        if (total === undefined || total > maxBytes) await makeRoom();
      } catch {
        // A full disk, a folder that cannot be written: the cache is no more than a saving.
      }
    },
  };
}

interface Entry {
  readonly file: string;
  readonly size: number;
  readonly usedAt: number;
}

/** Clears away what a crashed process left half written. */
async function entriesIn(folder: string, now: number): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name);
    const found = await stat(file).catch(() => undefined);
    if (!found?.isFile()) continue;
    if (ENTRY.test(name)) entries.push({ file, size: found.size, usedAt: found.mtimeMs });
    else if (now - found.mtimeMs > ABANDONED) await rm(file, { force: true });
  }
  return entries;
}

/** A time that cannot be set costs the order of eviction only. */
const touch = (file: string, now: number): Promise<void> =>
  utimes(file, now / 1000, now / 1000).catch(() => undefined);

const sha256 = (content: string | Uint8Array): Buffer => createHash('sha256').update(content).digest();

/**
 * What the journal does to the disk, so that tests can have one that loses what was not synchronised. Nothing waits:
 * the journal has a thread of its own, and an operation that is never cut in two has no races within a process.
 */
import fs from 'node:fs';
import path from 'node:path';
import { errnoOf } from '../errno';

/** All throw the system's errors (`ENOSPC`, `EACCES` …) except where it says otherwise. */
export interface Disk {
  /** The names in a folder, none where there is no folder. */
  list(folder: string): string[];
  /** With the folders around it; their names are on the disk when it returns. */
  makeFolder(folder: string): void;
  /** Bytes; undefined with no such file. */
  size(file: string): number | undefined;
  /** From `from` to `to` (exclusive), as far as there is something; undefined with no such file. */
  read(file: string, from?: number, to?: number): Uint8Array | undefined;
  /** A file that was not there before: throws `EEXIST`. */
  create(file: string): NewFile;
  /** A second name. False where the name is taken, or the file gone. */
  link(file: string, name: string): boolean;
  /** Only to a name that nobody else would take. False where the file is gone. */
  rename(file: string, name: string): boolean;
  /** A file that is gone is fine. */
  remove(file: string): void;
  /** So that new names outlive a loss of power. */
  syncFolder(folder: string): void;
}

export interface NewFile {
  /** At the end. */
  append(bytes: Uint8Array): void;
  /** Returns when what was appended is on the disk. */
  sync(): void;
  /** Removes what comes after `length` bytes. */
  cut(length: number): void;
  close(): void;
}

const MISSING = ['ENOENT', 'ENOTDIR'];
/** File systems without hard links. */
const NO_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

/** What `work` gives, or `otherwise` where it throws one of the codes. */
function unless<T, U>(codes: readonly string[], otherwise: U, work: () => T): T | U {
  try {
    return work();
  } catch (error) {
    if (codes.includes(errnoOf(error) ?? '')) return otherwise;
    throw error;
  }
}

export const nodeDisk: Disk = {
  list: (folder) => unless(MISSING, [], () => fs.readdirSync(folder)),
  makeFolder: (folder) => {
    const first = fs.mkdirSync(folder, { recursive: true });
    if (first === undefined) return;
    for (let made = folder; made.length >= first.length; made = path.dirname(made)) {
      syncFolder(path.dirname(made));
    }
  },
  size: (file) => unless(MISSING, undefined, () => fs.statSync(file).size),
  read: (file, from = 0, to = Infinity) =>
    unless(MISSING, undefined, () => withFile(file, 'r', (fd) => readRange(fd, from, to))),
  create: (file) => newFile(fs.openSync(file, 'ax')),
  link: (file, name) => {
    try {
      fs.linkSync(file, name);
      return true;
    } catch (error) {
      const code = errnoOf(error) ?? '';
      if (['EEXIST', 'ENOENT'].includes(code)) return false;
      if (!NO_LINKS.includes(code)) throw error;
      return copyTo(file, name);
    }
  },
  rename: (file, name) =>
    unless(['ENOENT'], false, () => {
      fs.renameSync(file, name);
      return true;
    }),
  remove: (file) => fs.rmSync(file, { force: true }),
  syncFolder,
};

/** Some file systems, and Windows, have no such thing for folders. */
function syncFolder(folder: string): void {
  unless(['EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'ENOTSUP'], undefined, () =>
    withFile(folder, 'r', (fd) => fs.fsyncSync(fd)),
  );
}

function newFile(fd: number): NewFile {
  return {
    append: (bytes) => {
      for (let done = 0; done < bytes.length;) done += fs.writeSync(fd, bytes, done);
    },
    sync: () => fs.fdatasyncSync(fd),
    cut: (length) => fs.ftruncateSync(fd, length),
    close: () => fs.closeSync(fd),
  };
}

function withFile<T>(file: string, flags: string, work: (fd: number) => T): T {
  const fd = fs.openSync(file, flags);
  try {
    return work(fd);
  } finally {
    fs.closeSync(fd);
  }
}

function readRange(fd: number, from: number, to: number): Uint8Array {
  const bytes = new Uint8Array(Math.max(0, Math.min(to, fs.fstatSync(fd).size) - from));
  let done = 0;
  while (done < bytes.length) {
    const read = fs.readSync(fd, bytes, done, bytes.length - done, from + done);
    if (read === 0) break;
    done += read;
  }
  return bytes.subarray(0, done);
}

/** Exclusive too, but not all at once: whoever reads the copy before it is whole sees by its hash that it is not. */
function copyTo(file: string, name: string): boolean {
  return unless(['EEXIST', 'ENOENT'], false, () => {
    fs.copyFileSync(file, name, fs.constants.COPYFILE_EXCL);
    withFile(name, 'r+', (fd) => fs.fsyncSync(fd));
    return true;
  });
}

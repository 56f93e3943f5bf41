/**
 * The real file system, whose n-th operation in a folder fails. It takes the place of node:fs in this process while
 * `work` runs, so that modules need no other way in; threads and child processes are not reached.
 */
import fs from 'node:fs';
import promises, { type FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

export interface DiskFault {
  readonly code: 'ENOSPC' | 'EIO' | 'EACCES' | 'EROFS';
  /** Of what was to be written, half is. */
  readonly torn?: boolean;
  /** Whatever follows fails too: the disk stays full, or the process has died. */
  readonly lasts?: boolean;
  /** Only operations that change something fail, or are counted. */
  readonly changes?: boolean;
}

/** Somebody else is at work on the folder, just before the operation. */
export interface Meddling {
  readonly meddle: () => void;
}

export interface Disturbed<T> {
  readonly result: PromiseSettledResult<T>;
  /** Operations that came up. */
  readonly operations: number;
  /** Whether any of them failed. */
  readonly isHit: boolean;
}

type Call = (...args: readonly unknown[]) => unknown;
type Table = Record<string, Call>;

const WORDS = {
  ENOSPC: 'no space left on device',
  EIO: 'i/o error',
  EACCES: 'permission denied',
  EROFS: 'read-only file system',
} as const;

const READS = ['readFile', 'readdir', 'stat', 'lstat', 'realpath', 'access'];
const CHANGES = [
  ...['mkdir', 'writeFile', 'appendFile', 'rename', 'rm', 'copyFile'],
  ...['utimes', 'link', 'unlink', 'chmod', 'symlink'],
];
const HANDLE_READS = ['read', 'readFile', 'stat'];
const HANDLE_CHANGES = ['write', 'writeFile', 'appendFile', 'sync', 'truncate'];
/** Of descriptors, in the synchronous and in the callback's form. */
const DESCRIPTOR_READS = ['read', 'fstat'];
const DESCRIPTOR_CHANGES = ['write', 'fsync', 'ftruncate'];

/** Runs `work` on a disk whose operation `failAt` in `folder` (1 is the first) fails; `Infinity` for none. */
export async function onFaultyDisk<T>(
  folder: string,
  failAt: number,
  fault: DiskFault | Meddling,
  work: () => Promise<T>,
): Promise<Disturbed<T>> {
  const disk = new FaultyDisk(folder, failAt, fault);
  disk.install();
  try {
    const [result] = await Promise.allSettled([work()]);
    return { result, operations: disk.operations, isHit: disk.operations >= failAt };
  } finally {
    disk.remove();
  }
}

class FaultyDisk {
  operations = 0;
  readonly #restore: (() => void)[] = [];
  readonly #descriptors = new Set<unknown>();
  #isMeddled = false;

  constructor(
    readonly folder: string,
    readonly failAt: number,
    readonly mishap: DiskFault | Meddling,
  ) {}

  get fault(): Partial<DiskFault> {
    return 'meddle' in this.mishap ? {} : this.mishap;
  }

  install(): void {
    for (const name of [...READS, ...CHANGES]) {
      const changes = CHANGES.includes(name);
      this.#replace(promises, name, (real) => this.#ofPath(real, name, changes));
      this.#replace(fs, `${name}Sync`, (real) => this.#ofPath(real, name, changes, 'sync'));
    }
    this.#replace(promises, 'open', (real) => this.#opening(real));
    this.#replace(fs, 'openSync', (real) => this.#openingSync(real));
    this.#replace(fs, 'open', (real) => this.#openingBack(real));
    for (const name of [...DESCRIPTOR_READS, ...DESCRIPTOR_CHANGES]) {
      const changes = DESCRIPTOR_CHANGES.includes(name);
      this.#replace(fs, `${name}Sync`, (real) => this.#ofDescriptor(real, name, changes));
      this.#replace(fs, name, (real) => this.#ofDescriptorBack(real, name, changes));
    }
    syncBuiltinESMExports();
  }

  remove(): void {
    for (const restore of this.#restore) restore();
    syncBuiltinESMExports();
  }

  #replace(owner: object, name: string, wrap: (real: Call) => Call): void {
    const table = owner as Table;
    const real = table[name];
    if (real === undefined) throw new Error(`node:fs has no ${name}.`);
    // With what hangs on it: `realpathSync.native`.
    table[name] = Object.assign(wrap(real.bind(owner)), real);
    this.#restore.push(() => (table[name] = real));
  }

  /** The error with which this operation fails, undefined where it does not. */
  #next(name: string, changes: boolean): Error | undefined {
    if (this.#isMeddled || (this.fault.changes === true && !changes)) return undefined;
    const at = ++this.operations;
    if ('meddle' in this.mishap) {
      if (at === this.failAt) this.#meddle(this.mishap.meddle);
      return undefined;
    }
    const { code, lasts } = this.mishap;
    if (at !== this.failAt && !(lasts === true && at > this.failAt)) return undefined;
    return Object.assign(new Error(`${code}: ${WORDS[code]}, ${name}`), { code, syscall: name });
  }

  /** What it does itself is not counted. */
  #meddle(meddle: () => void): void {
    this.#isMeddled = true;
    meddle();
    this.#isMeddled = false;
  }

  #isHere(...paths: readonly unknown[]): boolean {
    return paths.some((path) => typeof path === 'string' && path.startsWith(this.folder));
  }

  #ofPath(real: Call, name: string, changes: boolean, form?: 'sync'): Call {
    return (...args) => {
      if (!this.#isHere(args[0], args[1])) return real(...args);
      const error = this.#next(name, changes);
      if (!error) return real(...args);
      if (form === 'sync') throw error;
      return this.#torn(real, name === 'writeFile' || name === 'appendFile' ? 1 : -1, args, error);
    };
  }

  /** @param data which argument is written, -1 for none */
  async #torn(real: Call, data: number, args: readonly unknown[], error: Error): Promise<never> {
    if (this.fault.torn === true && data >= 0) await real(...args.with(data, half(args[data])));
    throw error;
  }

  #opening(real: Call): Call {
    return async (...args) => {
      const handle = (await this.#opened(real, args)) as FileHandle;
      if (!this.#isHere(args[0])) return handle;
      for (const name of [...HANDLE_READS, ...HANDLE_CHANGES]) {
        const table = handle as unknown as Table;
        const call = table[name]?.bind(handle);
        if (call === undefined) throw new Error(`A file handle has no ${name}.`);
        const changes = HANDLE_CHANGES.includes(name);
        const data = name.startsWith('write') || name === 'appendFile' ? 0 : -1;
        table[name] = (...given) => {
          const error = this.#next(name, changes);
          return error ? this.#torn(call, data, given, error) : call(...given);
        };
      }
      return handle;
    };
  }

  #opened(real: Call, args: readonly unknown[]): unknown {
    if (this.#isHere(args[0])) {
      const error = this.#next('open', makes(args[1]));
      if (error) throw error;
    }
    return real(...args);
  }

  #openingSync(real: Call): Call {
    return (...args) => {
      const descriptor = this.#opened(real, args);
      if (this.#isHere(args[0])) this.#descriptors.add(descriptor);
      return descriptor;
    };
  }

  #openingBack(real: Call): Call {
    return (...args) => {
      const done = args.at(-1);
      if (!this.#isHere(args[0]) || typeof done !== 'function') return real(...args);
      const error = this.#next('open', makes(args[1]));
      if (error) return setImmediate(() => (done as Call)(error));
      return real(...args.slice(0, -1), (failure: unknown, descriptor: unknown) => {
        this.#descriptors.add(descriptor);
        (done as Call)(failure, descriptor);
      });
    };
  }

  #ofDescriptor(real: Call, name: string, changes: boolean): Call {
    return (...args) => {
      const error = this.#descriptors.has(args[0]) ? this.#next(name, changes) : undefined;
      if (!error) return real(...args);
      if (this.fault.torn === true && name === 'write') real(args[0], half(args[1]));
      throw error;
    };
  }

  #ofDescriptorBack(real: Call, name: string, changes: boolean): Call {
    return (...args) => {
      const error = this.#descriptors.has(args[0]) ? this.#next(name, changes) : undefined;
      const done = args.at(-1);
      if (!error || typeof done !== 'function') return real(...args);
      return setImmediate(() => (done as Call)(error));
    };
  }
}

/** Whether a file opened with these flags may be made or written. */
const makes = (flags: unknown): boolean =>
  typeof flags === 'string'
    ? flags !== 'r'
    : typeof flags === 'number' && (flags & fs.constants.O_CREAT) !== 0;

function half(data: unknown): unknown {
  if (typeof data === 'string') return data.slice(0, data.length >> 1);
  return data instanceof Uint8Array ? data.subarray(0, data.length >> 1) : data;
}

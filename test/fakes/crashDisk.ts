/** A disk in memory that loses what was not synchronised when the power goes: bytes of files, and names in folders. */
import path from 'node:path';
import type { Disk, NewFile } from '../../src/node/journal/disk';

interface Inode {
  data: Uint8Array;
  /** Bytes that a loss of power leaves. */
  synced: number;
}

/** In [0, 1). */
export type Chance = () => number;

/** The power went: everything after that fails too. */
export class PowerLoss extends Error {}

export class CrashDisk implements Disk {
  #names = new Map<string, Inode>();
  #durable = new Map<string, Inode>();
  /** Changes that were made so far. */
  steps = 0;
  /** The change before which the power goes; of an append the half is done. */
  failAt = Infinity;
  /** The code with which every change fails while it is set: `ENOSPC`, `EROFS`. */
  refuse: string | undefined;
  /** Runs before a change of that name, once: another process that is quicker. */
  readonly before = new Map<'append' | 'link', () => void>();

  get failed(): boolean {
    return this.steps > this.failAt;
  }

  list(folder: string): string[] {
    return [...this.#names.keys()]
      .filter((file) => path.dirname(file) === folder)
      .map((file) => path.basename(file));
  }

  makeFolder(): void {
    this.#step();
  }

  size(file: string): number | undefined {
    return this.#names.get(file)?.data.length;
  }

  read(file: string, from = 0, to = Infinity): Uint8Array | undefined {
    const inode = this.#names.get(file);
    return inode && Uint8Array.prototype.slice.call(inode.data, from, to);
  }

  create(file: string): NewFile {
    this.#step();
    if (this.#names.has(file)) throw Object.assign(new Error(`EEXIST: ${file}`), { code: 'EEXIST' });
    const inode: Inode = { data: new Uint8Array(), synced: 0 };
    this.#names.set(file, inode);
    return {
      append: (bytes) => {
        this.#interrupt('append');
        this.#refuse();
        const half = this.steps + 1 > this.failAt;
        const written = half ? bytes.subarray(0, bytes.length / 2) : bytes;
        inode.data = Buffer.concat([inode.data, written]);
        this.#step();
      },
      sync: () => {
        this.#step();
        this.synchronise(inode);
      },
      cut: (length) => {
        this.#step();
        inode.data = inode.data.slice(0, length);
        inode.synced = Math.min(inode.synced, length);
      },
      close: () => undefined,
    };
  }

  link(file: string, name: string): boolean {
    this.#interrupt('link');
    this.#step();
    const inode = this.#names.get(file);
    if (!inode || (this.#names.has(name) && !this.replaces)) return false;
    this.#names.set(name, inode);
    return true;
  }

  rename(file: string, name: string): boolean {
    this.#step();
    const inode = this.#names.get(file);
    if (!inode) return false;
    this.#names.delete(file);
    this.#names.set(name, inode);
    return true;
  }

  remove(file: string): void {
    this.#step();
    this.#names.delete(file);
  }

  syncFolder(folder: string): void {
    this.#step();
    for (const file of new Set([...this.#names.keys(), ...this.#durable.keys()])) {
      if (path.dirname(file) === folder) put(this.#durable, file, this.#names.get(file));
    }
  }

  /** Damage: the file has other bytes, which are on the disk. */
  change(file: string, harm: (bytes: Uint8Array) => Uint8Array): void {
    const inode = this.#names.get(file);
    if (!inode) return;
    inode.data = harm(Uint8Array.from(inode.data));
    inode.synced = inode.data.length;
  }

  /** Changes one byte in the middle of a file. */
  flip(file: string): void {
    this.change(file, (bytes) => {
      const middle = bytes.length >> 1;
      bytes[middle] = (bytes[middle] ?? 0) ^ 1;
      return bytes;
    });
  }

  /** What is there when the power is back. What was not synchronised may be there, or not, or in part. */
  restarted(chance: Chance): CrashDisk {
    const disk = new CrashDisk();
    for (const file of new Set([...this.#names.keys(), ...this.#durable.keys()])) {
      const inode = (chance() < 0.5 ? this.#names : this.#durable).get(file);
      if (!inode) continue;
      const length = inode.synced + Math.floor((inode.data.length - inode.synced) * chance());
      const survived: Inode = { data: inode.data.slice(0, length), synced: length };
      disk.#names.set(file, survived);
      disk.#durable.set(file, survived);
    }
    return disk;
  }

  /** For mutants: a name that is taken is taken over. */
  protected readonly replaces: boolean = false;

  /** For mutants: this may do nothing. */
  protected synchronise(inode: Inode): void {
    inode.synced = inode.data.length;
  }

  #step(): void {
    this.steps++;
    if (this.failed) throw new PowerLoss('the power went');
    this.#refuse();
  }

  #refuse(): void {
    if (this.refuse !== undefined) throw Object.assign(new Error(this.refuse), { code: this.refuse });
  }

  #interrupt(name: 'append' | 'link'): void {
    const work = this.before.get(name);
    this.before.delete(name);
    work?.();
  }
}

function put(map: Map<string, Inode>, file: string, inode: Inode | undefined): void {
  if (inode) map.set(file, inode);
  else map.delete(file);
}

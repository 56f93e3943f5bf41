/**
 * A bank on disk as one file that is written anew with every change, and shared by processes: lock, read what another
 * one wrote, change, publish. A write that resolved is on the disk, unless `warning` says that the folder cannot be
 * written; then the bank goes on in memory and every later write tries again.
 */
import { mkdir, rm } from 'node:fs/promises';
import { Emitter } from '../core/common/event';
import { messageOf } from '../core/common/result';
import { SCHEMA_VERSION, schemaVersion } from '../core/memory/schema';
import { SqlCaseBank } from '../core/memory/sqlBank';
import type { SqlDatabase } from '../core/memory/sqlDatabase';
import { encodeImage, identityOfFile } from './bankImage';
import { bankPaths, type BankPaths, findImage, NO_IMAGE } from './bankRecovery';
import { publish, removeTemporaries, writeBeside } from './durableFile';
import { unless } from './errno';
import { withLock, type HeldLock } from './fileLock';

/** A database of sql.js. */
export interface BankDatabase extends SqlDatabase {
  export(): Uint8Array;
  close(): void;
}

export interface BankFileOptions {
  /** Absolute path; made with the first write. */
  readonly folder: string;
  /** Opens a database in memory, empty or of these bytes. */
  openDatabase(bytes?: Uint8Array): BankDatabase;
}

/** Idempotent: it is applied again to a copy that another process changed meanwhile. */
type Change<T = unknown> = (bank: SqlCaseBank) => T;

interface Pending {
  readonly change: Change;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

const NEWER =
  'The memory was written by a newer version of Memento, so it is only read: what you add or judge now lasts until ' +
  'this window or command ends. Please update Memento.';

export class BankFile {
  readonly #options: BankFileOptions;
  readonly #paths: BankPaths;
  readonly #changed = new Emitter<undefined>();
  #db: BankDatabase;
  readonly #bank: SqlCaseBank;
  /** Of the image that the database was read from or written to; undefined before the first read. */
  #identity: string | undefined;
  #generation = 0;
  /** Why nothing may be published over what is on the disk. */
  #readOnly: string | undefined;
  /** Applied in memory and not on the disk yet. */
  #unsaved: Change[] = [];
  #queue: Pending[] = [];
  #turn: Promise<unknown> = Promise.resolve();
  #tidy = false;
  #warnings: string[] = [];
  readonly #warned = new Set<string>();

  constructor(options: BankFileOptions) {
    this.#options = options;
    this.#paths = bankPaths(options.folder);
    this.#db = options.openDatabase();
    this.#bank = new SqlCaseBank(this.#db);
  }

  /** Fires after a change, by this process or (noticed with the next call) by another. */
  readonly onDidChange = this.#changed.on;

  read<T>(query: (bank: SqlCaseBank) => T): Promise<T> {
    return this.#inTurn(async () => {
      await this.#refresh();
      return query(this.#bank);
    });
  }

  /** Changes that wait together are published together. Rejects where `change` throws. */
  write<T>(change: Change<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      // What the change returned is what is resolved: the cast only undoes the queue's forgetting of the type.
      this.#queue.push({ change, resolve: (value) => resolve(value as T), reject });
      void this.#inTurn(() => this.#commit());
    });
  }

  /** What the user should know, told once. */
  async warning(): Promise<string | undefined> {
    await this.#inTurn(() => this.#refresh());
    const warnings = this.#warnings.splice(0);
    return warnings.length === 0 ? undefined : warnings.join(' ');
  }

  /** Waits for what is under way, and tries once more to save what could not be saved. */
  async dispose(): Promise<void> {
    await this.#inTurn(async () => {
      if (this.#unsaved.length > 0) await this.#locked((lock) => this.#publish(lock)).catch(() => undefined);
      this.#db.close();
    });
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  async #commit(): Promise<void> {
    const batch = this.#queue.splice(0);
    if (batch.length === 0) return;
    let settlements: (() => void)[] | undefined;
    try {
      await this.#locked(async (lock) => {
        settlements = this.#apply(batch);
        await this.#publish(lock);
      });
      this.#warned.clear();
    } catch (error) {
      this.#warnUnsaved(error);
      settlements ??= this.#apply(batch);
    }
    for (const settle of settlements ?? []) settle();
    this.#changed.fire(undefined);
  }

  #apply(batch: readonly Pending[]): (() => void)[] {
    return batch.map(({ change, resolve, reject }) => {
      try {
        const value = change(this.#bank);
        this.#unsaved.push(change);
        return () => resolve(value);
      } catch (error) {
        return () => reject(error);
      }
    });
  }

  async #locked(work: (lock: HeldLock) => Promise<void>): Promise<void> {
    await mkdir(this.#paths.folder, { recursive: true });
    await withLock(this.#paths.lock, async (lock) => {
      await this.#refresh(lock);
      await work(lock);
    });
  }

  async #publish(lock: HeldLock): Promise<void> {
    if (this.#readOnly !== undefined) throw new Error(this.#readOnly);
    if (!this.#tidy) await removeTemporaries(this.#paths.folder, 'cases.');
    this.#tidy = true;
    const { bytes, identity } = encodeImage(this.#db.export(), this.#generation + 1);
    const temporary = await writeBeside(this.#paths.current, bytes);
    if (!(await lock.isHeld())) {
      await rm(temporary, { force: true });
      throw new Error('another process took over, as this one had been suspended');
    }
    await publish(temporary, this.#paths.current, this.#paths.previous);
    this.#identity = identity;
    this.#generation++;
    this.#unsaved = [];
  }

  /** Reads the file if it is not the one that was read or written last. What cannot be read is a warning. */
  async #refresh(lock?: HeldLock): Promise<void> {
    try {
      const identity = await unless(['ENOENT', 'ENOTDIR'], identityOfFile(this.#paths.current));
      if ((identity ?? NO_IMAGE) !== this.#identity) await this.#load(lock);
    } catch (error) {
      // Perhaps it can be read later. Until then nothing is written over it.
      this.#identity = undefined;
      this.#readOnly = `The memory in ${this.#paths.folder} cannot be read (${messageOf(error)}).`;
      this.#warn(this.#readOnly);
    }
  }

  async #load(lock: HeldLock | undefined): Promise<void> {
    const found = await findImage(this.#paths, lock !== undefined, Date.now());
    if (found === undefined) {
      await this.#locked(() => Promise.resolve());
      return;
    }
    const known = this.#identity !== undefined;
    if (found.warning !== undefined) this.#warn(found.warning);
    this.#identity = found.identity;
    this.#readOnly = undefined;
    const generation = found.image?.generation ?? 0;
    if (found.warning !== undefined && lock !== undefined && generation < this.#generation) {
      // The damaged file was the one that this process holds, or an older one: it is whole again now.
      await this.#publish(lock).catch((error: unknown) => this.#warnUnsaved(error));
      return;
    }
    this.#generation = generation;
    this.#replaceDatabase(found.image?.database);
    if (known) this.#changed.fire(undefined);
  }

  #replaceDatabase(bytes: Uint8Array | undefined): void {
    const old = this.#db;
    this.#db = this.#options.openDatabase(bytes);
    if (schemaVersion(this.#db) > SCHEMA_VERSION) {
      this.#readOnly = NEWER;
      this.#warn(NEWER);
      if (!isLegible(this.#db)) {
        this.#db.close();
        this.#db = this.#options.openDatabase();
      }
    }
    this.#bank.replaceDatabase(this.#db);
    old.close();
    for (const change of this.#unsaved) change(this.#bank);
  }

  #warnUnsaved(error: unknown): void {
    this.#warn(
      this.#readOnly ??
        `The memory cannot be saved in ${this.#paths.folder} (${messageOf(error)}): what you add or judge now lasts ` +
          'until this window or command ends, unless it can be saved later.',
    );
  }

  #warn(message: string): void {
    if (this.#warned.has(message)) return;
    this.#warned.add(message);
    this.#warnings.push(message);
  }
}

/** Whether a newer schema still has what is read here. */
function isLegible(db: BankDatabase): boolean {
  try {
    const bank = new SqlCaseBank(db);
    bank.list({ offset: 0, limit: 1 });
    bank.candidates('legible', { encoder: 'legible', values: new Float32Array([1]) }, 1);
    return true;
  } catch {
    return false;
  }
}

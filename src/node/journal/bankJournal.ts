/**
 * A bank on disk, shared by processes: images and the journal of what changed since. A write that resolved is on the
 * disk, unless `warning` says that the folder cannot be written; then the bank goes on in memory and every later write
 * tries again.
 */
import { Emitter } from '../../core/common/event';
import { messageOf } from '../../core/common/result';
import { type Change, perform } from '../../core/memory/journal/changes';
import type { SqlCaseBank } from '../../core/memory/sql/sqlBank';
import { livenessOf, ownIdentity } from '../processIdentity';
import { compact, FORGOTTEN_MS, type Parts } from './compaction';
import type { JournalContext } from './context';
import { nodeDisk } from './disk';
import { Notices } from './notices';
import { OperationIds } from './operationIds';
import { OwnSegment } from './ownSegment';
import { Replica } from './replica';

/** How much may be in segments only before an image is made. */
export interface JournalBounds {
  readonly bytes: number;
  /** Of many small ones, such as judgements, it is their number that takes time. */
  readonly records: number;
  readonly segments: number;
  /** Of a larger image bytes and records may be as many times more: else every write would cost the larger bank more. */
  readonly imageBytes: number;
}

/** An image of the largest bank (10,000 cases) takes half a second, reading this much at a start somewhat less. */
const BOUNDS: JournalBounds = {
  bytes: 4 * 2 ** 20,
  records: 1000,
  segments: 32,
  imageBytes: 100 * 2 ** 20,
};
/** So many times the bounds, and an image is made though something is asked all the time. */
const LATE = 4;
/** After an image could not be made. */
const RETRY_MS = 60_000;

export type BankJournalOptions = Pick<JournalContext, 'folder' | 'openDatabase'> &
  Partial<Pick<JournalContext, 'disk' | 'processes' | 'now' | 'newKernel'>> & {
    readonly bounds?: Partial<JournalBounds>;
    /** How long nothing is asked before an image is made, which takes a while; 0: with the call that makes it due. */
    readonly idleMs?: number;
  };

interface Pending {
  /** Makes the change in memory and gives how to tell its caller, once it is on the disk. */
  readonly apply: () => () => void;
  readonly reject: (error: unknown) => void;
}

const NEWER =
  'The memory was written by a newer version of Memento, so it is only read: what you add or judge now lasts until ' +
  'this window or command ends. Please update Memento.';

export class BankJournal {
  readonly #context: JournalContext;
  readonly #bounds: JournalBounds;
  readonly #parts: Parts;
  readonly #replica: Replica;
  readonly #own: OwnSegment;
  readonly #changed = new Emitter<undefined>();
  #queue: Pending[] = [];
  #flushing: NodeJS.Immediate | undefined;
  readonly #idleMs: number;
  #compacting: NodeJS.Timeout | undefined;
  #known = false;
  #retryAt = -Infinity;
  #disposed = false;

  constructor({ folder, openDatabase, bounds, idleMs = 0, ...given }: BankJournalOptions) {
    const now = given.now ?? Date.now;
    const processes = given.processes ?? { own: ownIdentity, livenessOf };
    this.#context = {
      folder,
      openDatabase,
      newKernel: given.newKernel,
      now,
      processes,
      disk: given.disk ?? nodeDisk,
      ids: new OperationIds(now),
      notices: new Notices(),
    };
    this.#bounds = { ...BOUNDS, ...bounds };
    this.#idleMs = idleMs;
    this.#replica = new Replica(this.#context);
    this.#own = new OwnSegment(this.#context);
    this.#parts = { context: this.#context, replica: this.#replica, own: this.#own };
  }

  /** Fires after a change, by this process or (noticed with the next call) by another. */
  readonly onDidChange = this.#changed.on;

  /** Sees all that was written before, by this process and by others. */
  read<T>(query: (bank: SqlCaseBank) => T): Promise<T> {
    return promised(() => {
      this.#flush();
      const opening = !this.#known;
      this.#refresh();
      // Also where nobody writes for long: what is forgotten goes, and the next one who opens the bank has less to read.
      if (opening || this.#replica.mustSave || this.#replica.hasLegacy) this.#compactSoon();
      return query(this.#replica.bank);
    });
  }

  /** Changes that wait together are synchronised together. Rejects where the change throws. */
  write<T>(change: Change<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const apply = () => {
        const { bank, unsaved } = this.#replica;
        const { operations, result } = perform(bank, change, this.#context.ids.next);
        unsaved.push(...operations);
        return () => resolve(result);
      };
      this.#queue.push({ apply, reject });
      this.#flushing ??= setImmediate(() => this.#flush());
    });
  }

  /** What the user should know, told once. */
  async warning(): Promise<string | undefined> {
    await this.read(() => undefined);
    return this.#context.notices.take();
  }

  /** Tries once more to save what could not be saved, and says in the segment that no more will come. */
  dispose(): Promise<void> {
    return promised(() => {
      if (this.#disposed) return;
      this.#flush();
      if (this.#compacting) this.#compactNow();
      this.#save();
      this.#attempt(() => void this.#own.close());
      this.#replica.close();
      this.#disposed = true;
    });
  }

  #flush(): void {
    clearImmediate(this.#flushing);
    this.#flushing = undefined;
    const batch = this.#queue.splice(0);
    if (batch.length === 0) return;
    this.#refresh();
    const settlements = batch.map(({ apply, reject }) => {
      try {
        return apply();
      } catch (error) {
        return () => reject(error);
      }
    });
    this.#save();
    for (const settle of settlements) settle();
    this.#changed.fire(undefined);
    this.#compactSoon();
  }

  #save(): void {
    const { unsaved } = this.#replica;
    if (unsaved.length === 0 || this.#onlyReads()) return;
    try {
      this.#replica.advance(this.#own.append(unsaved));
      this.#replica.unsaved = [];
      this.#context.notices.settled();
    } catch (error) {
      this.#tellUnsaved(error);
    }
  }

  /** What cannot be read now may be read later: until then this process goes on with what it knows. */
  #refresh(): void {
    const before = this.#replica.generation;
    try {
      const changed = this.#replica.refresh();
      if (this.#own.isHarmed()) this.#replica.mustSave = true;
      if (changed && this.#known) this.#changed.fire(undefined);
      this.#known = true;
    } catch (error) {
      this.#context.notices.tell(
        `The memory in ${this.#context.folder} cannot be read (${messageOf(error)}).`,
      );
    }
    if (this.#onlyReads()) return;
    // What another process made an image of can be deleted with the next one.
    if (this.#replica.generation > before && this.#replica.unsaved.length === 0) this.#closeSegment();
  }

  #closeSegment(): void {
    this.#attempt(() => {
      const closed = this.#own.close();
      if (closed) this.#replica.advance(closed);
    });
  }

  #compactSoon(): void {
    const late = this.#exceeds(LATE);
    if (this.#idleMs === 0 || late) {
      this.#compactNow();
      return;
    }
    clearTimeout(this.#compacting);
    this.#compacting = setTimeout(() => this.#compactNow(), this.#idleMs).unref();
  }

  /** What is in segments only is so many times what may be. */
  #exceeds(times: number): boolean {
    const { bytes, records } = this.#replica.unimaged();
    const most = times * Math.max(1, this.#replica.imageBytes / this.#bounds.imageBytes);
    return bytes > most * this.#bounds.bytes || records > most * this.#bounds.records;
  }

  #compactIfDue(): void {
    const { context, replica } = this.#parts;
    const due =
      this.#exceeds(1) ||
      replica.unimaged().segments > this.#bounds.segments ||
      replica.mustSave ||
      replica.hasLegacy ||
      replica.bank.forgottenBefore(context.now() - FORGOTTEN_MS).length > 0;
    if (!due || replica.unsaved.length > 0 || this.#onlyReads() || performance.now() < this.#retryAt) return;
    try {
      compact(this.#parts);
    } catch (error) {
      this.#retryAt = performance.now() + RETRY_MS;
      if (replica.mustSave || replica.unsaved.length > 0) this.#tellUnsaved(error);
    }
  }

  #compactNow(): void {
    clearTimeout(this.#compacting);
    this.#compacting = undefined;
    this.#compactIfDue();
  }

  #onlyReads(): boolean {
    if (this.#replica.isNewer) this.#context.notices.tell(NEWER);
    return this.#replica.isNewer;
  }

  #tellUnsaved(error: unknown): void {
    this.#context.notices.tell(
      `The memory cannot be saved in ${this.#context.folder} (${messageOf(error)}): what you add or judge now lasts ` +
        'until this window or command ends, unless it can be saved later.',
    );
  }

  /** For what need not succeed: the next write tries its own way. */
  #attempt(work: () => void): void {
    try {
      work();
    } catch {
      // As above.
    }
  }
}

/** Done at once; what it throws is a rejection. */
const promised = <T>(work: () => T): Promise<T> => new Promise((resolve) => resolve(work()));

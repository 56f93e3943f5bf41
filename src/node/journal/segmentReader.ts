/** Follows one segment: what was appended since the last look. */
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { decodeEntry, type Entry, type SegmentOwner } from '../../core/memory/journal/entry';
import { scanRecords, type Scan } from '../../core/memory/journal/record';
import type { JournalContext } from './context';
import { reportGap } from './quarantine';

/** How far a segment was read. */
export interface Position {
  /** Bytes. */
  readonly offset: number;
  /** The number that the next record will have. */
  readonly records: number;
  /** Its owner writes no more to it. */
  readonly closed: boolean;
}

export const SEGMENT_START: Position = { offset: 0, records: 0, closed: false };

/** `undefined` for an entry that only a newer version of Memento understands. */
export type ReadEntry = Entry | undefined;

/** An append takes less: what has been unfinished for longer is damaged. */
const UNFINISHED_MS = 10_000;
/** The first record names the owner and has less. */
const HEAD_BYTES = 4096;

export class SegmentReader {
  readonly #context: JournalContext;
  readonly #name: string;
  readonly #file: string;
  #position: Position;
  /** Bytes that had been read are not there any more. */
  wasCut = false;
  /** The size with which the segment has been unfinished, and since when. */
  #unfinished = { size: 0, since: 0 };

  constructor(context: JournalContext, name: string, position: Position) {
    this.#context = context;
    this.#name = name;
    this.#file = path.join(context.folder, name);
    this.#position = position;
  }

  get position(): Position {
    return this.#position;
  }

  /** After this process appended to it what it knows already. */
  advance(position: Position): void {
    this.#position = position;
  }

  /** What is new, undefined where the segment is gone. Throws as the disk does: then all of it is still new. */
  read(): ReadEntry[] | undefined {
    const before = this.#position;
    try {
      return this.#readNew();
    } catch (error) {
      // Or an image would say that it has what nobody was given.
      this.#position = before;
      throw error;
    }
  }

  #readNew(): ReadEntry[] | undefined {
    const size = this.#context.disk.size(this.#file);
    // Somebody cut it: what is there is read again, which does no harm.
    if (size !== undefined && size < this.#position.offset) {
      this.wasCut = true;
      this.#position = SEGMENT_START;
    }
    if (size === this.#position.offset) return [];
    const entries = this.#readOnce();
    // The owner wrote before it ended, so only what is unfinished after that stays so.
    if (entries === undefined || !this.#isUnfinished() || !this.#isFinished()) return entries;
    const more = this.#readOnce();
    if (more !== undefined) this.#leaveRest();
    return more && [...entries, ...more];
  }

  #readOnce(): ReadEntry[] | undefined {
    const { offset, records } = this.#position;
    const bytes = this.#context.disk.read(this.#file, offset);
    if (bytes === undefined) return undefined;
    const scan = scanRecords(bytes, records, crc32);
    for (const { from, to } of scan.gaps) {
      reportGap(this.#context, this.#name, offset + from, bytes.subarray(from, to));
    }
    this.#noteRest(bytes, scan);
    const entries = scan.records.map(({ payload }) => decodeEntry(payload));
    const closed = this.#position.closed || entries.some((entry) => entry?.type === 'close');
    this.#position = { offset: offset + scan.end, records: scan.next, closed };
    return entries;
  }

  #noteRest(bytes: Uint8Array, { end }: Scan): void {
    const start = this.#position.offset + end;
    const size = this.#position.offset + bytes.length;
    if (start === size) return;
    const now = performance.now();
    if (this.#unfinished.size !== size) this.#unfinished = { size, since: now };
    else if (now - this.#unfinished.since > UNFINISHED_MS) {
      reportGap(this.#context, this.#name, start, bytes.subarray(end));
    }
  }

  #isUnfinished(): boolean {
    return (this.#context.disk.size(this.#file) ?? 0) > this.#position.offset;
  }

  #isFinished(): boolean {
    return this.#position.closed || hasEnded(this.#context, this.#name);
  }

  /** Nobody will finish the last bytes. */
  #leaveRest(): void {
    const { offset } = this.#position;
    const rest = this.#context.disk.read(this.#file, offset) ?? new Uint8Array();
    if (rest.length === 0) return;
    reportGap(this.#context, this.#name, offset, rest);
    this.#position = { ...this.#position, offset: offset + rest.length };
  }
}

/** Whether the process that writes the segment is certainly gone. */
export function hasEnded(context: JournalContext, name: string): boolean {
  const owner = ownerOf(context, name);
  return owner !== undefined && context.processes.livenessOf(owner) === 'gone';
}

function ownerOf({ disk, folder }: JournalContext, name: string): SegmentOwner | undefined {
  const head = disk.read(path.join(folder, name), 0, HEAD_BYTES) ?? new Uint8Array();
  const [first] = scanRecords(head, 0, crc32).records;
  const entry = first?.number === 0 ? decodeEntry(first.payload) : undefined;
  return entry?.type === 'open' ? entry.owner : undefined;
}

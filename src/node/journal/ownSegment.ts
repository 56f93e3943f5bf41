/** The segment that this process writes, made with its first operation. */
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { ulid } from 'ulid';
import { encodeEntry, type Entry, SEGMENT_VERSION } from '../../core/memory/journal/entry';
import { encodeRecord } from '../../core/memory/journal/record';
import type { JournalContext } from './context';
import type { NewFile } from './disk';
import { segmentName } from './layout';
import type { Position } from './segmentReader';

interface OpenSegment {
  readonly name: string;
  readonly path: string;
  readonly file: NewFile;
  /** Bytes that are on the disk. */
  length: number;
  records: number;
  /** Whether the file's name is on the disk too. */
  named: boolean;
}

export interface Appended {
  readonly segment: string;
  readonly position: Position;
}

export class OwnSegment {
  readonly #context: JournalContext;
  #open: OpenSegment | undefined;

  constructor(context: JournalContext) {
    this.#context = context;
  }

  /** Somebody removed or cut the file: what was written to it may be nowhere. */
  isHarmed(): boolean {
    return this.#open !== undefined && this.#context.disk.size(this.#open.path) !== this.#open.length;
  }

  /**
   * What was given is on the disk when it returns. Throws as the disk does; the segment is left as it was before then
   * and the next one goes to a new one, for nobody knows what is on the disk after it failed.
   */
  append(entries: readonly Entry[]): Appended {
    if (this.isHarmed()) this.#abandon();
    const known = this.#open;
    const open = known ?? this.#create();
    const owner = this.#context.processes.own();
    const appended = this.#write(
      open,
      known ? entries : [{ type: 'open', version: SEGMENT_VERSION, owner }, ...entries],
    );
    if (!open.named) this.#context.disk.syncFolder(this.#context.folder);
    open.named = true;
    return appended;
  }

  /** Says in the segment that nothing more follows: anybody may delete it once it is in the images. */
  close(): Appended | undefined {
    if (!this.#open || this.isHarmed()) {
      this.#abandon();
      return undefined;
    }
    const { segment, position } = this.#write(this.#open, [{ type: 'close' }]);
    this.#abandon();
    return { segment, position: { ...position, closed: true } };
  }

  #create(): OpenSegment {
    const { disk, folder } = this.#context;
    disk.makeFolder(folder);
    const name = segmentName(ulid());
    const file = path.join(folder, name);
    return (this.#open = { name, path: file, file: disk.create(file), length: 0, records: 0, named: false });
  }

  #write(open: OpenSegment, entries: readonly Entry[]): Appended {
    const records = entries.map((entry, i) => encodeRecord(open.records + i, encodeEntry(entry), crc32));
    const bytes = Buffer.concat(records);
    try {
      open.file.append(bytes);
      open.file.sync();
    } catch (error) {
      this.#undo(open);
      throw error;
    }
    open.length += bytes.length;
    open.records += records.length;
    return { segment: open.name, position: { offset: open.length, records: open.records, closed: false } };
  }

  #undo(open: OpenSegment): void {
    try {
      open.file.cut(open.length);
      if (open.length === 0) this.#context.disk.remove(open.path);
    } catch {
      // What is left at the end is no whole record, or one that is written again: it does no harm.
    }
    this.#abandon();
  }

  #abandon(): void {
    try {
      this.#open?.file.close();
    } catch {
      // Nothing is to be written to it any more.
    }
    this.#open = undefined;
  }
}

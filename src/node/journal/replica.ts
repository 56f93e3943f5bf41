/** What this process knows of the bank: the newest image, and every segment's operations since, of all processes. */
import path from 'node:path';
import { SEGMENT_VERSION } from '../../core/memory/journal/entry';
import { BEFORE_ALL, type Operation } from '../../core/memory/journal/operation';
import { SCHEMA_VERSION, schemaVersion } from '../../core/memory/sql/schema';
import { SqlCaseBank } from '../../core/memory/sql/sqlBank';
import { rowsOf, unpackText } from '../../core/memory/sql/sqlDatabase';
import type { BankDatabase, JournalContext } from './context';
import { type FoundImage, newestWhole } from './images';
import { backupFolder, generationsOf, imageName, isSegment } from './layout';
import { hasLegacy, legacyOperations } from './legacy';
import type { Appended } from './ownSegment';
import { generationsSetAside } from './quarantine';
import { type Position, type ReadEntry, SEGMENT_START, SegmentReader } from './segmentReader';

/** Others delete files while we look at them: then it is looked again. */
const ATTEMPTS = 20;

export class Replica {
  readonly bank: SqlCaseBank;
  readonly #context: JournalContext;
  #db: BankDatabase;
  #loaded = false;
  #readers = new Map<string, SegmentReader>();
  /** The newest generation of which all is known here, damaged ones too. */
  #seen = 0;
  /** What of each segment the newest image has. */
  #imaged = new Map<string, Position>();
  /** Bytes of the image that was read or made last. */
  imageBytes = 0;
  /** A case was purged, of which SQLite leaves the bytes in what is free of its pages until all are written anew. */
  #purged = false;
  /** In memory and not in this process's segment yet. */
  unsaved: Operation[] = [];
  /** What was read was written by a newer version: nothing may be written. */
  isNewer = false;
  /** The disk may have less than is known here. */
  mustSave = false;
  /** There is a `cases.db` whose cases are in no image yet. */
  hasLegacy = false;

  constructor(context: JournalContext) {
    this.#context = context;
    this.#db = context.openDatabase();
    this.bank = new SqlCaseBank(this.#db, context.newKernel);
  }

  /** The newest generation, of any process, when the segments were read last: all that it has is known. */
  get generation(): number {
    return this.#seen;
  }

  /** Reads what is new; whether there was anything. Throws as the disk does. */
  refresh(): boolean {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      // In this order: what an image has was in the segments before, or is in an image that is listed with it.
      const setAside = generationsSetAside(this.#context);
      const names = this.#context.disk.list(this.#context.folder);
      const generations = generationsOf(names);
      // Segments are deleted that the second newest image has: all that it has was read, or it has to be.
      const deletedUpTo = generations[1] ?? generations[0] ?? 0;
      const reloads = !this.#loaded || deletedUpTo > this.#seen;
      if (reloads && !this.#load(names, generations)) continue;
      const count = this.#readSegments(names, generations);
      if (count === undefined) {
        this.#loaded = false;
        continue;
      }
      this.#noteImages(generations[0] ?? 0, reloads);
      this.#seen = Math.max(this.#seen, ...setAside);
      return reloads || count > 0;
    }
    throw new Error('the files of the memory keep changing');
  }

  /** What this process appended, and knows already. */
  advance({ segment, position }: Appended): void {
    const reader = this.#readers.get(segment) ?? new SegmentReader(this.#context, segment, position);
    reader.advance(position);
    this.#readers.set(segment, reader);
  }

  /** The database for an image, with what it contains of each segment. */
  export(): Uint8Array {
    this.#db.run('DELETE FROM applied');
    for (const [name, { position }] of this.#readers) {
      this.#db.run('INSERT INTO applied (segment, "offset", records, closed) VALUES (?, ?, ?, ?)', [
        name,
        position.offset,
        position.records,
        position.closed ? 1 : 0,
      ]);
    }
    if (this.#purged) this.#db.run('VACUUM');
    this.#purged = false;
    return this.#db.export();
  }

  /** After an image of `generation` was published that has all that is known here. */
  imaged(generation: number, bytes: number): void {
    this.imageBytes = bytes;
    this.#seen = Math.max(this.#seen, generation);
    this.#noteImaged();
    this.mustSave = false;
  }

  /** What the newest image does not have: bytes of segments, and segments. */
  unimaged(): { readonly bytes: number; readonly records: number; readonly segments: number } {
    const parts = [...this.#readers].map(([name, { position }]) => {
      const imaged = this.#imaged.get(name) ?? SEGMENT_START;
      return { bytes: position.offset - imaged.offset, records: position.records - imaged.records };
    });
    return {
      bytes: parts.reduce((sum, { bytes }) => sum + Math.max(0, bytes), 0),
      records: parts.reduce((sum, { records }) => sum + Math.max(0, records), 0),
      segments: parts.filter(({ bytes }) => bytes > 0).length,
    };
  }

  close(): void {
    this.#db.close();
  }

  #load(names: readonly string[], generations: readonly number[]): boolean {
    const image = newestWhole(this.#context, generations);
    if (image === 'changed') return false;
    const db = this.#open(image);
    const old = this.#db;
    const positions = positionsIn(db);
    this.#db = db;
    this.bank.replaceDatabase(db);
    if (db !== old) old.close();
    this.#readers = new Map();
    for (const [name, position] of positions) {
      if (names.includes(name)) this.#readers.set(name, new SegmentReader(this.#context, name, position));
    }
    this.#imaged = new Map(positions);
    this.imageBytes = image?.database.length ?? 0;
    this.hasLegacy = hasLegacy(names);
    const before = this.hasLegacy ? legacyOperations(this.#context) : [];
    this.#apply([...before, ...this.unsaved]);
    this.#context.ids.observe(latestIn(db));
    this.#loaded = true;
    return true;
  }

  #open(image: FoundImage | undefined): BankDatabase {
    const { openDatabase } = this.#context;
    const db = openDatabase(image?.database);
    const version = schemaVersion(db);
    if (version > SCHEMA_VERSION) {
      this.isNewer = true;
      if (isLegible(db)) return db;
      db.close();
      return openDatabase();
    }
    if (image && version < SCHEMA_VERSION) this.#backUp(image.generation, version);
    return db;
  }

  /** An image of an older schema stays as it was, beside those that are made of it. */
  #backUp(generation: number, version: number): void {
    const { disk, folder } = this.#context;
    try {
      disk.makeFolder(backupFolder(folder));
      const name = `image-${generation}.schema-${version}.db`;
      disk.link(path.join(folder, imageName(generation)), path.join(backupFolder(folder), name));
    } catch {
      // A folder that cannot be written keeps the image where it is.
    }
  }

  /** How many operations were new; undefined where a segment vanished and nobody knows what it had. */
  #readSegments(names: readonly string[], generations: readonly number[]): number | undefined {
    for (const name of this.#readers.keys()) {
      if (names.includes(name)) continue;
      this.#readers.delete(name);
      // Memento deletes a segment only when two images have it.
      if (generations.length < 2) this.mustSave = true;
    }
    let count = 0;
    for (const name of names.filter(isSegment).sort()) {
      const reader = this.#readers.get(name) ?? new SegmentReader(this.#context, name, SEGMENT_START);
      this.#readers.set(name, reader);
      const entries = reader.read();
      if (entries === undefined) return undefined;
      if (reader.wasCut) this.mustSave = true;
      reader.wasCut = false;
      count += this.#take(entries);
    }
    return count;
  }

  #take(entries: readonly ReadEntry[]): number {
    const operations: Operation[] = [];
    for (const entry of entries) {
      if (entry === undefined) this.isNewer = true;
      else if (entry.type === 'open') this.isNewer ||= entry.version > SEGMENT_VERSION;
      else if (entry.type !== 'close') operations.push(entry);
    }
    this.#apply(operations);
    return operations.length;
  }

  #apply(operations: readonly Operation[]): void {
    if (operations.length === 0) return;
    this.#db.run('BEGIN');
    for (const operation of operations) {
      this.bank.apply(operation);
      this.#context.ids.observe(operation.id);
      if (operation.type === 'purge') this.notePurge();
    }
    this.#db.run('COMMIT');
  }

  /** Has the operation's traces removed from the next image. */
  notePurge(): void {
    this.#purged = true;
  }

  #noteImaged(): void {
    this.#imaged = new Map([...this.#readers].map(([name, { position }]) => [name, position]));
  }

  #noteImages(newest: number, loaded: boolean): void {
    if (newest > this.#seen && !loaded) {
      // Another process made it, of what was there: near enough to tell when the next one is due.
      this.#noteImaged();
    }
    if (newest === 0 && this.#seen > 0) this.mustSave = true;
    this.#seen = Math.max(this.#seen, newest);
  }
}

/** Whether a newer schema still has what is read here. */
function isLegible(db: BankDatabase): boolean {
  try {
    const bank = new SqlCaseBank(db);
    bank.list({ offset: 0, limit: 1 });
    bank.candidates('legible', { encoder: 'legible', values: new Float32Array([1]) }, 1);
    positionsIn(db);
    latestIn(db);
    return true;
  } catch {
    return false;
  }
}

/** How much of each segment is contained in the database; none in a new one, which has no tables yet. */
export function positionsIn(db: BankDatabase): Map<string, Position> {
  if (schemaVersion(db) < 2) return new Map();
  const rows = rowsOf(db, 'SELECT segment, "offset", records, closed FROM applied');
  return new Map(
    rows.map(([segment, offset, records, closed]) => [
      unpackText(segment),
      { offset: Number(offset), records: Number(records), closed: closed === 1 },
    ]),
  );
}

const latestIn = (db: BankDatabase): string =>
  rowsOf(
    db,
    'SELECT op FROM registers UNION SELECT op FROM vectors ' +
      'UNION SELECT max(op, purged) FROM runs ORDER BY op DESC LIMIT 1',
  )
    .map(([op]) => unpackText(op))
    .at(0) ?? BEFORE_ALL;

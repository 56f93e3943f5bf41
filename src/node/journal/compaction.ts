/** Makes an image of what is known, and removes what the images made superfluous. */
import path from 'node:path';
import { perform, purging } from '../../core/memory/journal/changes';
import { SCHEMA_VERSION } from '../../core/memory/sql/schema';
import type { JournalContext } from './context';
import { newestSchema, newestWhole, publishImage, removeOldImages } from './images';
import { generationsOf, isSegment } from './layout';
import { backUpLegacy } from './legacy';
import type { OwnSegment } from './ownSegment';
import { positionsIn, type Replica } from './replica';
import { hasEnded, type Position } from './segmentReader';

/** How long a forgotten case can be restored. */
export const FORGOTTEN_MS = 24 * 60 * 60 * 1000;

export interface Parts {
  readonly context: JournalContext;
  readonly replica: Replica;
  readonly own: OwnSegment;
}

/** Throws as the disk does; nothing is lost by that. To be called with all segments read and nothing unsaved. */
export function compact(parts: Parts): void {
  const { context, replica } = parts;
  if (newestSchema(context) > SCHEMA_VERSION) {
    replica.isNewer = true;
    return;
  }
  const purged = purgeForgotten(parts);
  // Twice where something has to go for good: from both images that are kept, and from the segments they have.
  const rounds = purged || replica.hasLegacy ? 2 : 1;
  for (let round = 0; round < rounds; round++) {
    // Where another process was first, the next image is due when its time comes: the segments are still there.
    if (!publishAndClean(parts)) return;
  }
  if (replica.hasLegacy) {
    backUpLegacy(context);
    replica.hasLegacy = false;
  }
}

function purgeForgotten({ context, replica, own }: Parts): boolean {
  const change = purging(context.now() - FORGOTTEN_MS);
  const { operations } = perform(replica.bank, change, context.ids.next);
  if (operations.length === 0) return false;
  replica.notePurge();
  replica.unsaved.push(...operations);
  replica.advance(own.append(replica.unsaved));
  replica.unsaved = [];
  return true;
}

function publishAndClean({ context, replica, own }: Parts): boolean {
  const closed = own.close();
  if (closed) replica.advance(closed);
  const generation = replica.generation + 1;
  const database = replica.export();
  if (!publishImage(context, database, generation)) return false;
  replica.imaged(generation, database.length);
  clean(context, generation);
  return true;
}

/** Two images are kept, and every segment that the older one does not have: should the newer be damaged, all is there. */
function clean(context: JournalContext, newest: number): void {
  const { disk, folder, openDatabase } = context;
  const before = generationsOf(disk.list(folder)).filter((generation) => generation < newest);
  const older = newestWhole(context, before);
  if (older === undefined || older === 'changed') return;
  removeOldImages(context, older.generation);
  const db = openDatabase(older.database);
  const positions = positionsIn(db);
  db.close();
  for (const name of disk.list(folder).filter(isSegment)) {
    if (isSuperfluous(context, name, positions.get(name))) disk.remove(path.join(folder, name));
  }
}

/** Its owner is asked for first: what is there after its end is all that there will be. */
function isSuperfluous(context: JournalContext, name: string, kept: Position | undefined): boolean {
  if (kept === undefined || !(kept.closed || hasEnded(context, name))) return false;
  return kept.offset >= (context.disk.size(path.join(context.folder, name)) ?? Infinity);
}

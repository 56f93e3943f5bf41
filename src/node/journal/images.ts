/** The images of a bank: found, published, and the old ones removed. */
import path from 'node:path';
import { ulid } from 'ulid';
import type { JournalContext } from './context';
import { decodeImage, encodeImage, HEAD_BYTES, schemaOfImage } from './image';
import { generationsOf, imageName, unfinishedGeneration, unfinishedName } from './layout';
import { setAside } from './quarantine';

export interface FoundImage {
  readonly generation: number;
  readonly database: Uint8Array;
}

/** The newest of these generations that is whole. Damaged ones are set aside, and the user is told. */
export function newestWhole(
  context: JournalContext,
  generations: readonly number[],
): FoundImage | 'changed' | undefined {
  const damaged: number[] = [];
  let found: FoundImage | undefined;
  for (const generation of generations) {
    const bytes = context.disk.read(path.join(context.folder, imageName(generation)));
    if (bytes === undefined) return 'changed';
    const database = decodeImage(bytes);
    if (database !== undefined) {
      found = { generation, database };
      break;
    }
    damaged.push(generation);
  }
  for (const generation of damaged) report(context, generation, found !== undefined || generation === 1);
  return found;
}

function report(context: JournalContext, generation: number, complete: boolean): void {
  const name = imageName(generation);
  const moved = setAside(context, name);
  context.notices.tell(
    `A file of the memory was damaged${moved ? ' and set aside' : ''} (${name} in ${context.folder}). ` +
      (complete
        ? 'What it held was restored from the other files.'
        : 'There is no other file with all that it held: older cases may be missing.'),
  );
}

/** The version of the tables in the newest image, 0 with none. */
export function newestSchema({ disk, folder }: JournalContext): number {
  const [newest] = generationsOf(disk.list(folder));
  if (newest === undefined) return 0;
  return schemaOfImage(disk.read(path.join(folder, imageName(newest)), 0, HEAD_BYTES) ?? new Uint8Array());
}

/**
 * Publishes the image at once and whole, or gives false where another process published one of that generation. It has
 * to be made of all that was known with the generation before, so that every image has all that those before it have.
 */
export function publishImage(context: JournalContext, database: Uint8Array, generation: number): boolean {
  const { disk, folder } = context;
  disk.makeFolder(folder);
  // Also where that one was removed again.
  if (generationsOf(disk.list(folder)).some((other) => other >= generation)) return false;
  const unfinished = path.join(folder, unfinishedName(generation, ulid()));
  try {
    const file = disk.create(unfinished);
    try {
      file.append(encodeImage(database, generation));
      file.sync();
    } finally {
      file.close();
    }
    const first = disk.link(unfinished, path.join(folder, imageName(generation)));
    if (first) disk.syncFolder(folder);
    return first;
  } finally {
    disk.remove(unfinished);
  }
}

/**
 * Removes the images before the two newest, and what was never finished: whoever still writes an image of a generation
 * that is there already finds that it was not the first.
 */
export function removeOldImages({ disk, folder }: JournalContext, oldestKept: number): void {
  const names = disk.list(folder);
  const generations = generationsOf(names);
  for (const generation of generations) {
    if (generation < oldestKept) disk.remove(path.join(folder, imageName(generation)));
  }
  for (const name of names) {
    const generation = unfinishedGeneration(name);
    if (generation !== undefined && generation <= (generations[0] ?? 0)) disk.remove(path.join(folder, name));
  }
}

/** What cannot be read is kept in `damaged/`, under a name of its own, and never overwritten. */
import path from 'node:path';
import { ulid } from 'ulid';
import type { JournalContext } from './context';
import type { Disk } from './disk';
import { damagedFolder } from './layout';

/** Moves a whole file there: `image-00000007.db` becomes `image-00000007.<ulid>.db`. False where it is not moved. */
export function setAside({ disk, folder }: JournalContext, name: string): boolean {
  const { name: stem, ext } = path.parse(name);
  try {
    disk.makeFolder(damagedFolder(folder));
    return disk.rename(path.join(folder, name), path.join(damagedFolder(folder), `${stem}.${ulid()}${ext}`));
  } catch {
    // A folder that cannot be written keeps the file where it is.
    return false;
  }
}

/** Generations of images that were set aside: their numbers are not given again. */
export const generationsSetAside = ({ disk, folder }: JournalContext): number[] =>
  disk.list(damagedFolder(folder)).flatMap((name) => {
    const digits = /^image-(\d+)\./.exec(name)?.[1];
    return digits === undefined ? [] : [Number(digits)];
  });

/** Keeps a copy of some bytes of a segment, and tells the user unless somebody has found them before. */
export function reportGap(context: JournalContext, segment: string, from: number, bytes: Uint8Array): void {
  const { disk, folder, notices } = context;
  const name = `${path.parse(segment).name}.${from}-${from + bytes.length}.bin`;
  try {
    disk.makeFolder(damagedFolder(folder));
    if (disk.size(path.join(damagedFolder(folder), name)) !== undefined) return;
    keep(disk, path.join(damagedFolder(folder), name), bytes);
  } catch {
    // Nothing can be written: the bytes stay where they are.
  }
  notices.tell(
    `A part of the memory was damaged (${bytes.length} bytes of ${segment}) and is kept in ` +
      `${damagedFolder(folder)}: a newer case or judgement may be missing. All that is whole was read.`,
  );
}

function keep(disk: Disk, file: string, bytes: Uint8Array): void {
  const copy = disk.create(file);
  try {
    copy.append(bytes);
    copy.sync();
  } finally {
    copy.close();
  }
}

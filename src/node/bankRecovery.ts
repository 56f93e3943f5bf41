/** Finding the image to go on with: the current one, else, where that is damaged or missing, the one before. */
import { readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { decodeImage, type BankImage } from './bankImage';
import { unless } from './errno';

export interface BankPaths {
  readonly folder: string;
  readonly current: string;
  readonly previous: string;
  readonly lock: string;
}

export const bankPaths = (folder: string): BankPaths => ({
  folder,
  current: path.join(folder, 'cases.db'),
  previous: path.join(folder, 'cases.previous.db'),
  lock: path.join(folder, 'cases.lock'),
});

/** Where there is no current image. */
export const NO_IMAGE = 'none';

export interface Found {
  /** Undefined with nothing to go on with: an empty memory. */
  readonly image: BankImage | undefined;
  /** Of the current image, `NO_IMAGE` where there is none (any more). */
  readonly identity: string;
  /** What was set aside, in words for the user. */
  readonly warning: string | undefined;
}

type Content = BankImage | 'missing' | 'damaged';

/**
 * Sets damaged files aside under a new name, never to be overwritten, which only the holder of the lock may do
 * (`locked`): `undefined` is returned where it would have to and may not. Rejects as the file system does.
 */
export async function findImage(paths: BankPaths, locked: boolean, now: number): Promise<Found | undefined> {
  const current = await read(paths.current);
  if (typeof current !== 'string') return { image: current, identity: current.identity, warning: undefined };
  const previous = await read(paths.previous);
  const good = typeof previous === 'string' ? undefined : previous;
  if (current === 'missing' && previous !== 'damaged') {
    return { image: good, identity: NO_IMAGE, warning: undefined };
  }
  if (!locked) return undefined;
  const aside = [
    ...(current === 'damaged' ? [await setAside(paths.current, now)] : []),
    ...(previous === 'damaged' ? [await setAside(paths.previous, now)] : []),
  ];
  const warning =
    `A file of the memory was damaged and is kept as ${aside.join(' and ')} in ${paths.folder}. ` +
    (good
      ? 'The version before it is used: the newest case or judgement may be missing.'
      : 'There is no version before it, so the memory starts empty.');
  return { image: good, identity: NO_IMAGE, warning };
}

async function read(file: string): Promise<Content> {
  const bytes = await unless(['ENOENT', 'ENOTDIR'], readFile(file));
  return bytes === undefined ? 'missing' : (decodeImage(bytes) ?? 'damaged');
}

/** `cases.db` becomes `cases.damaged-<time>.db`; a name that is taken is passed over. Gives the new name. */
async function setAside(file: string, now: number): Promise<string> {
  const time = new Date(now).toISOString().replace(/[:.]/g, '-');
  const stem = path.basename(file, '.db').replace('cases', `cases.damaged-${time}`);
  for (let attempt = 0; ; attempt++) {
    const name = `${stem}${attempt === 0 ? '' : `-${attempt}`}.db`;
    const target = path.join(path.dirname(file), name);
    if ((await unless(['ENOENT'], readFile(target))) !== undefined) continue;
    await rename(file, target);
    return name;
  }
}

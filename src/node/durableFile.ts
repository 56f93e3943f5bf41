/** Files that are replaced as a whole and are on the disk when the promise resolves. */
import { copyFile, link, open, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { errnoOf, unless } from './errno';

const TEMPORARY = '.tmp';

/** Writes the bytes to a new file beside `file` and gives its path. Nothing is left of it where that fails. */
export async function writeBeside(file: string, bytes: Uint8Array): Promise<string> {
  const temporary = `${file}.${process.pid}-${Math.random().toString(36).slice(2)}${TEMPORARY}`;
  try {
    const handle = await open(temporary, 'wx');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    return temporary;
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** Puts `temporary` in the place of `file`, and the file that was there in the place of `previous`. */
export async function publish(temporary: string, file: string, previous: string): Promise<void> {
  // A second name first, so that at no moment there is no file.
  const kept = `${previous}${TEMPORARY}`;
  await rm(kept, { force: true });
  if (await linkOrCopy(file, kept)) await renameOver(kept, previous);
  await renameOver(temporary, file);
  await syncFolder(path.dirname(file));
}

/**
 * Removes what a process that died left behind of the files whose names start with `prefix`. Only for whoever holds the
 * lock of these files.
 */
export async function removeTemporaries(folder: string, prefix: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name.startsWith(prefix) && name.endsWith(TEMPORARY))
      await rm(path.join(folder, name), { force: true });
  }
}

/** Windows refuses for as long as another process has the target open: readers are done soon. */
export async function renameOver(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      const busy = ['EPERM', 'EACCES', 'EBUSY'].includes(errnoOf(error) ?? '');
      if (process.platform !== 'win32' || !busy || attempt === 20) throw error;
      await sleep(10 * attempt);
    }
  }
}

/** So that a rename outlives a loss of power; some file systems, and Windows, have no such thing for folders. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await unless(['EISDIR', 'EPERM', 'EACCES'], open(folder, 'r'));
  try {
    if (handle) await unless(['EINVAL', 'ENOTSUP', 'EPERM'], handle.sync());
  } finally {
    await handle?.close();
  }
}

/** False with no such file. Not every file system has links. */
async function linkOrCopy(file: string, to: string): Promise<boolean> {
  try {
    await link(file, to);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false;
    await copyFile(file, to);
  }
  return true;
}

/** Files that are replaced as a whole and are on the disk when the promise resolves. */
import { open, rename, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { errnoOf } from './errno';

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

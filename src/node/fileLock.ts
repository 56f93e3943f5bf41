/**
 * A lock between processes: a file that is made exclusively and names its holder. A holder that is certainly gone is
 * replaced at once. One that may live (another machine or container, a system without /proc) is replaced when its file
 * has not been touched for `SILENCE_MS`, by the clock of who waits: holders touch theirs every `TOUCH_MS`.
 */
import { randomUUID } from 'node:crypto';
import { open, readFile, rm, stat, utimes } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { unless } from './errno';
import { livenessOf, ownIdentity, type ProcessIdentity } from './processIdentity';

const TOUCH_MS = 1_500;
const SILENCE_MS = 10_000;
const POLL_MS = 15;

export interface LockTiming {
  /** How long to wait for the lock. */
  readonly waitMs: number;
  /** How long a holder that may live can be silent. */
  readonly silenceMs: number;
}
const TIMING: LockTiming = { waitMs: 3 * SILENCE_MS, silenceMs: SILENCE_MS };

export class LockTimeout extends Error {
  override readonly name = 'LockTimeout';
}

interface Holder extends ProcessIdentity {
  readonly token: string;
}

/**
 * Runs `work` while this process alone holds the lock. Rejects with `LockTimeout` where it was not to be had within
 * `waitMs`, with the system's error where the file cannot be made, and as `work` does.
 */
export async function withLock<T>(file: string, work: () => Promise<T>, timing = TIMING): Promise<T> {
  const token = randomUUID();
  await acquire(file, token, timing);
  const touching = setInterval(() => void touch(file), TOUCH_MS);
  touching.unref();
  try {
    return await work();
  } finally {
    clearInterval(touching);
    await release(file, token);
  }
}

/** What was done under the lock counts, even where the lock cannot be removed. */
async function release(file: string, token: string): Promise<void> {
  try {
    if ((await holderOf(file))?.token === token) await rm(file, { force: true });
  } catch {
    // Others take it over when this process is gone.
  }
}

async function acquire(file: string, token: string, timing: LockTiming): Promise<void> {
  const { waitMs, silenceMs } = timing;
  const deadline = performance.now() + waitMs;
  const silence = new Silence();
  while (!(await create(file, token))) {
    const holder = await holderOf(file);
    const liveness = holder ? livenessOf(holder) : 'unknown';
    const silent = (await silence.lasts(file, holder?.token)) > silenceMs;
    if (liveness === 'gone' || (liveness === 'unknown' && silent)) {
      await takeOver(file, holder?.token);
    } else if (performance.now() > deadline) {
      throw new LockTimeout(`Another process has held ${file} for ${Math.round(waitMs / 1000)} seconds.`);
    } else {
      await sleep(POLL_MS * (0.5 + Math.random()));
    }
  }
}

/** How long a lock file has been as it is (ms), seen from here: no clock of another machine is compared. */
class Silence {
  #seen = '';
  #since = 0;

  async lasts(file: string, token: string | undefined): Promise<number> {
    const touched = (await unless(['ENOENT'], stat(file)))?.mtimeMs;
    const seen = `${token ?? ''} ${touched ?? ''}`;
    if (seen !== this.#seen) {
      this.#seen = seen;
      this.#since = performance.now();
    }
    return touched === undefined ? 0 : performance.now() - this.#since;
  }
}

async function create(file: string, token: string): Promise<boolean> {
  const holder: Holder = { ...ownIdentity(), token };
  const handle = await unless(CONTENTION, open(file, 'wx'));
  if (!handle) return false;
  try {
    await handle.writeFile(JSON.stringify(holder));
    return true;
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}

/** Windows refuses to make a file that is just being deleted. */
const CONTENTION = process.platform === 'win32' ? ['EEXIST', 'EPERM', 'EBUSY'] : ['EEXIST'];

/** Removes a stale lock. Only one process at a time may, or the second would remove the lock that the first one made. */
async function takeOver(file: string, token: string | undefined): Promise<void> {
  const breaking = `${file}.breaking`;
  if (!(await create(breaking, randomUUID()))) {
    const begun = (await unless(['ENOENT'], stat(breaking)))?.mtimeMs;
    if (begun !== undefined && Date.now() - begun > SILENCE_MS) await rm(breaking, { force: true });
    await sleep(POLL_MS);
    return;
  }
  try {
    if ((await holderOf(file))?.token === token) await rm(file, { force: true });
  } finally {
    await rm(breaking, { force: true });
  }
}

/** Undefined with no file, and for one whose holder is just writing it or died while it did. */
async function holderOf(file: string): Promise<Holder | undefined> {
  const text = await unless(['ENOENT', 'EPERM', 'EBUSY'], readFile(file, 'utf8'));
  if (text === undefined || text === '') return undefined;
  try {
    const { pid, place, started, token } = JSON.parse(text) as Partial<Holder>;
    return pid !== undefined && place !== undefined && started !== undefined && token !== undefined
      ? { pid, place, started, token }
      : undefined;
  } catch {
    return undefined;
  }
}

/** A lock that is gone was taken over. */
async function touch(file: string): Promise<void> {
  await utimes(file, new Date(), new Date()).catch(() => undefined);
}

/**
 * Folders outside the repository: the user's home and Memento's own cache.
 * A HOME that is unset, empty or not writable (containers, sandboxes) must not stop a build: then a folder of this
 * user's under the system's temporary folder stands in for it.
 */
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** @returns {string} an absolute folder that exists and can be written to */
export function homeFolder() {
  const home = os.homedir() || os.userInfo().homedir;
  if (path.isAbsolute(home) && isWritable(home)) return home;
  const standIn = path.join(os.tmpdir(), `memento-home-${os.userInfo().username}`);
  mkdirSync(standIn, { recursive: true, mode: 0o700 });
  return standIn;
}

/** @returns {string} `${MEMENTO_CACHE:-${XDG_CACHE_HOME:-~/.cache}}/memento` */
export function cacheFolder() {
  const base = process.env.MEMENTO_CACHE || process.env.XDG_CACHE_HOME || path.join(homeFolder(), '.cache');
  return path.resolve(base, 'memento');
}

function isWritable(folder) {
  if (!existsSync(folder)) return false;
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

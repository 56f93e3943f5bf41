/** What the folder, git and the search path make of a command. */
import { readlink, realpath, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { CommandRule } from '../core/tools/shell/commandRules';
import type { CommandPlace } from '../core/tools/shell/commandPolicy';
import { guardOf } from '../core/tools/guardedPaths';
import { userFolders } from './dataDirectory';
import { errnoOf } from './errno';
import { gitSettingsThatRun } from './gitSettings';
import { createShellParser } from './shellParser';

export interface CommandPlaceOptions {
  /** Where commands run. */
  readonly root: string;
  /** The folder with the parser's files. */
  readonly dist: string;
  /** The user's own. */
  readonly rules: () => readonly CommandRule[];
  /** Whether what only reads runs without asking; it does unless told. */
  readonly mayRead?: () => boolean;
  /** More folders that rules do not reach; absolute. */
  readonly guarded?: readonly string[];
  /** Of the process that commands are started from; its own unless told. */
  readonly searchPath?: string | undefined;
}

export function createCommandPlace({
  root,
  dist,
  rules,
  mayRead,
  guarded = [],
  searchPath,
}: CommandPlaceOptions): CommandPlace {
  return {
    parser: createShellParser(dist),
    // Of childRunner.ts, which runs what nobody was asked about, whatever the terminal has.
    shell: () => (process.platform === 'win32' ? 'powershell' : 'posix'),
    rules,
    mayRead: mayRead ?? (() => true),
    gitSettings: () => gitSettingsThatRun(root),
    isInside: async (file) => isWithin(await realpath(root), path.resolve(root, file)),
    guardOf: async (file) => {
      const home = os.homedir();
      const folders = [...userFolders(process.env, process.platform), ...guarded];
      const surroundings = [
        { home, folders },
        {
          home: await behindLinks(home),
          folders: await Promise.all(folders.map((each) => behindLinks(each))),
        },
      ];
      const written = path.resolve(root, file);
      for (const each of [written, await behindLinks(written)]) {
        const found = surroundings
          .map((around) => guardOf(each, around))
          .find((guard) => guard !== undefined);
        if (found !== undefined) return found;
      }
      return undefined;
    },
    isFolder: (file) =>
      stat(path.resolve(root, file)).then(
        (found) => found.isDirectory(),
        () => false,
      ),
    searchPathProblem: async () => {
      const folder = await realpath(root);
      for (const entry of (searchPath ?? process.env['PATH'] ?? '').split(path.delimiter)) {
        if (!path.isAbsolute(entry))
          return `The search path has “${entry}”, which is another folder wherever a command runs.`;
        if (await isWithin(folder, entry))
          return `The search path has ${entry}, which is in the workspace: its files could stand for programs.`;
      }
      return undefined;
    },
  };
}

/** Through all links; what is not there leads nowhere, and so not out. @param folder a real path */
async function isWithin(folder: string, file: string): Promise<boolean> {
  let real: string;
  try {
    real = await realpath(file);
  } catch (error) {
    const code = errnoOf(error);
    // By its text then, for what is made there later.
    if (code === 'ENOENT' || code === 'ENOTDIR') return isBelow(folder, file);
    return false;
  }
  return isBelow(folder, real);
}

const MOST_LINKS = 40;

/** Through all links, those to what is not there too, and by the text of the rest: where a file would be made. */
async function behindLinks(file: string, links = 0): Promise<string> {
  try {
    return await realpath(file);
  } catch {
    const above = path.dirname(file);
    if (above === file || links === MOST_LINKS) return file;
    const folder = await behindLinks(above, links);
    const target = await readlink(file).catch(() => undefined);
    const name = path.join(folder, path.basename(file));
    return target === undefined ? name : behindLinks(path.resolve(folder, target), links + 1);
  }
}

function isBelow(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative.split(path.sep)[0] !== '..' && !path.isAbsolute(relative);
}

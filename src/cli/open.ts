import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Secrets } from '../core/common/secrets';
import type { Logger } from '../core/ports';
import type { CommandPlace } from '../core/tools/shell/commandPolicy';
import { commandPlaceOf, openNodePorts, type NodePlace, type Opened } from '../library/nodePorts';
import { dataDirectory } from '../node/dataDirectory';
import { findRun, openProject } from '../node/project';
import type { Permissions, Place } from './arguments';
import { UsageError } from './values';
import type { Host } from './host';

export type { Opened } from '../library/nodePorts';

export type OpenOptions = Pick<NodePlace, 'rememberedTexts'>;

export const userData = (): string => dataDirectory(process.env, process.platform);

/** A run's id is enough: where the folder is not named, its memory is looked for by the run. */
export async function placeOfRun(command: Place & { readonly runId: string }): Promise<Place> {
  if (command.storage !== undefined || command.workspace !== undefined) return command;
  const storage = await findRun(userData(), command.runId);
  return storage === undefined ? command : { ...command, storage };
}

/** The folder that has the runs and the memory of a place; it may not exist yet. */
export async function projectFolder(place: Place): Promise<string> {
  const { folder } = await openProject({
    folder: await folderOf(place.workspace ?? process.cwd()),
    dataDirectory: userData(),
    ...(place.storage === undefined ? {} : { storage: path.resolve(place.storage) }),
  });
  return folder;
}

/** Where the commands of a place run, for what may run there without asking. */
export const commandPlace = async (place: Place & Permissions, dist: string): Promise<CommandPlace> =>
  commandPlaceOf({ ...(await absolute(place)), permissions: place, dist });

/** The core's ports on Node, for one folder and its memory. Workers start on first use. */
export const open = async (
  place: Place & Permissions,
  { dist, secrets }: Pick<Host, 'dist' | 'secrets'>,
  options: OpenOptions = {},
): Promise<Opened> =>
  openNodePorts({
    ...(await absolute(place)),
    ...options,
    permissions: place,
    dataDirectory: userData(),
    dist,
    env: process.env,
    secrets,
    logger: loggerOf(secrets),
  });

const absolute = async ({ workspace, storage }: Place) => ({
  root: await folderOf(workspace ?? process.cwd()),
  storage: storage === undefined ? undefined : path.resolve(storage),
});

/** Faults that a person should see are events; the log is for those who ask for it. */
function loggerOf(secrets: Secrets): Logger {
  const log = (level: string) => (message: string) => {
    if (process.env['MEMENTO_LOG']) process.stderr.write(`${level}: ${secrets.hide(message)}\n`);
  };
  return { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') };
}

async function folderOf(given: string): Promise<string> {
  try {
    const root = await realpath(path.resolve(given));
    if ((await stat(root)).isDirectory()) return root;
  } catch {
    // Said below, like a file where a folder is due.
  }
  throw new UsageError(`There is no folder ${given}.`);
}

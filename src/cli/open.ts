import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Ports } from '../core/assistant';
import type { Secrets } from '../core/common/secrets';
import type { Logger } from '../core/ports';
import type { CommandPlace } from '../core/tools/shell/commandPolicy';
import { searchConfigFromEnvironment } from '../core/tools/web/search/environment';
import { modelConfigFromEnvironment, resolveModels } from '../models';
import { createCalculator } from '../node/calculator';
import { createChildRunner } from '../node/childRunner';
import { createCommandPlace } from '../node/commandPlace';
import { dataDirectory } from '../node/dataDirectory';
import { createDocumentReader } from '../node/documents';
import { createWorkerEncoder } from '../node/encoder';
import { createVideoReader } from '../node/ffmpeg';
import { createFiles } from '../node/files';
import { createHttpClient } from '../node/http/client';
import { createFetch } from '../node/http/fetch';
import { commandLineRemedies } from '../node/http/remedies';
import { environmentRouter } from '../node/http/route';
import { openCaseBank } from '../node/memory';
import { openMcpTools } from '../node/mcp/userServers';
import { findRun, openProject } from '../node/project';
import { runFolderPath } from '../node/runId';
import { createRunFiles } from '../node/runFiles';
import { createRunStore } from '../node/runStore';
import { systemClock, systemIds } from '../node/system';
import { createTokenThread } from '../node/tokens';
import { createWebCache } from '../node/webCache';
import { createWorkspaceSearch } from '../node/workspace';
import { INDEXED_DOCUMENTS } from '../core/tools/document/indexed';
import type { Permissions, Place } from './arguments';
import { UsageError } from './values';
import type { Host } from './host';

export interface Opened {
  readonly ports: Ports;
  /** Absolute path of a run's folder, whether or not it is there. */
  readonly runFolder: (runId: string) => string;
  close(): Promise<void>;
}

export interface OpenOptions {
  /** Of how many texts the encoder keeps the vectors. */
  readonly rememberedTexts?: number;
}

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
  createCommandPlace({
    root: await folderOf(place.workspace ?? process.cwd()),
    dist,
    rules: () => place.commandRules ?? [],
    guarded: place.storage === undefined ? [] : [path.resolve(place.storage)],
  });

/** The core's ports on Node, for one folder and its memory. Workers start on first use. */
export async function open(
  place: Place & Permissions,
  { dist, secrets }: Pick<Host, 'dist' | 'secrets'>,
  { rememberedTexts }: OpenOptions = {},
): Promise<Opened> {
  const logger = loggerOf(secrets);
  const root = await folderOf(place.workspace ?? process.cwd());
  const project = await openProject({
    folder: root,
    dataDirectory: userData(),
    ...(place.storage === undefined ? {} : { storage: path.resolve(place.storage) }),
  });
  const bank = openCaseBank({
    folder: project.folder,
    workerFile: path.join(dist, 'memory-worker.js'),
    dist,
  });
  const encoder = createWorkerEncoder({
    assets: path.join(dist, 'encoder'),
    workerFile: path.join(dist, 'encoder-worker.js'),
    ...(rememberedTexts === undefined ? {} : { remembered: rememberedTexts }),
  });
  const documents = createDocumentReader({ workerFile: path.join(dist, 'document-worker.js') });
  const search = createWorkspaceSearch({
    folders: () => [{ name: path.basename(root), root }],
    workerFile: path.join(dist, 'workspace-worker.js'),
    encoder,
    cacheFile: path.join(project.folder, 'passages.cache'),
    indexFile: path.join(project.folder, 'passages.index'),
    documents: { extensions: INDEXED_DOCUMENTS, reader: documents },
  });
  const runs = createRunStore(project.folder);
  const commands = createChildRunner({ cwd: root, runs, secrets });
  const calculator = createCalculator({ workerFile: path.join(dist, 'calculator-worker.js') });
  const tokens = createTokenThread(path.join(dist, 'token-worker.js'), logger);
  const config = modelConfigFromEnvironment(process.env);
  const fetch = createFetch(process.env);
  const mcp = openMcpTools({
    env: process.env,
    dataDirectory: userData(),
    workspace: root,
    fetch,
    secrets,
    logger,
  });
  return {
    ports: {
      bank,
      runs,
      encoder,
      workspace: path.basename(root),
      files: createFiles({ root }),
      search,
      commands,
      commandPlace: await commandPlace(place, dist),
      runFiles: createRunFiles(runs),
      video: createVideoReader(),
      calculator,
      documents,
      cache: createWebCache(project.folder),
      webRules: {
        allowedOrigins: () => place.allowedOrigins ?? [],
        ignoreRobots: () => place.ignoreRobots ?? [],
      },
      http: createHttpClient({
        router: environmentRouter(process.env),
        remedies: commandLineRemedies,
        allowedOrigins: () => place.allowedOrigins ?? [],
      }),
      models: (signal) => resolveModels(config, { signal, fetch, countTokens: tokens.count }),
      webSearch: () => Promise.resolve(searchConfigFromEnvironment(process.env)),
      foreignTools: mcp,
      secrets,
      clock: systemClock,
      ids: systemIds,
      logger,
    },
    runFolder: (runId) => runFolderPath(project.folder, runId),
    close: async () => {
      commands.dispose();
      const parts = [mcp, bank, encoder, search, calculator, documents, tokens];
      await Promise.all(parts.map((part) => part.dispose()));
    },
  };
}

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

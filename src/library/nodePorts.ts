/** The core's ports on Node, for one folder and its memory: what the command line and the npm package stand on. */
import path from 'node:path';
import type { Ports } from '../core/assistant';
import type { Secrets } from '../core/common/secrets';
import type { Logger } from '../core/ports';
import { INDEXED_DOCUMENTS } from '../core/tools/document/indexed';
import type { CommandPlace } from '../core/tools/shell/commandPolicy';
import type { CommandRule } from '../core/tools/shell/commandRules';
import { searchConfigFromEnvironment } from '../core/tools/web/search/environment';
import { modelConfigFromEnvironment, resolveModels } from '../models';
import { createCalculator } from '../node/calculator';
import { createChildRunner } from '../node/childRunner';
import { createCommandPlace } from '../node/commandPlace';
import { createDocumentReader } from '../node/documents';
import { createWorkerEncoder } from '../node/encoder';
import { createVideoReader } from '../node/ffmpeg';
import { createFiles } from '../node/files';
import { createHttpClient } from '../node/http/client';
import { createFetch } from '../node/http/fetch';
import { commandLineRemedies } from '../node/http/remedies';
import { environmentRouter } from '../node/http/route';
import { openMcpTools } from '../node/mcp/userServers';
import { openCaseBank } from '../node/memory';
import { openProject } from '../node/project';
import { runFolderPath } from '../node/runId';
import { createRunFiles } from '../node/runFiles';
import { createRunStore } from '../node/runStore';
import { systemClock, systemIds } from '../node/system';
import { createTokenThread } from '../node/tokens';
import { createWebCache } from '../node/webCache';
import { createWorkspaceSearch } from '../node/workspace';

/** What the tools may do beyond what they may do for everybody. */
export interface Permissions {
  /** Origins, e.g. `http://localhost:8080`. */
  readonly allowedOrigins?: readonly string[];
  /** Hosts of which robots.txt is ignored. */
  readonly ignoreRobots?: readonly string[];
  /** What begins so runs without asking: `npm test`. */
  readonly commandRules?: readonly CommandRule[];
}

export interface NodePlace {
  /** Absolute real path of the folder that is searched. */
  readonly root: string;
  /** Absolute path of the folder that keeps cases and runs; undefined: that of the project in the user's data. */
  readonly storage: string | undefined;
  /** Absolute path of the user's data directory. */
  readonly dataDirectory: string;
  /** The folder of the built program: workers and assets lie there. */
  readonly dist: string;
  /** Models, search providers, proxies and keys are read from it. */
  readonly env: NodeJS.ProcessEnv;
  readonly secrets: Secrets;
  readonly logger: Logger;
  /** Read each time that it is asked for: what it allows may change. */
  readonly permissions: Permissions;
  /** Of how many texts the encoder keeps the vectors. */
  readonly rememberedTexts?: number;
}

export interface Opened {
  readonly ports: Ports;
  /** Absolute path of a run's folder, whether or not it is there. */
  readonly runFolder: (runId: string) => string;
  close(): Promise<void>;
}

/** Workers start on first use, and keep no process alive. */
export async function openNodePorts(place: NodePlace): Promise<Opened> {
  const { root, storage, dataDirectory, dist, env, secrets, logger } = place;
  const { permissions, rememberedTexts } = place;
  const project = await openProject({
    folder: root,
    dataDirectory,
    ...(storage === undefined ? {} : { storage }),
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
  const config = modelConfigFromEnvironment(env);
  const fetch = createFetch(env);
  const mcp = openMcpTools({ env, dataDirectory, workspace: root, fetch, secrets, logger });
  return {
    ports: {
      bank,
      runs,
      encoder,
      workspace: path.basename(root),
      files: createFiles({ root }),
      search,
      commands,
      commandPlace: commandPlaceOf(place),
      runFiles: createRunFiles(runs),
      video: createVideoReader(),
      calculator,
      documents,
      cache: createWebCache(project.folder),
      webRules: {
        allowedOrigins: () => permissions.allowedOrigins ?? [],
        ignoreRobots: () => permissions.ignoreRobots ?? [],
      },
      http: createHttpClient({
        router: environmentRouter(env),
        remedies: commandLineRemedies,
        allowedOrigins: () => permissions.allowedOrigins ?? [],
      }),
      models: (signal) => resolveModels(config, { signal, fetch, countTokens: tokens.count }),
      webSearch: () => Promise.resolve(searchConfigFromEnvironment(env)),
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

/** Where the commands of a place run, for what may run there without asking. */
export const commandPlaceOf = ({
  root,
  dist,
  storage,
  permissions,
}: Pick<NodePlace, 'root' | 'dist' | 'storage' | 'permissions'>): CommandPlace =>
  createCommandPlace({
    root,
    dist,
    rules: () => permissions.commandRules ?? [],
    guarded: storage === undefined ? [] : [storage],
  });

/** The core's ports on VS Code and Node, for the open folder. Workers start on first use. */
import path from 'node:path';
import * as vscode from 'vscode';
import type { Ports } from '../core/assistant';
import { DisposableStore, type Disposable } from '../core/common/disposable';
import { parseUrl } from '../core/common/url';
import type { Secrets } from '../core/common/secrets';
import type { Logger } from '../core/ports';
import { INDEXED_DOCUMENTS } from '../core/tools/document/indexed';
import type { SearchConfig } from '../core/tools/web/search/searchConfig';
import { withSymbols } from '../core/tools/symbolHits';
import { createCalculator } from '../node/calculator';
import { createDocumentReader } from '../node/documents';
import { createWorkerEncoder } from '../node/encoder';
import { createVideoReader } from '../node/ffmpeg';
import { createRunFiles } from '../node/runFiles';
import { systemClock, systemIds } from '../node/system';
import { createTokenThread } from '../node/tokens';
import { createWebCache } from '../node/webCache';
import { createWorkspaceSearch } from '../node/workspace';
import { editorCommandPlace } from './commandPlace';
import { createEditorHttpClient } from './editorHttpClient';
import { openFolders, workspaceFiles } from './folderFiles';
import { foreignTools } from './foreignTools';
import { configuredModels, editorOptions, modelsOfChat } from './models/configuredModels';
import type { OpenMemory } from './openMemory';
import { searchKeys } from './secrets';
import { readSettings } from './settings';
import { createSymbolSearch } from './symbols';
import { createTerminalRunner } from './terminalRunner';

export interface PortsOptions {
  readonly extensionPath: string;
  readonly storage: vscode.SecretStorage;
  /** What was read from it, and what else must be told to nobody. */
  readonly known: Secrets;
  readonly memory: OpenMemory;
  readonly folder: vscode.WorkspaceFolder | undefined;
  readonly logger: Logger;
}

export interface PortsAndModels extends Disposable {
  readonly ports: Ports;
  /** Those that are set up; of a run that is asked for in chat, with the model that was picked there. */
  readonly modelsFor: (
    chat: vscode.LanguageModelChat | undefined,
    signal: AbortSignal,
  ) => ReturnType<Ports['models']>;
}

export function createPorts(options: PortsOptions): PortsAndModels {
  const { extensionPath, storage, known, memory, folder, logger } = options;
  const dist = (file: string) => path.join(extensionPath, 'dist', file);
  const disposables = new DisposableStore();
  known.addLoginOf(parseUrl(vscode.workspace.getConfiguration('http').get<string>('proxy') ?? ''));
  const encoder = createWorkerEncoder({ assets: dist('encoder'), workerFile: dist('encoder-worker.js') });
  disposables.add({ dispose: () => void encoder.dispose() });
  const calculator = createCalculator({ workerFile: dist('calculator-worker.js') });
  disposables.add({ dispose: () => void calculator.dispose() });
  const documents = createDocumentReader({ workerFile: dist('document-worker.js') });
  disposables.add({ dispose: () => void documents.dispose() });
  const tokens = createTokenThread(dist('token-worker.js'), logger);
  disposables.add({ dispose: () => void tokens.dispose() });
  const modelsFor: PortsAndModels['modelsFor'] = (chat, signal) => {
    const editor = { ...editorOptions(signal), countTokens: tokens.count };
    return chat === undefined ? configuredModels(storage, editor) : modelsOfChat(storage, chat, editor);
  };
  return {
    ports: {
      bank: memory.bank,
      runs: memory.runs,
      encoder,
      ...folderPorts(),
      runFiles: createRunFiles(memory.runs),
      // In Restricted Mode no other program reads the folder's files.
      video: vscode.workspace.isTrusted ? createVideoReader() : undefined,
      calculator,
      http: vscode.workspace.isTrusted ? createEditorHttpClient() : undefined,
      webSearch: () => searchConfig(storage, known),
      // In Restricted Mode no server starts and no tool of others is called.
      foreignTools: vscode.workspace.isTrusted
        ? disposables.add(foreignTools({ folder, secrets: known, logger }))
        : undefined,
      documents,
      cache: createWebCache(memory.folder),
      webRules: {
        allowedOrigins: () => readSettings().allowedOrigins,
        ignoreRobots: () => readSettings().ignoreRobots,
      },
      models: (signal) => modelsFor(undefined, signal),
      secrets: known,
      clock: systemClock,
      ids: systemIds,
      logger,
    },
    modelsFor,
    dispose: () => disposables.dispose(),
  };

  function folderPorts(): Pick<Ports, 'workspace' | 'files' | 'search' | 'commands' | 'commandPlace'> {
    if (!folder) return { workspace: undefined, files: undefined, search: undefined, commands: undefined };
    const root = folder.uri.fsPath;
    const search = createWorkspaceSearch({
      folders: openFolders,
      workerFile: dist('workspace-worker.js'),
      encoder,
      cacheFile: path.join(memory.folder, 'passages.cache'),
      indexFile: path.join(memory.folder, 'passages.index'),
      documents: { extensions: INDEXED_DOCUMENTS, reader: documents },
    });
    disposables.add({ dispose: () => void search.dispose() });
    const files = workspaceFiles();
    const runner = createTerminalRunner({ cwd: root, runs: memory.runs, secrets: known });
    disposables.add(runner);
    return {
      workspace: folder.name,
      files,
      search: withSymbols(search, { symbols: createSymbolSearch(), files, logger }),
      // In Restricted Mode nothing runs, whatever asks for it.
      commands: vscode.workspace.isTrusted ? runner : undefined,
      commandPlace: editorCommandPlace(extensionPath, root),
    };
  }
}

async function searchConfig(storage: vscode.SecretStorage, known: Secrets): Promise<SearchConfig> {
  const { search } = readSettings();
  known.addLoginOf(parseUrl(search.searxngUrl ?? ''));
  return { ...search, keys: await searchKeys(storage), source: 'settings' };
}

/** Opens the case bank and the run logs of a folder, and tells the user once what the bank wants them to know. */
import path from 'node:path';
import * as vscode from 'vscode';
import type { RunStore } from '../core/agent/runStore';
import type { Logger } from '../core/ports';
import { dataDirectory } from '../node/dataDirectory';
import { openCaseBank, type OpenCaseBank } from '../node/memory';
import { openProject } from '../node/project';
import { createRunStore } from '../node/runStore';
import { showFault } from './remedies';
import { showWarning } from './notifications';

export interface OpenMemory {
  readonly bank: OpenCaseBank;
  readonly runs: RunStore;
  /** The project's own folder in the user's data directory. */
  readonly folder: string;
}

export async function openMemory(
  extensionPath: string,
  folder: vscode.WorkspaceFolder | undefined,
  logger: Logger,
): Promise<OpenMemory> {
  const project = await openProject({
    folder: folder?.uri.fsPath,
    dataDirectory: dataDirectory(process.env, process.platform),
  });
  const bank = openCaseBank({
    folder: project.folder,
    workerFile: path.join(extensionPath, 'dist/memory-worker.js'),
    dist: path.join(extensionPath, 'dist'),
  });
  const warning = await bank.warning();
  if (warning !== undefined) {
    logger.warn(warning);
    void showFault({ code: 'storage', message: warning }, { show: showWarning });
  }
  return { bank, runs: createRunStore(project.folder), folder: project.folder };
}

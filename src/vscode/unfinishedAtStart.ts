/** Interrupted runs, looked for when a window opens. */
import * as vscode from 'vscode';
import { dataDirectory } from '../node/dataDirectory';
import { findProject } from '../node/project';
import { createRunStore } from '../node/runStore';
import { workspaceFolder } from './projectMemory';
import { announceUnfinished } from './resumeRun';

/** Reads a folder of marks, and nothing where this folder was never used: the memory stays closed, and no folder is made. */
export async function tellOfUnfinished(state: vscode.Memento): Promise<void> {
  const project = await findProject({
    folder: workspaceFolder()?.uri.fsPath,
    dataDirectory: dataDirectory(process.env, process.platform),
  });
  if (project !== undefined) await announceUnfinished(await createRunStore(project).unfinished(), state);
}

/** The files of the open folder, without what the user hides. */
import * as vscode from 'vscode';
import type { Files } from '../core/ports';
import { createFiles } from '../node/files';

export const folderFiles = (folder: vscode.WorkspaceFolder): Files =>
  createFiles({ root: folder.uri.fsPath, excludes: excludedGlobs(folder) });

/** What the user hides from the explorer or from search is not searched here either. */
export function excludedGlobs(folder: vscode.WorkspaceFolder): string[] {
  return ['files.exclude', 'search.exclude'].flatMap((name) => {
    const globs = vscode.workspace
      .getConfiguration(undefined, folder.uri)
      .get<Record<string, unknown>>(name, {});
    return Object.keys(globs).filter((glob) => globs[glob] === true);
  });
}

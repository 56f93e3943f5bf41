/** The files of the open folders, without what the user hides. */
import * as vscode from 'vscode';
import type { Files } from '../core/ports';
import type { WorkspaceFolder } from '../node/folders';
import { createWorkspaceFiles, placeInFolders } from '../node/workspaceFiles';

/** They are asked for at each call, as folders come and go. */
export const workspaceFiles = (): Files => createWorkspaceFiles(openFolders);

/** The folders on disk that are open now, the first one first, with what is hidden in each. */
export function openFolders(): readonly WorkspaceFolder[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders
    .filter(({ uri }) => uri.scheme === 'file')
    .map((folder) => ({ name: folder.name, root: folder.uri.fsPath, excludes: excludedGlobs(folder) }));
}

/** Where a source is that is a file of the workspace: its folder, and its path there. */
export const placeOf = (source: string) => placeInFolders(source, openFolders());

/** What the user hides from the explorer or from search is not searched here either. */
function excludedGlobs(folder: vscode.WorkspaceFolder): string[] {
  return ['files.exclude', 'search.exclude'].flatMap((name) => {
    const globs = vscode.workspace
      .getConfiguration(undefined, folder.uri)
      .get<Record<string, unknown>>(name, {});
    return Object.keys(globs).filter((glob) => globs[glob] === true);
  });
}

/** The files of the open folders, without what the user hides. */
import os from 'node:os';
import * as vscode from 'vscode';
import type { Files } from '../core/ports';
import { guardOf } from '../core/tools/guardedPaths';
import { userFolders } from '../node/dataDirectory';
import type { WorkspaceFolder } from '../node/folders';
import type { ExcludedGlob } from '../node/excludes';
import { createWorkspaceFiles, placeInFolders } from '../node/workspaceFiles';

/** They are asked for at each call, as folders and tabs come and go. */
export const workspaceFiles = (): Files => createWorkspaceFiles(openFolders, shownFiles);

/** Files in tabs that are in no open folder: who opens one may ask about it. Not what is guarded. */
export function shownFiles(): readonly string[] {
  const inputs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ input }) => input));
  const uris = inputs.flatMap((input) =>
    input instanceof vscode.TabInputText ||
    input instanceof vscode.TabInputCustom ||
    input instanceof vscode.TabInputNotebook
      ? [input.uri]
      : [],
  );
  const around = { home: os.homedir(), folders: userFolders(process.env, process.platform) };
  return [...new Set(uris.filter(({ scheme }) => scheme === 'file').map(({ fsPath }) => fsPath))].filter(
    (file) =>
      !vscode.workspace.getWorkspaceFolder(vscode.Uri.file(file)) && guardOf(file, around) === undefined,
  );
}

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
function excludedGlobs(folder: vscode.WorkspaceFolder): ExcludedGlob[] {
  return ['files.exclude', 'search.exclude'].flatMap((name) => {
    const globs = vscode.workspace
      .getConfiguration(undefined, folder.uri)
      .get<Record<string, unknown>>(name, {});
    return Object.entries(globs).flatMap(([glob, value]) => excludedGlob(glob, value) ?? []);
  });
}

/** `true`, or `{"when": "$(basename).ts"}`; undefined for one that is turned off. */
function excludedGlob(glob: string, value: unknown): ExcludedGlob | undefined {
  if (value === true) return glob;
  const when = typeof value === 'object' && value !== null && 'when' in value ? value.when : undefined;
  return typeof when === 'string' ? { glob, when } : undefined;
}

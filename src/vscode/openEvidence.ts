/** Opens what an answer stands on, beside the panel: files of the workspace, of the run, or open already. */
import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { failed, ok, type Result } from '../core/common/result';
import { decodeText } from '../core/common/decodeText';
import { shownFiles } from './folderFiles';
import { shows, type SourceTarget } from './sourceTarget';

const BESIDE = { viewColumn: vscode.ViewColumn.Beside } as const;
/** How long the status bar tells the place, milliseconds. */
const TOLD = 10_000;

/** Text that the editor shows itself; of other formats it would show bytes. */
const SHOWN =
  /\.(?:png|jpe?g|gif|bmp|webp|ico|svg|mp3|wav|ogg|flac|mp4|webm|md|txt|csv|tsv|json|jsonl|xml|html?|ya?ml|log|tex|bib|ipynb)$/i;

/** `folder` is the workspace's; undefined with none open. */
export async function openTarget(
  folder: string | undefined,
  target: Exclude<SourceTarget, { readonly kind: 'output' }>,
): Promise<Result<string>> {
  switch (target.kind) {
    case 'web':
      // As a string: a Uri is written anew when it is opened, and a text directive does not survive that.
      await vscode.commands.executeCommand('vscode.open', target.address);
      return ok('');
    case 'nothing':
      return failed('not-found', target.reason);
    case 'lines':
    case 'cells':
    case 'file':
      return openFile(folder, target);
  }
}

type FileTarget = Extract<SourceTarget, { readonly file: string }>;

async function openFile(folder: string | undefined, target: FileTarget): Promise<Result<string>> {
  if (folder === undefined) return failed('no-folder', vscode.l10n.t('The folder of this run is not open.'));
  const shown = shownFiles().find((each) => each === target.file);
  const file = shown ?? (await fileInside(folder, target.file));
  if (file === undefined)
    return failed('not-found', vscode.l10n.t('{0} is not in the folder any more.', target.file));
  if (target.kind === 'lines') await showLines(file, target.start, target.end);
  else if (target.kind === 'cells') await showCells(file, target.start, target.end);
  else await showPlace(file, target);
  return ok('');
}

async function showLines(file: string, start: number, end: number): Promise<void> {
  const document = await vscode.workspace.openTextDocument(file);
  const last = document.validatePosition(new vscode.Position(end - 1, Number.MAX_SAFE_INTEGER));
  await vscode.window.showTextDocument(document, {
    ...BESIDE,
    selection: new vscode.Range(new vscode.Position(start - 1, 0), last),
  });
}

async function showCells(file: string, start: number, end: number): Promise<void> {
  const notebook = await vscode.workspace.openNotebookDocument(vscode.Uri.file(file));
  const selections = [new vscode.NotebookRange(start - 1, Math.min(end, notebook.cellCount))];
  const editor = await vscode.window.showNotebookDocument(notebook, { ...BESIDE, selections });
  const [cells] = selections;
  if (cells) editor.revealRange(cells, vscode.NotebookEditorRevealType.InCenter);
}

/** In the editor where it or an extension has a viewer, else in the program that the system opens such files with. */
async function showPlace(
  file: string,
  { place, fragment }: Extract<SourceTarget, { readonly kind: 'file' }>,
): Promise<void> {
  const uri = vscode.Uri.file(file);
  const viewed =
    SHOWN.test(file) || vscode.extensions.all.some(({ packageJSON }) => shows(packageJSON, file));
  if (viewed) await vscode.commands.executeCommand('vscode.open', uri.with({ fragment }), BESIDE);
  else await vscode.env.openExternal(uri);
  if (place !== '')
    vscode.window.setStatusBarMessage(
      `$(location) ${vscode.l10n.t('{0}: {1}', path.basename(file), place)}`,
      TOLD,
    );
}

export async function openArtifact(runFolder: string, artifact: string): Promise<Result<string>> {
  const file = await fileInside(runFolder, artifact);
  if (file === undefined) return failed('not-found', vscode.l10n.t('The file is not there any more.'));
  await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file), BESIDE);
  return ok('');
}

/** What a page shows of a table, bytes. */
const BEGINNING = 64 * 1024;

/** The first whole lines of a text file of the run. */
export async function readBeginning(runFolder: string, artifact: string): Promise<Result<string>> {
  const file = await fileInside(runFolder, artifact);
  if (file === undefined) return failed('not-found', vscode.l10n.t('The file is not there any more.'));
  const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(BEGINNING), 0, BEGINNING, 0);
    const text = decodeText(buffer.subarray(0, bytesRead));
    if (text === undefined) return failed('unsupported', vscode.l10n.t('The file holds no text.'));
    const isCut = bytesRead === BEGINNING && text.includes('\n');
    return ok(isCut ? text.slice(0, text.lastIndexOf('\n') + 1) : text);
  } finally {
    await handle.close();
  }
}

/** The real path of a file, undefined where it is missing or outside the folder, through links too. */
export async function fileInside(folder: string, file: string): Promise<string | undefined> {
  try {
    const [root, found] = await Promise.all([realpath(folder), realpath(path.resolve(folder, file))]);
    const relative = path.relative(root, found);
    const inside = relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
    return inside ? found : undefined;
  } catch {
    return undefined;
  }
}

/** Opens what an answer stands on, beside the panel: only files of the workspace folder, or of the run's own. */
import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { failed, ok, type Result } from '../core/common/result';
import type { Locator } from '../core/tools/evidence';
import { decodeText } from '../core/common/decodeText';

export async function openSource(
  folder: string | undefined,
  source: string,
  locator: Locator,
): Promise<Result<string>> {
  if (folder === undefined) return failed('no-folder', 'The folder of this run is not open.');
  const file = await fileInside(folder, source);
  if (file === undefined) return failed('not-found', `${source} is not in the folder any more.`);
  const document = await vscode.workspace.openTextDocument(file);
  const lines =
    locator.kind === 'lines' ? { start: locator.start - 1, end: locator.end - 1 } : { start: 0, end: 0 };
  const end = document.validatePosition(new vscode.Position(lines.end, Number.MAX_SAFE_INTEGER));
  await vscode.window.showTextDocument(document, {
    viewColumn: vscode.ViewColumn.Beside,
    selection: new vscode.Range(new vscode.Position(lines.start, 0), end),
  });
  return ok('');
}

export async function openArtifact(runFolder: string, artifact: string): Promise<Result<string>> {
  const file = await fileInside(runFolder, artifact);
  if (file === undefined) return failed('not-found', 'The file is not there any more.');
  const beside = { viewColumn: vscode.ViewColumn.Beside };
  await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file), beside);
  return ok('');
}

/** What a page shows of a table, bytes. */
const BEGINNING = 64 * 1024;

/** The first whole lines of a text file of the run. */
export async function readBeginning(runFolder: string, artifact: string): Promise<Result<string>> {
  const file = await fileInside(runFolder, artifact);
  if (file === undefined) return failed('not-found', 'The file is not there any more.');
  const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(BEGINNING), 0, BEGINNING, 0);
    const text = decodeText(buffer.subarray(0, bytesRead));
    if (text === undefined) return failed('unsupported', 'The file holds no text.');
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

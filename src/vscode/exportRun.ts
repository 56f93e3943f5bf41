/** A run, or a file that it made, saved where the user says. */
import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { RunStore } from '../core/agent/runStore';
import { madeFileName } from '../core/common/madeFileName';
import { failed, messageOf, ok, type Result } from '../core/common/result';
import type { RunFormat } from '../core/export/exportedRun';
import { EXTENSIONS, exportName } from '../core/export/exportName';
import { exportToFile } from '../node/exportRun';
import { fileInside } from './openEvidence';
import { workspaceFolder } from './projectMemory';
import { questionOf } from './runLog';
import { showInformation } from './notifications';

const NAMES: Readonly<Record<RunFormat, string>> = { markdown: 'Markdown', html: 'HTML', json: 'JSON' };

/** @param format undefined: the user chooses */
export async function exportRun(
  runs: RunStore,
  runId: string,
  format: RunFormat | undefined,
): Promise<Result<string>> {
  const question = questionOf(await runs.read(runId));
  if (question === undefined) return failed('not-found', vscode.l10n.t('The log of this run is gone.'));
  const chosen = format ?? (await pickFormat());
  if (chosen === undefined) return ok('');
  const file = await askFile(vscode.l10n.t('Export Run'), exportName(question, chosen), {
    [NAMES[chosen]]: [EXTENSIONS[chosen]],
  });
  if (!file.ok || file.value === undefined) return file.ok ? ok('') : file;
  const target = file.value;
  const written = await reported(() => exportToFile({ runs, runId, format: chosen }, target));
  if (!written.ok) return written;
  void offerToOpen(target, chosen === 'html');
  return ok('');
}

/** A copy of a file of the run's folder. */
export async function saveArtifact(runFolder: string, artifact: string): Promise<Result<string>> {
  const made = await fileInside(runFolder, artifact);
  if (made === undefined) return failed('not-found', vscode.l10n.t('The file is not there any more.'));
  const file = await askFile(vscode.l10n.t('Save File of This Run'), path.basename(madeFileName(artifact)));
  if (!file.ok || file.value === undefined) return file.ok ? ok('') : file;
  const target = file.value;
  return reported(async () => {
    await copyFile(made, target);
    return ok('');
  });
}

async function pickFormat(): Promise<RunFormat | undefined> {
  const items: readonly (vscode.QuickPickItem & { readonly format: RunFormat })[] = [
    {
      format: 'markdown',
      label: 'Markdown',
      detail: vscode.l10n.t('The answer with footnotes; files that the run made are saved beside it.'),
    },
    {
      format: 'html',
      label: 'HTML',
      detail: vscode.l10n.t('One page for a browser or a printer, with the images that the run made.'),
    },
    { format: 'json', label: 'JSON', detail: vscode.l10n.t('All of it as data.') },
  ];
  const title = vscode.l10n.t('Export Run');
  return (await vscode.window.showQuickPick(items, { title, matchOnDetail: true }))?.format;
}

/** Undefined where the user chose none. The dialog asks before a file is replaced. */
async function askFile(
  title: string,
  name: string,
  filters: Readonly<Record<string, string[]>> = {},
): Promise<Result<string | undefined>> {
  const folder = workspaceFolder()?.uri;
  const uri = await vscode.window.showSaveDialog({
    title,
    filters: { ...filters, [vscode.l10n.t('All files')]: ['*'] },
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, name) } : {}),
  });
  if (uri === undefined) return ok(undefined);
  if (uri.scheme !== 'file') return failed('unsupported', vscode.l10n.t('Choose a place on disk.'));
  return ok(uri.fsPath);
}

/** A folder that cannot be written is no bug. */
async function reported<T>(write: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await write();
  } catch (error) {
    return failed('storage', vscode.l10n.t('The file could not be written: {0}', messageOf(error)));
  }
}

async function offerToOpen(file: string, isPage: boolean): Promise<void> {
  const open = vscode.l10n.t('Open');
  const saved = vscode.l10n.t('Memento saved {0}.', path.basename(file));
  if ((await showInformation(saved, open)) !== open) return;
  const uri = vscode.Uri.file(file);
  // A browser beside a remote window has no way to the file.
  const inBrowser =
    isPage && vscode.env.remoteName === undefined && vscode.env.uiKind === vscode.UIKind.Desktop;
  if (inBrowser) await vscode.env.openExternal(uri);
  else await vscode.commands.executeCommand('vscode.open', uri);
}

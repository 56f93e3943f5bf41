/** “Import Cases…” and “Export Cases…”. */
import path from 'node:path';
import * as vscode from 'vscode';
import { isAbortError } from '../core/common/abort';
import { ok, type Result } from '../core/common/result';
import { exportCases } from '../core/memory/transfer/exportCases';
import { type ExportFormat } from '../core/memory/transfer/formats';
import { type ImportPlan, planImport } from '../core/memory/transfer/planImport';
import { exportWords } from '../core/memory/transfer/previewWords';
import { readImport } from '../core/memory/transfer/readImport';
import { type Progress, writeImport } from '../core/memory/transfer/writeImport';
import { readText, writeText } from '../node/textFile';
import { formatNumber } from './formats';
import { agreesToImport } from './previewImport';
import { workspaceFolder, type ProjectMemory } from './projectMemory';
import { showFault } from './remedies';
import type { Research } from './research';
import { showError, showInformation } from './notifications';

export interface TransferServices {
  readonly memory: ProjectMemory;
  readonly research: () => Promise<Research>;
}

const filters = () => ({
  [vscode.l10n.t('Cases')]: ['jsonl', 'ndjson', 'json'],
  [vscode.l10n.t('All files')]: ['*'],
});

/** Nothing is written before its user has seen the counts. @param target a file, else it is asked for */
export async function importCases({ memory, research }: TransferServices, target: unknown): Promise<void> {
  const file = onDisk(target instanceof vscode.Uri ? target : await askFile());
  if (file === undefined) return;
  const { bank } = await memory.get();
  const { encoder, encodeQuestions } = await research();
  const name = path.basename(file);
  const read = await cancellable(
    vscode.l10n.t('Memento: reading {0}', name),
    async (signal): Promise<Result<ImportPlan>> => {
      const found = await readImport(readText(file, signal), { at: Date.now(), encoder, signal });
      return found.ok ? ok(await planImport(found.value, bank, { encoderId: encoder.id, signal })) : found;
    },
  );
  if (read === undefined) return;
  if (!read.ok) {
    void showFault({ ...read.fault, message: vscode.l10n.t('{0}: {1}', name, read.fault.message) });
    return;
  }
  const plan = read.value;
  if (!(await agreesToImport(plan, name))) return;
  const written = await cancellable(
    vscode.l10n.t('Memento: importing {0}', name),
    async (signal, onProgress) => {
      await writeImport(plan, bank, { signal, onProgress });
      return true;
    },
  );
  void encodeQuestions();
  void showInformation(
    written
      ? vscode.l10n.t('Memento imported {0}.', name)
      : vscode.l10n.t(
          'Memento stopped importing {0}. What was imported stays; importing the file again goes on.',
          name,
        ),
  );
}

/** Asks for format and file, which is only replaced where the dialog said so. */
export async function exportTo({ memory }: TransferServices): Promise<void> {
  const format = await askFormat();
  if (format === undefined) return;
  const folder = workspaceFolder()?.uri;
  const uri = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export Cases to File'),
    saveLabel: vscode.l10n.t('Export'),
    filters: filters(),
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, `memento-${format}.jsonl`) } : {}),
  });
  const file = onDisk(uri);
  if (file === undefined) return;
  const { bank } = await memory.get();
  const counts = await cancellable(
    vscode.l10n.t('Memento: exporting to {0}', path.basename(file)),
    (signal) => writeText(file, (write) => exportCases(bank, format, { write, signal })),
  );
  if (counts) void showInformation(vscode.l10n.t('Memento: {0}', exportWords(counts, format).join(' ')));
}

async function askFile(): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Import Cases'),
    openLabel: vscode.l10n.t('Preview Import'),
    filters: filters(),
  });
  return chosen?.[0];
}

interface FormatItem extends vscode.QuickPickItem {
  readonly format: ExportFormat;
}

const formats = (): readonly FormatItem[] => [
  {
    format: 'lossless',
    label: vscode.l10n.t('Everything'),
    description: vscode.l10n.t('Memento’s own format'),
    detail: vscode.l10n.t(
      'All cases with their plans, answers, sources, vectors and runs, for another Memento or as a copy.',
    ),
  },
  {
    format: 'memento',
    label: vscode.l10n.t('Case bank of the paper'),
    description: 'case, plan, case_label',
    detail: vscode.l10n.t('Question, plan and judgement of the judged cases.'),
  },
  {
    format: 'reward',
    label: vscode.l10n.t('Case bank of the paper, older form'),
    description: 'question, plan, reward',
    detail: vscode.l10n.t('Question, plan and judgement of the judged cases.'),
  },
  {
    format: 'training',
    label: vscode.l10n.t('Training data of the paper'),
    description: 'query, case, case_label, plan, truth_label',
    detail: vscode.l10n.t('A row for each case that was shown in a judged run.'),
  },
];

async function askFormat(): Promise<ExportFormat | undefined> {
  const item = await vscode.window.showQuickPick(formats(), {
    title: vscode.l10n.t('Export Cases'),
    placeHolder: vscode.l10n.t('What should the file have?'),
  });
  return item?.format;
}

function onDisk(uri: vscode.Uri | undefined): string | undefined {
  if (uri === undefined || uri.scheme === 'file') return uri?.fsPath;
  void showError(vscode.l10n.t('Memento: only files on disk can be imported or exported.'));
  return undefined;
}

/** Undefined where the user cancelled. */
async function cancellable<T>(
  title: string,
  work: (signal: AbortSignal, onProgress: (progress: Progress) => void) => Promise<T>,
): Promise<T | undefined> {
  const where = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(where, async (shown, token) => {
    const stop = new AbortController();
    const listening = token.onCancellationRequested(() => stop.abort());
    let before = 0;
    try {
      return await work(stop.signal, ({ done, total }) => {
        shown.report({
          increment: (100 * (done - before)) / total,
          message: vscode.l10n.t('{0} of {1}', formatNumber(done), formatNumber(total)),
        });
        before = done;
      });
    } catch (error) {
      if (stop.signal.aborted && isAbortError(error)) return undefined;
      throw error;
    } finally {
      listening.dispose();
    }
  });
}

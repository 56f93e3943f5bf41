/** Interrupted runs: told of once, and gone on with. */
import * as vscode from 'vscode';
import type { RunSummary } from '../core/agent/runStore';
import { shorten } from './caseLabels';
import { pickRun } from './pickRun';
import type { ProjectMemory } from './projectMemory';
import { showFault } from './remedies';
import type { Research } from './research';
import { showInformation } from './notifications';

interface ResumeServices {
  readonly memory: ProjectMemory;
  readonly research: () => Promise<Research>;
}

/** Ids of runs that the user was told of. */
const TOLD = 'memento.toldInterrupted';
const MOST_TOLD = 100;

/** @param runId undefined: the user chooses */
export async function resumeRun(
  { memory, research }: ResumeServices,
  runId: string | undefined,
): Promise<void> {
  const chosen = runId ?? (await pickUnfinished(memory));
  if (chosen === undefined) return;
  const resumed = await (await research()).resume(chosen);
  if (!resumed.ok) void showFault(resumed.fault);
}

async function pickUnfinished(memory: ProjectMemory): Promise<string | undefined> {
  const runs = await (await memory.get()).runs.unfinished();
  if (runs.length === 0) {
    void showInformation(vscode.l10n.t('Memento: no run of this folder was interrupted.'));
    return undefined;
  }
  return pickRun(vscode.l10n.t('Resume Interrupted Run'), runs, () => 'interrupted');
}

/** Offers to go on with what was interrupted; each run once, so that nobody is asked again and again. */
export async function announceUnfinished(runs: readonly RunSummary[], state: vscode.Memento): Promise<void> {
  const told = state.get<readonly string[]>(TOLD, []);
  const fresh = runs.filter(({ runId }) => !told.includes(runId));
  const [latest] = fresh;
  if (!latest) return;
  await state.update(TOLD, [...fresh.map(({ runId }) => runId), ...told].slice(0, MOST_TOLD));
  const { executeCommand } = vscode.commands;
  if (fresh.length === 1) {
    const message = vscode.l10n.t('Memento: A run was interrupted: {0}', shorten(latest.question, 100));
    await offer(message, {
      [vscode.l10n.t('Resume')]: () => executeCommand('memento.resumeRun', latest.runId),
      [vscode.l10n.t('Show')]: () => executeCommand('memento.showRun', latest.runId),
    });
  } else {
    await offer(vscode.l10n.t('Memento: {0} runs were interrupted.', fresh.length), {
      [vscode.l10n.t('Resume…')]: () => executeCommand('memento.resumeRun'),
    });
  }
}

async function offer(
  message: string,
  actions: Readonly<Record<string, () => Thenable<unknown>>>,
): Promise<void> {
  const chosen = await showInformation(message, ...Object.keys(actions));
  if (chosen !== undefined) await actions[chosen]?.();
}

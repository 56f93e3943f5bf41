import * as vscode from 'vscode';
import type { RunSummary } from '../core/agent/runStore';
import { runLabels, type RunStanding } from './runLabels';

/** Lets the user choose one of the runs; undefined where they chose none. */
export async function pickRun(
  title: string,
  runs: readonly RunSummary[] | Promise<readonly RunSummary[]>,
  standing: (run: RunSummary) => RunStanding | Promise<RunStanding>,
): Promise<string | undefined> {
  const itemOf = async (run: RunSummary) => {
    const { label, description } = runLabels(run, await standing(run), Date.now());
    // A label may hold `$(icon)`: a question is shown as it was asked.
    return { label: label.replaceAll('$(', '$ ('), description, runId: run.runId };
  };
  const items = Promise.resolve(runs).then((found) => Promise.all(found.map(itemOf)));
  const chosen = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: vscode.l10n.t('Which run?'),
    matchOnDescription: true,
  });
  return chosen?.runId;
}

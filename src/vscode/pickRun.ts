import * as vscode from 'vscode';
import type { RunSummary } from '../core/agent/runStore';
import { runLabels, standingOf } from './runLabels';

/** Lets the user choose one of the runs; undefined where they chose none. */
export async function pickRun(
  title: string,
  runs: readonly RunSummary[] | Promise<readonly RunSummary[]>,
  isUnderWay: (runId: string) => boolean,
): Promise<string | undefined> {
  const items = Promise.resolve(runs).then((found) =>
    found.map((run) => {
      const { label, description } = runLabels(run, standingOf(run, isUnderWay(run.runId)), Date.now());
      // A label may hold `$(icon)`: a question is shown as it was asked.
      return { label: label.replaceAll('$(', '$ ('), description, runId: run.runId };
    }),
  );
  const chosen = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: 'Which run?',
    matchOnDescription: true,
  });
  return chosen?.runId;
}

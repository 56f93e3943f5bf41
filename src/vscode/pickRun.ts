import * as vscode from 'vscode';
import type { RunStore } from '../core/agent/runStore';
import { shorten } from './caseLabels';
import { relativeTime } from './relativeTime';

const SHOWN = 200;

/** Lets the user choose one of the past runs; undefined where they chose none. */
export async function pickRun(
  runs: RunStore,
  isRunning: (runId: string) => boolean,
): Promise<string | undefined> {
  const items = runs.list(SHOWN).then((found) =>
    found.map(({ runId, question, startedAt, outcome }) => ({
      // A label may hold `$(icon)`: a question is shown as it was asked.
      label: shorten(question, 200).replaceAll('$(', '$ (') || '(empty question)',
      description: `${isRunning(runId) ? 'running' : (outcome ?? 'interrupted')} · ${relativeTime(startedAt, Date.now())}`,
      runId,
    })),
  );
  const chosen = await vscode.window.showQuickPick(items, {
    title: 'Show Past Run',
    placeHolder: 'Which run?',
    matchOnDescription: true,
  });
  return chosen?.runId;
}

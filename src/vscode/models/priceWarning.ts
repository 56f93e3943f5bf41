import * as vscode from 'vscode';
import type { PriceTable } from '../../core/agent/prices';
import { showWarning } from '../notifications';

/** Tells of wrong entries of the price table, of each only once: a run's cost is then unknown, and nobody would know why. */
export function createPriceWarning(): (wrong: PriceTable['wrong']) => Promise<void> {
  const told = new Set<string>();
  return async (wrong) => {
    const untold = wrong.filter((model) => !told.has(model));
    if (untold.length === 0) return;
    for (const model of untold) told.add(model);
    const open = vscode.l10n.t('Open Settings');
    const pressed = await showWarning(
      vscode.l10n.t(
        'Memento: the setting memento.prices is wrong for {0}: each model has "input" and "output", US dollars a million tokens, zero or more.',
        untold.join(', '),
      ),
      open,
    );
    if (pressed === open)
      await vscode.commands.executeCommand('workbench.action.openSettings', 'memento.prices');
  };
}

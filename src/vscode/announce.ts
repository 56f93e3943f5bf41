/** Tells the user how a run ended, where they do not see it or have to do something about it. */
import * as vscode from 'vscode';
import type { Outcome } from '../core/agent/events';
import type { Fault } from '../core/common/result';
import { shorten } from './caseLabels';
import { showFault } from './remedies';
import { showInformation } from './notifications';

export interface Ended {
  readonly question: string;
  readonly outcome: Outcome;
  readonly error: Fault | null;
  readonly isVisible: boolean;
  readonly show: () => void;
}

/** A failure is told even where the panel shows it: a notification stays when the panel is left. */
export async function announceEnd(ended: Ended): Promise<void> {
  const { question, outcome, error, isVisible, show } = ended;
  const showIt = vscode.l10n.t('Show');
  if (outcome === 'failed' && error) {
    await showFault(error, { question, others: isVisible ? {} : { [showIt]: show } });
    return;
  }
  if (isVisible || outcome === 'cancelled') return;
  const chosen = await showInformation(endWords(outcome, shorten(question, 100)), showIt);
  if (chosen === showIt) show();
}

function endWords(outcome: Exclude<Outcome, 'cancelled'>, question: string): string {
  switch (outcome) {
    case 'answered':
      return vscode.l10n.t('The answer is ready: {0}', question);
    case 'abstained':
      return vscode.l10n.t('No answer that the sources support: {0}', question);
    case 'exhausted':
      return vscode.l10n.t('Ended at a limit, with what is known: {0}', question);
    case 'failed':
      return vscode.l10n.t('The research failed: {0}', question);
  }
}

/** What is missing in a folder that is not on disk, said where a run is started there. */
export async function announceVirtual(): Promise<void> {
  const message = vscode.l10n.t(
    'This folder is not on disk: Memento searches no files of it and runs no commands. With a model it can research the web.',
  );
  await showFault({ code: 'no-folder', message }, { show: showInformation });
}

/** Why there is no terminal and no model, said where a run is started in Restricted Mode. */
export async function announceRestricted(): Promise<void> {
  const manage = vscode.l10n.t('Manage Workspace Trust');
  const chosen = await showInformation(restrictedWords(), manage);
  if (chosen === manage) await vscode.commands.executeCommand('workbench.trust.manage');
}

export const restrictedWords = (): string =>
  vscode.l10n.t(
    'This folder is in Restricted Mode: Memento runs no commands and answers in its extractive mode, so that nothing of the folder is sent to a model.',
  );

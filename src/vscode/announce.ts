/** Tells the user how a run ended, where they do not see it or have to do something about it. */
import * as vscode from 'vscode';
import type { Outcome } from '../core/agent/events';
import type { Fault, FaultCode } from '../core/common/result';
import { shorten } from './caseLabels';

interface Remedy {
  readonly title: string;
  readonly command: string;
  readonly argument?: string;
}

const SET_KEY: Remedy = { title: 'Set API Key', command: 'memento.setApiKey' };
const CHOOSE_MODEL: Remedy = { title: 'Choose Model…', command: 'memento.chooseModel' };
const TEST_MODEL: Remedy = { title: 'Test Model', command: 'memento.testModel' };
const SETTINGS: Remedy = {
  title: 'Open Settings',
  command: 'workbench.action.openSettings',
  argument: '@ext:memento-research.memento',
};
const OPEN_FOLDER: Remedy = { title: 'Open Folder', command: 'workbench.action.files.openFolder' };

/** The faults that a person can mend, and how. */
const REMEDIES: Partial<Record<FaultCode, readonly Remedy[]>> = {
  unauthorized: [SET_KEY, CHOOSE_MODEL],
  forbidden: [SET_KEY, CHOOSE_MODEL],
  'no-model': [CHOOSE_MODEL, SETTINGS],
  'model-not-found': [CHOOSE_MODEL, SETTINGS],
  unreachable: [TEST_MODEL, CHOOSE_MODEL],
  stalled: [TEST_MODEL],
  unsupported: [TEST_MODEL, CHOOSE_MODEL],
  'no-folder': [OPEN_FOLDER],
};

const OUTCOMES: Readonly<Record<Outcome, string>> = {
  answered: 'The answer is ready',
  abstained: 'No answer that the sources support',
  exhausted: 'Ended at a limit, with what is known',
  cancelled: 'Stopped',
  failed: 'The research failed',
};

export interface Ended {
  readonly question: string;
  readonly outcome: Outcome;
  readonly error: Fault | null;
  readonly isVisible: boolean;
  readonly show: () => void;
}

export async function announceEnd({ question, outcome, error, isVisible, show }: Ended): Promise<void> {
  if (error && REMEDIES[error.code]) {
    await offerRemedies(error);
    return;
  }
  if (isVisible || outcome === 'cancelled') return;
  const chosen = await vscode.window.showInformationMessage(
    `${OUTCOMES[outcome]}: ${shorten(question, 100)}`,
    'Show',
  );
  if (chosen === 'Show') show();
}

/** Says what went wrong, and offers what mends it. */
export async function offerRemedies({ code, message }: Fault): Promise<void> {
  const remedies = REMEDIES[code] ?? [];
  const titles = remedies.map((remedy) => remedy.title);
  const chosen = await vscode.window.showErrorMessage(`Memento: ${message}`, ...titles);
  const remedy = remedies.find(({ title }) => title === chosen);
  if (remedy) await vscode.commands.executeCommand(remedy.command, remedy.argument);
}

/** Why there is no terminal and no model, said where a run is started in Restricted Mode. */
export async function announceRestricted(): Promise<void> {
  const manage = 'Manage Workspace Trust';
  const chosen = await vscode.window.showInformationMessage(restrictedWords(), manage);
  if (chosen === manage) await vscode.commands.executeCommand('workbench.trust.manage');
}

export const restrictedWords = (): string =>
  vscode.l10n.t(
    'This folder is in Restricted Mode: Memento runs no commands and answers in its extractive mode, so that nothing of the folder is sent to a model.',
  );

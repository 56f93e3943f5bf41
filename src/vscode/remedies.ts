/** Faults with the commands that mend them: in a notification, and at the request of a panel's page. */
import * as vscode from 'vscode';
import type { Fault } from '../core/common/result';
import { remediesOf, type RemedyName } from '../protocol/remedies';
import { showError, type Notify } from './notifications';

const SETTINGS_OF = '@ext:memento-research.memento';

/** The command of each remedy and its argument; `researchAgain` needs the run's question. */
const COMMANDS: Readonly<Record<RemedyName, readonly [command: string, argument?: string]>> = {
  ask: ['memento.research'],
  chooseModel: ['memento.chooseModel'],
  limits: ['workbench.action.openSettings', `${SETTINGS_OF} memento.limits`],
  log: ['memento.showLog'],
  modelSettings: ['workbench.action.openSettings', `${SETTINGS_OF} memento.planner`],
  openFolder: ['workbench.action.files.openFolder'],
  researchAgain: ['memento.research'],
  setKey: ['memento.setApiKey'],
  testModel: ['memento.testModel'],
};

const titleOf = (name: RemedyName): string => {
  switch (name) {
    case 'ask':
      return vscode.l10n.t('Ask a Question');
    case 'chooseModel':
      return vscode.l10n.t('Choose Model…');
    case 'limits':
      return vscode.l10n.t('Change Limits');
    case 'log':
      return vscode.l10n.t('Show Log');
    case 'modelSettings':
      return vscode.l10n.t('Model Settings');
    case 'openFolder':
      return vscode.l10n.t('Open Folder…');
    case 'researchAgain':
      return vscode.l10n.t('Research Again');
    case 'setKey':
      return vscode.l10n.t('Set API Key…');
    case 'testModel':
      return vscode.l10n.t('Test Model');
  }
};

/** @param question of the run that the fault ended: what is researched again; without one it is asked for */
export async function applyRemedy(name: RemedyName, question?: string): Promise<void> {
  const [command, argument] = COMMANDS[name];
  await vscode.commands.executeCommand(command, name === 'researchAgain' ? question : argument);
}

interface ShownFault {
  readonly question?: string;
  /** An error, unless it says otherwise. */
  readonly show?: Notify;
  /** What else is offered, after the remedies. */
  readonly others?: Readonly<Record<string, () => void>>;
}

/** Tells the user of a fault and offers what mends it. Resolves when they have chosen, or turned away. */
export async function showFault(fault: Fault, options: ShownFault = {}): Promise<void> {
  const { question, show = showError, others = {} } = options;
  const remedies = new Map(remediesOf(fault.code).map((name) => [titleOf(name), name]));
  const titles = [...remedies.keys(), ...Object.keys(others)];
  const chosen = await show(vscode.l10n.t('Memento: {0}', fault.message), ...titles);
  if (chosen === undefined) return;
  const remedy = remedies.get(chosen);
  if (remedy) await applyRemedy(remedy, question);
  else others[chosen]?.();
}

/** For a fault that is said elsewhere already: only where something can be done about it. */
export function offerRemedies(fault: Fault): void {
  if (remediesOf(fault.code).length > 0) void showFault(fault);
}

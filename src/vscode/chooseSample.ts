/** The sample question of the folder, for its user to change or to ask as it is. */
import * as vscode from 'vscode';
import { askQuestion } from './askQuestion';
import { showFault } from './remedies';
import { showInformation } from './notifications';

/** @param sample undefined where nothing of the folder makes a question: then it says so */
export async function chooseSample(sample: string | undefined): Promise<string | undefined> {
  if (sample !== undefined) return askQuestion({ value: sample });
  const show = showInformation;
  if ((vscode.workspace.workspaceFolders ?? []).length === 0) {
    const message = vscode.l10n.t('No folder is open: open one, and its files can be asked about.');
    void showFault({ code: 'no-folder', message }, { show });
  } else {
    const message = vscode.l10n.t(
      'Nothing in this folder reads as text that a question could be made of. Ask one of your own.',
    );
    void showFault({ code: 'empty-question', message }, { show });
  }
  return undefined;
}

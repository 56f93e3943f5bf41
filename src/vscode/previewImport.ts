import * as vscode from 'vscode';
import type { ImportPlan } from '../core/memory/transfer/planImport';
import { badLineWords, previewWords } from '../core/memory/transfer/previewWords';

/** Shows what an import would do; true where the user wants it. A list, for it may be long. */
export function agreesToImport({ preview, records }: ImportPlan, name: string): Promise<boolean> {
  const doIt: vscode.QuickPickItem = { label: `$(check) ${vscode.l10n.t('Import')}` };
  const pick = vscode.window.createQuickPick();
  pick.title =
    records.length > 0
      ? vscode.l10n.t('Import {0}?', name)
      : vscode.l10n.t('There is nothing to import in {0}', name);
  pick.placeholder =
    records.length > 0
      ? vscode.l10n.t('Enter imports, Escape does not. Nothing is written yet.')
      : vscode.l10n.t('Escape closes');
  pick.ignoreFocusOut = true;
  pick.items = [
    ...(records.length > 0 ? [doIt] : []),
    section(vscode.l10n.t('What the file has')),
    ...previewWords(preview).map(fact),
    ...(preview.badLines.count > 0 ? [section(vscode.l10n.t('Lines that cannot be read'))] : []),
    ...badLineWords(preview).map(fact),
  ];
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      if (pick.selectedItems[0] !== doIt) return; // a fact is to be read
      resolve(true);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(false);
      pick.dispose();
    });
    pick.show();
  });
}

const section = (label: string): vscode.QuickPickItem => ({
  label,
  kind: vscode.QuickPickItemKind.Separator,
});
const fact = (words: string): vscode.QuickPickItem => ({ label: words });

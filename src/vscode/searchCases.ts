import * as vscode from 'vscode';
import type { CaseBank } from '../core/memory/bank';
import type { Case } from '../core/memory/case';
import { caseLabels } from './caseLabels';

const SHOWN = 100;

interface CaseItem extends vscode.QuickPickItem {
  readonly caseId: string;
}

/** A list that searches as the user types: in questions, plans, answers and reasons. */
export function searchCases(bank: CaseBank): Promise<string | undefined> {
  const pick = vscode.window.createQuickPick<CaseItem>();
  pick.title = vscode.l10n.t('Search Cases');
  pick.placeholder = vscode.l10n.t('Words of a question, an answer or a reason');
  let latest = 0;
  const search = async (text: string) => {
    const mine = ++latest;
    pick.busy = true;
    const page = await bank
      .list({ offset: 0, limit: SHOWN, ...(text.trim() === '' ? {} : { text }) })
      .catch(() => undefined);
    if (mine !== latest) return; // the user has typed on
    pick.busy = false;
    pick.items = (page?.cases ?? []).map(item);
  };
  return new Promise((resolve) => {
    pick.onDidChangeValue((text) => void search(text));
    pick.onDidAccept(() => {
      resolve(pick.selectedItems[0]?.caseId);
      pick.hide();
    });
    pick.onDidHide(() => {
      latest = Infinity;
      resolve(undefined);
      pick.dispose();
    });
    void search('');
    pick.show();
  });
}

function item(record: Case): CaseItem {
  const { label, description, icon } = caseLabels(record, Date.now());
  return {
    label: `$(${icon}) ${label.replaceAll('$(', '$ (')}`,
    description,
    detail: caseLabels({ ...record, question: record.shortAnswer || record.answer }, 0).label,
    alwaysShow: true, // the bank has matched it, perhaps in a part that is not shown
    caseId: record.id,
  };
}

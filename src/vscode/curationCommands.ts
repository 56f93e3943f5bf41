/** What a person does to keep the memory in order: pin, forget and take back. */
import * as vscode from 'vscode';
import type { CaseBank } from '../core/memory/bank';
import type { Case } from '../core/memory/case';
import { shorten } from './caseLabels';
import type { OnCases } from './caseCommands';
import type { ProjectMemory } from './projectMemory';
import { relativeTime } from './relativeTime';
import { showInformation } from './notifications';

type Command = (target: unknown, selected: unknown) => Promise<void>;

export function curationCommands(memory: ProjectMemory, onCases: OnCases): Readonly<Record<string, Command>> {
  const pin = (pinned: boolean) =>
    onCases(async (cases) => {
      const { bank } = await memory.get();
      await Promise.all(cases.map(({ id }) => bank.edit(id, { pinned })));
    });
  return {
    'memento.pinCase': pin(true),
    'memento.unpinCase': pin(false),
    'memento.forgetCase': onCases(async (cases) => {
      const { bank } = await memory.get();
      const at = Date.now();
      for (const { id } of cases) await bank.forget(id, at);
      void offerUndo(bank, cases);
    }),
    'memento.restoreCase': async () => {
      const { bank } = await memory.get();
      const caseId = await pickForgotten(bank);
      if (caseId !== undefined) await bank.restore(caseId);
    },
  };
}

async function offerUndo(bank: CaseBank, cases: readonly Case[]): Promise<void> {
  const [first] = cases;
  const message =
    first !== undefined && cases.length === 1
      ? vscode.l10n.t('Memento forgot “{0}”.', shorten(first.question, 80))
      : vscode.l10n.t('Memento forgot {0} cases.', cases.length);
  const undo = vscode.l10n.t('Undo');
  const chosen = await showInformation(message, undo);
  if (chosen === undo) for (const { id } of cases) await bank.restore(id);
}

async function pickForgotten(bank: CaseBank): Promise<string | undefined> {
  const { cases } = await bank.list({ offset: 0, limit: Number.MAX_SAFE_INTEGER, forgotten: true });
  if (cases.length === 0) {
    void showInformation(vscode.l10n.t('Memento: nothing that was forgotten can be restored.'));
    return undefined;
  }
  const now = Date.now();
  const items = cases.map((record) => ({
    label: shorten(record.question, 200).replaceAll('$(', '$ ('),
    description: vscode.l10n.t('forgotten {0}', relativeTime(record.forgottenAt ?? now, now)),
    detail: shorten(record.shortAnswer || record.answer, 200),
    caseId: record.id,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Restore Forgotten Case'),
    placeHolder: vscode.l10n.t('What is forgotten can be restored for a day'),
    matchOnDetail: true,
  });
  return chosen?.caseId;
}

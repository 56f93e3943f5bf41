/** What a person does to keep the memory in order: pin, forget and take back. */
import * as vscode from 'vscode';
import type { CaseBank } from '../core/memory/bank';
import type { Case } from '../core/memory/case';
import { shorten } from './caseLabels';
import type { OnCases } from './caseCommands';
import type { ProjectMemory } from './projectMemory';
import { relativeTime } from './relativeTime';

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
  const what = cases.length === 1 ? `“${shorten(cases[0]?.question ?? '', 80)}”` : `${cases.length} cases`;
  const chosen = await vscode.window.showInformationMessage(`Memento forgot ${what}.`, 'Undo');
  if (chosen === 'Undo') for (const { id } of cases) await bank.restore(id);
}

async function pickForgotten(bank: CaseBank): Promise<string | undefined> {
  const { cases } = await bank.list({ offset: 0, limit: Number.MAX_SAFE_INTEGER, forgotten: true });
  if (cases.length === 0) {
    void vscode.window.showInformationMessage('Memento: nothing that was forgotten can be restored.');
    return undefined;
  }
  const now = Date.now();
  const items = cases.map((record) => ({
    label: shorten(record.question, 200).replaceAll('$(', '$ ('),
    description: `forgotten ${relativeTime(record.forgottenAt ?? now, now)}`,
    detail: shorten(record.shortAnswer || record.answer, 200),
    caseId: record.id,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: 'Restore Forgotten Case',
    placeHolder: 'What is forgotten can be restored for a day',
    matchOnDetail: true,
  });
  return chosen?.caseId;
}

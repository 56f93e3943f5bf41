/** What can be done with a case: from the tree, a list, a panel or the palette. */
import * as vscode from 'vscode';
import type { CaseBank } from '../core/memory/bank';
import type { Case, Reward } from '../core/memory/case';
import { openCaseDocument } from './caseDocuments';
import { shorten } from './caseLabels';
import type { CaseNode } from './casesTree';
import type { ProjectMemory } from './projectMemory';
import type { Research } from './research';
import { searchCases } from './searchCases';

export interface CaseCommandServices {
  readonly memory: ProjectMemory;
  readonly research: () => Promise<Research>;
}

type Command = (target: unknown) => Promise<void>;

export function caseCommands({ memory, research }: CaseCommandServices): Readonly<Record<string, Command>> {
  /** The case of a tree node or an id; with neither, that of the run whose panel has the focus. */
  async function caseOf(target: unknown): Promise<Case | undefined> {
    const { bank } = await memory.get();
    if (isCaseNode(target)) return bank.get(target.case.id);
    if (typeof target === 'string') return bank.get(target);
    const { activeRun } = await research();
    return activeRun === undefined ? undefined : bank.ofRun(activeRun);
  }

  const onCase =
    (act: (record: Case) => Promise<void>): Command =>
    async (target) => {
      const record = await caseOf(target);
      if (record) await act(record);
      else void vscode.window.showInformationMessage('Memento: there is no such case.');
    };

  async function judge(record: Case, reward: Reward, reason: string | null): Promise<void> {
    const judged = await (await research()).judge(record.runId, reward, reason);
    if (!judged.ok) void vscode.window.showErrorMessage(`Memento: ${judged.fault.message}`);
  }

  const open = onCase(async (record) => {
    if (!(await (await research()).show(record.runId))) await openCaseDocument(record);
  });

  return {
    'memento.openCase': open,
    'memento.searchCases': async () => {
      const caseId = await searchCases((await memory.get()).bank);
      if (caseId !== undefined) await open(caseId);
    },
    'memento.rerunCase': onCase(async ({ question }) => (await research()).start(question)),
    'memento.acceptCase': onCase((record) => judge(record, 1, null)),
    'memento.rejectCase': onCase(async (record) => {
      const reason = await vscode.window.showInputBox({
        title: 'Reject Answer',
        prompt: `Why is the answer to “${shorten(record.question, 80)}” not right? A reason helps the next plan avoid it.`,
        placeHolder: 'Optional; Enter rejects, Escape does not',
      });
      if (reason !== undefined) await judge(record, 0, reason.trim() || null);
    }),
    'memento.withdrawJudgement': onCase((record) => judge(record, null, null)),
    'memento.forgetCase': onCase(async (record) => {
      const { bank } = await memory.get();
      await bank.forget(record.id, Date.now());
      void offerUndo(bank, record);
    }),
  };
}

async function offerUndo(bank: CaseBank, record: Case): Promise<void> {
  const message = `Memento forgot “${shorten(record.question, 80)}”.`;
  if ((await vscode.window.showInformationMessage(message, 'Undo')) === 'Undo') await bank.restore(record.id);
}

const isCaseNode = (value: unknown): value is Extract<CaseNode, { kind: 'case' }> =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'case' && 'case' in value;

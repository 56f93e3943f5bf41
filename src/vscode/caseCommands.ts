/** What can be done with a case: from the tree, a list, a panel or the palette. */
import * as vscode from 'vscode';
import type { Case, Reward } from '../core/memory/case';
import { openCaseDocument } from './caseDocuments';
import { openCaseEditor } from './caseEditing';
import { shorten } from './caseLabels';
import { casesOf, type CaseTargetServices } from './caseTargets';
import { curationCommands } from './curationCommands';
import { showFault } from './remedies';
import { searchCases } from './searchCases';
import { withoutLinks } from '../core/markdown/untrustedText';
import { showInformation } from './notifications';

/** How long the status bar tells of a judgement, milliseconds. */
const TOLD = 5_000;

export type CaseCommandServices = CaseTargetServices;

type Command = (target: unknown, selected?: unknown) => Promise<void>;
type Cases = readonly [Case, ...Case[]];
/** A command on the chosen cases; it says so where there is none. */
export type OnCases = (act: (cases: Cases) => Promise<void>) => Command;

export function caseCommands(services: CaseCommandServices): Readonly<Record<string, Command>> {
  const { memory, research } = services;
  const onCases: OnCases = (act) => async (target, selected) => {
    const [first, ...others] = await casesOf(services, target, selected);
    if (first) await act([first, ...others]);
    else void showInformation(vscode.l10n.t('Memento: there is no such case.'));
  };

  async function judge(cases: Cases, reward: Reward, reason: string | null): Promise<void> {
    const assistant = await research();
    for (const { runId } of cases) {
      const judged = await assistant.judge(runId, reward, reason);
      if (!judged.ok) {
        void showFault(judged.fault);
        return;
      }
    }
    // In chat and in the palette nothing else shows that it counted.
    vscode.window.setStatusBarMessage(`$(check) ${judgementWords(reward)}`, TOLD);
  }

  /** Of several selected cases the one that was clicked. */
  const onCase = (act: (record: Case) => Promise<void>): Command => {
    const command = onCases(([record]) => act(record));
    return (target) => command(target);
  };

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
    'memento.acceptCase': onCases((cases) => judge(cases, 1, null)),
    'memento.rejectCase': onCases(async (cases) => {
      const reason = await vscode.window.showInputBox({
        title: vscode.l10n.t('Reject Answer'),
        // VS Code makes links of prompts too.
        prompt: withoutLinks(whyNotRight(cases)),
        placeHolder: vscode.l10n.t('Optional; Enter rejects, Escape does not'),
      });
      if (reason !== undefined) await judge(cases, 0, reason.trim() || null);
    }),
    'memento.editCase': onCase(openCaseEditor),
    'memento.withdrawJudgement': onCases((cases) => judge(cases, null, null)),
    ...curationCommands(memory, onCases),
  };
}

const whyNotRight = ([{ question }, ...others]: Cases): string =>
  others.length === 0
    ? vscode.l10n.t(
        'Why is the answer to “{0}” not right? A reason helps the next plan avoid it.',
        shorten(question, 80),
      )
    : vscode.l10n.t(
        'Why are these {0} answers not right? A reason helps the next plan avoid it.',
        others.length + 1,
      );

function judgementWords(reward: Reward): string {
  if (reward === null) return vscode.l10n.t('Judgement withdrawn');
  return reward === 1 ? vscode.l10n.t('Accepted') : vscode.l10n.t('Rejected');
}

/** The extension's commands. What they need is loaded when they run. */
import * as vscode from 'vscode';
import { messageOf } from '../core/common/result';
import type { Disposable } from '../core/common/disposable';
import type { Logger } from '../core/ports';
import { askQuestion, EMPTY_QUESTION } from './askQuestion';
import { caseCommands, type CaseCommandServices } from './caseCommands';
import type { CasesTree } from './casesTree';
import type { ModelTestDocument } from './models/modelTestDocument';
import type { ReportPanel } from './reportPanel';
import { runCommands } from './runCommands';
import type { RunsTree } from './runsTree';

export interface CommandServices extends CaseCommandServices {
  readonly tree: CasesTree;
  readonly runsTree: RunsTree;
  readonly report: () => Promise<ReportPanel>;
  readonly modelTest: ModelTestDocument;
  readonly secrets: vscode.SecretStorage;
  readonly logger: Logger;
}

export function registerCommands(services: CommandServices): Disposable {
  const { tree, runsTree, modelTest, secrets, logger, research, report } = services;
  const start = async (question: string) => {
    if (question.trim() === '') void vscode.window.showErrorMessage(`Memento: ${EMPTY_QUESTION}`);
    else (await research()).start(question.trim());
  };
  const commands: Readonly<Record<string, (argument: unknown, selected: unknown) => unknown>> = {
    ...caseCommands(services),
    ...runCommands(services),
    'memento.research': async (question) => {
      const asked = typeof question === 'string' ? question : await askQuestion();
      if (asked !== undefined) await start(asked);
    },
    'memento.researchSelection': async () => {
      const editor = vscode.window.activeTextEditor;
      await start(editor?.document.getText(editor.selection) ?? '');
    },
    'memento.stop': async () => (await research()).stop(),
    'memento.openRun': async () => (await research()).pick(),
    'memento.showRunning': async () => (await research()).pickRunning(),
    'memento.showRun': async (runId) => typeof runId === 'string' && (await research()).show(runId),
    'memento.importCases': async (file) => (await import('./transferCases')).importCases(services, file),
    'memento.exportCases': async () => (await import('./transferCases')).exportTo(services),
    'memento.showReport': async () => (await report()).show(),
    'memento.setApiKey': async () => (await import('./secrets')).setApiKey(secrets),
    'memento.chooseModel': async () => (await import('./models/chooseModel')).chooseModel(secrets),
    'memento.testModel': async () => (await import('./models/testModel')).testModel(secrets, modelTest),
    'memento.chooseTools': async () => (await import('./chooseTools')).chooseTools(),
    'memento.refreshCases': () => tree.refresh(),
    'memento.refreshRuns': () => runsTree.refresh(),
    // A key tells of no row: it is meant for the selected ones.
    'memento.forgetSelectedCases': () =>
      vscode.commands.executeCommand('memento.forgetCase', undefined, tree.selection),
    'memento.deleteSelectedRuns': () =>
      vscode.commands.executeCommand('memento.deleteRun', undefined, runsTree.selection),
    'memento.showMoreCases': (node) => tree.showMore(node),
    'memento.showMoreRuns': () => runsTree.showMore(),
    'memento.groupCasesByDate': () => tree.groupBy('date'),
    'memento.groupCasesByJudgement': () => tree.groupBy('judgement'),
    'memento.ungroupCases': () => tree.groupBy('none'),
    'memento.sortCasesByTime': () => tree.orderBy('newest'),
    'memento.sortCasesByQuestion': () => tree.orderBy('question'),
    'memento.sortCasesByUse': () => tree.orderBy('used'),
  };
  const registered = Object.entries(commands).map(([name, run]) =>
    vscode.commands.registerCommand(name, async (argument: unknown, selected: unknown) => {
      try {
        await run(argument, selected);
      } catch (error) {
        logger.error(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        void vscode.window.showErrorMessage(`Memento: ${messageOf(error)}`);
      }
    }),
  );
  return vscode.Disposable.from(...registered);
}

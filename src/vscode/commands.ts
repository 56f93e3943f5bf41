/** The extension's commands. What they need is loaded when they run. */
import * as vscode from 'vscode';
import { messageOf } from '../core/common/result';
import type { Disposable } from '../core/common/disposable';
import type { Logger } from '../core/ports';
import { askQuestion, emptyQuestion } from './askQuestion';
import { chooseSample } from './chooseSample';
import { caseCommands, type CaseCommandServices } from './caseCommands';
import type { CasesTree } from './casesTree';
import type { ModelTestDocument } from './models/modelTestDocument';
import { showFault } from './remedies';
import type { ReportPanel } from './reportPanel';
import type { FirstSteps } from './firstSteps';
import { runCommands } from './runCommands';
import type { RunsTree } from './runsTree';

export interface CommandServices extends CaseCommandServices {
  readonly extensionPath: string;
  readonly firstSteps: FirstSteps;
  readonly tree: CasesTree;
  readonly runsTree: RunsTree;
  readonly report: () => Promise<ReportPanel>;
  readonly modelTest: ModelTestDocument;
  readonly secrets: vscode.SecretStorage;
  readonly logger: Logger & { show(): void };
}

/** For a sample question, which somebody waits for. */
const SAMPLE_TIMEOUT_MS = 8_000;

export function registerCommands(services: CommandServices): Disposable {
  const { extensionPath, firstSteps, modelTest, tree, runsTree, secrets, logger, research, report } =
    services;
  const start = async (question: string) => {
    if (question.trim() === '') void showFault({ code: 'empty-question', message: emptyQuestion() });
    else (await research()).start(question.trim());
  };
  const findSample = async () =>
    (await research()).sampleQuestion(AbortSignal.timeout(SAMPLE_TIMEOUT_MS)).catch((error: unknown) => {
      logger.warn(`No sample question: ${messageOf(error)}`);
      return undefined;
    });
  const commands: Readonly<Record<string, (argument: unknown, selected: unknown) => unknown>> = {
    ...caseCommands(services),
    ...runCommands(services),
    'memento.research': async (question) => {
      const asked = typeof question === 'string' ? question : await askQuestion({ sample: findSample() });
      if (asked !== undefined) await start(asked);
    },
    'memento.askSample': async () => {
      const question = await chooseSample(await findSample());
      if (question !== undefined) await start(question);
    },
    'memento.researchSelection': async () => {
      const editor = vscode.window.activeTextEditor;
      await start(editor?.document.getText(editor.selection) ?? '');
    },
    'memento.researchFile': async (resource) => {
      if (!(resource instanceof vscode.Uri)) return;
      const file = vscode.workspace.asRelativePath(resource);
      const question = await askQuestion({ value: vscode.l10n.t('What does {0} say about ', file) });
      if (question !== undefined) await start(question);
    },
    'memento.getStarted': () => firstSteps.open(),
    'memento.installCommandLine': async () =>
      (await import('./installCommandLine')).installCommandLine(extensionPath),
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
    'memento.tryCommandRule': async () => (await import('./tryCommandRule')).tryCommandRule(extensionPath),
    'memento.chooseTools': async () => (await import('./chooseTools')).chooseTools(),
    'memento.showLog': () => logger.show(),
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
        void showFault({ code: 'internal', message: messageOf(error) });
      }
    }),
  );
  return vscode.Disposable.from(...registered);
}

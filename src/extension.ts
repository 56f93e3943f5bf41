/** Memento in VS Code. What a start-up does not need, all of research, is loaded when it is first used. */
import * as vscode from 'vscode';
import { messageOf } from './core/common/result';
import { registerCaseDocuments } from './vscode/caseDocuments';
import { registerCaseEditing } from './vscode/caseEditing';
import { createCasesTree } from './vscode/casesTree';
import { registerCommands } from './vscode/commands';
import { watchFirstSteps } from './vscode/firstSteps';
import { ProjectMemory } from './vscode/projectMemory';
import { announceUnfinished } from './vscode/resumeRun';
import { createRunsTree } from './vscode/runsTree';

export function activate(context: vscode.ExtensionContext): void {
  performance.mark('memento.activate.start');
  const logger = vscode.window.createOutputChannel('Memento', { log: true });
  const memory = new ProjectMemory(context.extensionPath, logger);
  const tree = createCasesTree(memory, logger);
  const firstSteps = watchFirstSteps(memory, logger);
  const runsTree = createRunsTree(memory, logger);
  const research = lazily(async () => {
    const { createResearch } = await import('./vscode/research');
    const created = await createResearch(context, memory, logger);
    context.subscriptions.push(created);
    return created;
  });
  const report = lazily(async () => {
    const { ReportPanel } = await import('./vscode/reportPanel');
    const created = new ReportPanel(context.extensionUri, memory, logger);
    context.subscriptions.push(created);
    return created;
  });
  memory.onDidOpen(({ runs }) => {
    runs.unfinished().then(
      (found) => announceUnfinished(found, context.workspaceState),
      (error: unknown) => logger.warn(`Interrupted runs cannot be listed: ${messageOf(error)}`),
    );
  });
  context.subscriptions.push(
    logger,
    memory,
    tree,
    runsTree,
    firstSteps,
    registerCaseDocuments(memory),
    registerCaseEditing({ memory, research }),
    registerCommands({
      extensionPath: context.extensionPath,
      firstSteps,
      memory,
      research,
      report,
      tree,
      runsTree,
      secrets: context.secrets,
      logger,
    }),
    vscode.window.registerWebviewPanelSerializer('memento.run', {
      deserializeWebviewPanel: async (panel, state: unknown) => (await research()).restore(panel, state),
    }),
    vscode.window.registerWebviewPanelSerializer('memento.report', {
      deserializeWebviewPanel: async (panel) => (await report()).adopt(panel),
    }),
  );
  performance.measure('memento.activate', 'memento.activate.start');
}

/** Made once; after a failure, made anew by the next call. */
function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}

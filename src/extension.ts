/** Memento in VS Code. What a start-up does not need, all of research, is loaded when it is first used. */
import * as vscode from 'vscode';
import type { RunStore } from './core/agent/runStore';
import { messageOf } from './core/common/result';
import { Secrets } from './core/common/secrets';
import { registerCaseDocuments } from './vscode/caseDocuments';
import { registerCaseEditing } from './vscode/caseEditing';
import { createCasesTree } from './vscode/casesTree';
import { registerChatParticipant } from './vscode/chat/participant';
import { registerCommands } from './vscode/commands';
import { watchFirstSteps } from './vscode/firstSteps';
import { speak } from './vscode/formats';
import { editorLanguage } from './vscode/language';
import { LiveRuns } from './vscode/liveRuns';
import { ModelTestDocument } from './vscode/models/modelTestDocument';
import { ProjectMemory } from './vscode/projectMemory';
import { announceUnfinished } from './vscode/resumeRun';
import { createRunsTree } from './vscode/runsTree';
import { remembered, withoutSecrets } from './vscode/secretStorage';
import { registerMcpServer } from './vscode/served/mcpServer';
import { registerServedTools } from './vscode/served/tools';

export function activate(context: vscode.ExtensionContext): void {
  performance.mark('memento.activate.start');
  speak(editorLanguage());
  const known = new Secrets();
  const secrets = remembered(context.secrets, known);
  const channel = vscode.window.createOutputChannel('Memento', { log: true });
  const logger = withoutSecrets(channel, known);
  const memory = new ProjectMemory(context.extensionPath, logger);
  const tree = createCasesTree(memory, context.workspaceState, logger);
  const live = new LiveRuns();
  const runsTree = createRunsTree(memory, live, logger);
  const modelTest = new ModelTestDocument();
  const firstSteps = watchFirstSteps(memory, logger);
  const research = lazily(async () => {
    const { createResearch } = await import('./vscode/research');
    const created = await createResearch({ context, storage: secrets, known, memory, live, logger });
    context.subscriptions.push(created);
    return created;
  });
  const report = lazily(async () => {
    const { openReportPanel } = await import('./vscode/reportPanel');
    const created = await openReportPanel(context.extensionUri, memory, logger);
    context.subscriptions.push(created);
    return created;
  });
  const tellOfUnfinished = async (runs?: RunStore) => {
    try {
      if (runs) await announceUnfinished(await runs.unfinished(), context.workspaceState);
      else await (await import('./vscode/unfinishedAtStart')).tellOfUnfinished(context.workspaceState);
    } catch (error) {
      logger.warn(`Interrupted runs cannot be listed: ${messageOf(error)}`);
    }
  };
  void tellOfUnfinished();
  // Those of a folder that was renamed are only found now.
  memory.onDidOpen(({ runs }) => void tellOfUnfinished(runs));
  context.subscriptions.push(
    channel,
    memory,
    tree,
    runsTree,
    firstSteps,
    modelTest,
    registerCaseDocuments(memory),
    registerCaseEditing({ memory, research }),
    registerChatParticipant({
      memory,
      research,
      secrets,
      extensionUri: context.extensionUri,
      logger,
    }),
    registerServedTools({ memory, research }),
    registerMcpServer(context.extension),
    registerCommands({
      extensionPath: context.extensionPath,
      firstSteps,
      memory,
      research,
      report,
      tree,
      runsTree,
      modelTest,
      secrets,
      logger: { ...logger, show: () => channel.show() },
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

/** Memento in VS Code. What a start-up does not need, all of research, is loaded when it is first used. */
import * as vscode from 'vscode';
import { registerCaseDocuments } from './vscode/caseDocuments';
import { registerCaseEditing } from './vscode/caseEditing';
import { createCasesTree } from './vscode/casesTree';
import { registerCommands } from './vscode/commands';
import { ProjectMemory } from './vscode/projectMemory';
import type { Research } from './vscode/research';

export function activate(context: vscode.ExtensionContext): void {
  performance.mark('memento.activate.start');
  const logger = vscode.window.createOutputChannel('Memento', { log: true });
  const memory = new ProjectMemory(context.extensionPath, logger);
  const tree = createCasesTree(memory, logger);
  const research = lazily(async () => {
    const { createResearch } = await import('./vscode/research');
    const created = await createResearch(context, memory, logger);
    context.subscriptions.push(created);
    return created;
  });
  context.subscriptions.push(
    logger,
    memory,
    tree,
    registerCaseDocuments(memory),
    registerCaseEditing({ memory, research }),
    registerCommands({ memory, research, tree, secrets: context.secrets, logger }),
    vscode.window.registerWebviewPanelSerializer('memento.run', {
      deserializeWebviewPanel: async (panel, state: unknown) => (await research()).restore(panel, state),
    }),
  );
  performance.measure('memento.activate', 'memento.activate.start');
}

/** Made once; after a failure, made anew by the next call. */
function lazily(make: () => Promise<Research>): () => Promise<Research> {
  let made: Promise<Research> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}

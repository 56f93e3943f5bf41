/**
 * What Memento offers to the agents of this editor, as language-model tools. (languageModelTools.ts is the other direction:
 * tools of others that a run may call.) Only this is loaded at start-up.
 */
import * as vscode from 'vscode';
import type { ProjectMemory } from '../projectMemory';
import type { Research } from '../research';

export interface ServedToolServices {
  readonly memory: ProjectMemory;
  readonly research: () => Promise<Research>;
}

type Tool = vscode.LanguageModelTool<unknown>;

export function registerServedTools(services: ServedToolServices): vscode.Disposable {
  return vscode.Disposable.from(
    register('memento_search_cases', async () => (await import('./searchCases')).searchCases(services)),
    register('memento_start_research', async () => (await import('./startResearch')).startResearch(services)),
    register('memento_suggest_feedback', async () =>
      (await import('./suggestFeedback')).suggestFeedback(services),
    ),
  );
}

const register = (name: string, load: () => Promise<Tool>): vscode.Disposable =>
  vscode.lm.registerTool<unknown>(name, {
    prepareInvocation: async (options, token) => (await load()).prepareInvocation?.(options, token),
    invoke: async (options, token) => (await load()).invoke(options, token),
  });

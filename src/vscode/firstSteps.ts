/** What the walkthrough's steps wait for, as context keys: that a folder is open, a question was asked, an answer judged. */
import * as vscode from 'vscode';
import type { Disposable } from '../core/common/disposable';
import { messageOf } from '../core/common/result';
import type { Logger } from '../core/ports';
import type { ProjectMemory } from './projectMemory';

const WALKTHROUGH = 'memento-research.memento#firstMinutes';

const KEYS = ['memento.hasFolder', 'memento.hasAsked', 'memento.hasJudged'] as const;
type Key = (typeof KEYS)[number];

export interface FirstSteps extends Disposable {
  /** Opens the walkthrough, with what was done already. */
  open(): Promise<void>;
}

/** The memory is asked when it is open anyway: a start-up must not open it for this. */
export function watchFirstSteps(memory: ProjectMemory, logger: Logger): FirstSteps {
  const done: Partial<Record<Key, boolean>> = {};

  async function set(key: Key, value: boolean): Promise<void> {
    done[key] = value;
    await vscode.commands.executeCommand('setContext', key, value);
  }

  const lookForFolder = () => set('memento.hasFolder', (vscode.workspace.workspaceFolders ?? []).length > 0);

  async function lookAtMemory(): Promise<void> {
    if (done['memento.hasJudged']) return;
    const { bank } = await memory.get();
    const { total, accepted, rejected } = await bank.counts();
    await set('memento.hasAsked', total > 0);
    await set('memento.hasJudged', accepted + rejected > 0);
  }

  const soon = (look: () => Promise<void>) => () =>
    void look().catch((error: unknown) =>
      logger.warn(`The walkthrough does not know what was done: ${messageOf(error)}`),
    );
  soon(lookForFolder)();
  const watched = vscode.Disposable.from(
    memory.onDidOpen(soon(lookAtMemory)),
    memory.onDidChange(soon(lookAtMemory)),
    vscode.workspace.onDidChangeWorkspaceFolders(soon(lookForFolder)),
  );
  return {
    async open() {
      await vscode.commands.executeCommand('workbench.action.openWalkthrough', WALKTHROUGH, false);
      // A step completes when its key changes, and VS Code listens only since the walkthrough is open.
      for (const key of KEYS.filter((each) => done[each])) {
        await set(key, false);
        await set(key, true);
      }
    },
    dispose: () => {
      watched.dispose();
    },
  };
}

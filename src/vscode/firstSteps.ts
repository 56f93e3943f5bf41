/** What the walkthrough's steps wait for, as context keys: that a question was asked, and that an answer was judged. */
import * as vscode from 'vscode';
import type { Disposable } from '../core/common/disposable';
import { messageOf } from '../core/common/result';
import type { Logger } from '../core/ports';
import type { ProjectMemory } from './projectMemory';

/** The memory is asked when it is open anyway: a start-up must not open it for this. */
export function watchFirstSteps(memory: ProjectMemory, logger: Logger): Disposable {
  let judged = false;
  const look = async (): Promise<void> => {
    if (judged) return;
    const { bank } = await memory.get();
    const { total, accepted, rejected } = await bank.counts();
    judged = accepted + rejected > 0;
    await vscode.commands.executeCommand('setContext', 'memento.hasAsked', total > 0);
    await vscode.commands.executeCommand('setContext', 'memento.hasJudged', judged);
  };
  const lookNow = () =>
    void look().catch((error: unknown) =>
      logger.warn(`The walkthrough does not know what was done: ${messageOf(error)}`),
    );
  return vscode.Disposable.from(memory.onDidOpen(lookNow), memory.onDidChange(lookNow));
}

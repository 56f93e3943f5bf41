/** What the walkthrough's steps wait for: that a folder is open, a question was asked, an answer judged. */
import * as vscode from 'vscode';
import type { Disposable } from '../core/common/disposable';
import { messageOf } from '../core/common/result';
import type { Logger } from '../core/ports';
import type { ProjectMemory } from './projectMemory';

const WALKTHROUGH = 'memento-research.memento#firstMinutes';

type Key = 'memento.hasFolder' | 'memento.hasAsked' | 'memento.hasJudged';

/** When the steps are told anew after the walkthrough was opened, ms: VS Code does not say when it knows them. */
const TOLD_AGAIN = [0, 500, 1_500, 4_000, 8_000];

/** How long VS Code may take to collect the walkthroughs, ms: without an experiment service it is one turn of its loop. */
const COLLECTING = 100;

export interface FirstSteps extends Disposable {
  open(): Promise<void>;
}

/**
 * VS Code collects walkthroughs when somebody first needs them, and shows its own where ours is asked for before that is
 * over. Any command of theirs makes it begin; this one changes nothing, as there is no such step.
 */
async function wakeWalkthroughs(): Promise<void> {
  try {
    await vscode.commands.executeCommand('welcome.markStepIncomplete', `${WALKTHROUGH}#none`);
  } catch {
    // “Attempting to access step which does not exist in registry”.
  }
  await new Promise((resolve) => setTimeout(resolve, COLLECTING));
}

/** The memory is asked when it is open anyway: a start-up must not open it for this. */
export function watchFirstSteps(memory: ProjectMemory, logger: Logger): FirstSteps {
  const done = new Set<Key>();
  let timers: ReturnType<typeof setTimeout>[] = [];

  /**
   * A step completes when its key turns true, and for good; one whose key is true already when VS Code gets to know the
   * step never does. So a key is true for a moment only.
   */
  async function tell(key: Key): Promise<void> {
    await vscode.commands.executeCommand('setContext', key, true);
    await vscode.commands.executeCommand('setContext', key, false);
  }

  async function mark(key: Key): Promise<void> {
    if (done.has(key)) return;
    done.add(key);
    await tell(key);
  }

  async function lookAtMemory(): Promise<void> {
    if (done.has('memento.hasJudged')) return;
    const { bank } = await memory.get();
    const { total, accepted, rejected } = await bank.counts();
    if (total > 0) await mark('memento.hasAsked');
    if (accepted + rejected > 0) await mark('memento.hasJudged');
  }

  async function lookForFolder(): Promise<void> {
    if ((vscode.workspace.workspaceFolders ?? []).length > 0) await mark('memento.hasFolder');
  }

  const soon = (look: () => Promise<void>) => () =>
    void look().catch((error: unknown) =>
      logger.warn(`The walkthrough does not know what was done: ${messageOf(error)}`),
    );

  function tellAll(): void {
    timers.forEach(clearTimeout);
    timers = TOLD_AGAIN.map((ms) =>
      setTimeout(() => [...done].forEach((key) => soon(() => tell(key))()), ms),
    );
  }

  soon(lookForFolder)();
  const watched = vscode.Disposable.from(
    memory.onDidOpen(soon(lookAtMemory)),
    memory.onDidChange(soon(lookAtMemory)),
    vscode.workspace.onDidChangeWorkspaceFolders(soon(lookForFolder)),
    // The walkthrough may be opened from VS Code's own pages too: their tabs are of no kind that has a name.
    vscode.window.tabGroups.onDidChangeTabs(({ opened, changed }) => {
      if ([...opened, ...changed].some(({ input }) => input === undefined)) tellAll();
    }),
  );
  return {
    async open() {
      await wakeWalkthroughs();
      await vscode.commands.executeCommand('workbench.action.openWalkthrough', WALKTHROUGH, false);
      tellAll();
    },
    dispose: () => {
      timers.forEach(clearTimeout);
      watched.dispose();
    },
  };
}

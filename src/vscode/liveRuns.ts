/** The runs under way in this window: the status bar, the `memento.running` context, and which one "Stop" means. */
import * as vscode from 'vscode';
import type { Run } from '../core/agent/run';
import { foldProgress, NO_PROGRESS, type RunProgress } from '../core/agent/runProgress';
import type { RunStore, RunSummary } from '../core/agent/runStore';
import type { Disposable } from '../core/common/disposable';
import { Emitter } from '../core/common/event';
import { shorten } from './caseLabels';
import { standingOf, type RunStanding } from './runLabels';

interface LiveRun {
  readonly run: Run;
  readonly question: string;
  progress: RunProgress;
}

export class LiveRuns implements Disposable {
  readonly #runs = new Map<string, LiveRun>();
  readonly #progressed = new Emitter<string>();
  /** Made with the first run: a start-up needs none. */
  #item: vscode.StatusBarItem | undefined;

  /** Fires with a run's id when it is further than before. */
  readonly onDidProgress = this.#progressed.on;

  get(runId: string): Run | undefined {
    return this.#runs.get(runId)?.run;
  }

  questionOf(runId: string): string | undefined {
    return this.#runs.get(runId)?.question;
  }

  progressOf(runId: string): RunProgress | undefined {
    return this.#runs.get(runId)?.progress;
  }

  /** The ids of all of them, the oldest first. */
  get ids(): readonly string[] {
    return [...this.#runs.keys()];
  }

  add(run: Run, question: string): void {
    const live: LiveRun = { run, question, progress: NO_PROGRESS };
    this.#runs.set(run.id, live);
    this.#show();
    void this.#follow(live);
    void run.finished.then(() => {
      this.#runs.delete(run.id);
      this.#show();
    });
  }

  /** The run of the active panel if it is under way, else the latest. */
  choose(activeRun: string | undefined): Run | undefined {
    return (
      (activeRun === undefined ? undefined : this.get(activeRun)) ?? [...this.#runs.values()].at(-1)?.run
    );
  }

  /** How a run of the list stands; it may be under way in another window. */
  async standing(run: RunSummary, runs: RunStore): Promise<RunStanding> {
    if (run.outcome !== null) return 'ended';
    if (this.#runs.has(run.runId)) return 'live';
    return standingOf(run, await runs.isUnderWay(run.runId));
  }

  async #follow(live: LiveRun): Promise<void> {
    for await (const event of live.run.events) {
      const progress = foldProgress(live.progress, event);
      if (progress === live.progress) continue;
      const waited = live.progress.waitsFor.size > 0;
      live.progress = progress;
      if (waited !== progress.waitsFor.size > 0) this.#show();
      this.#progressed.fire(live.run.id);
    }
  }

  /** One that waits for the person comes first, else the latest. */
  #show(): void {
    void vscode.commands.executeCommand('setContext', 'memento.running', this.#runs.size > 0);
    const all = [...this.#runs.values()];
    const shown = all.find(({ progress }) => progress.waitsFor.size > 0) ?? all.at(-1);
    if (!shown) {
      this.#item?.hide();
      return;
    }
    const item = (this.#item ??= newItem());
    const waits = shown.progress.waitsFor.size > 0;
    const others = all.length > 1 ? ` (+${all.length - 1})` : '';
    const question = shorten(shown.question, 40).replaceAll('$(', '$ (');
    item.text = `${waits ? '$(bell-dot)' : '$(loading~spin)'} ${question}${others}`;
    const state = waits
      ? vscode.l10n.t('Memento waits for you: {0}', shown.question)
      : vscode.l10n.t('Memento is researching: {0}', shown.question);
    item.tooltip = state;
    item.accessibilityInformation = { label: state, role: 'button' };
    item.command =
      all.length > 1
        ? 'memento.showRunning'
        : { command: 'memento.showRun', title: vscode.l10n.t('Show Run'), arguments: [shown.run.id] };
    item.show();
  }

  /** The window closes: what runs can be gone on with later. */
  dispose(): void {
    for (const { run } of this.#runs.values()) run.interrupt();
    this.#item?.dispose();
  }
}

function newItem(): vscode.StatusBarItem {
  const item = vscode.window.createStatusBarItem('memento.running', vscode.StatusBarAlignment.Left);
  item.name = 'Memento';
  return item;
}

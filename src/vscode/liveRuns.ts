/** The runs under way in this window: the status bar, the `memento.running` context, and which one "Stop" means. */
import * as vscode from 'vscode';
import type { Disposable } from '../core/common/disposable';
import type { Run } from '../core/agent/run';
import { shorten } from './caseLabels';

interface LiveRun {
  readonly run: Run;
  readonly question: string;
}

export class LiveRuns implements Disposable {
  readonly #runs = new Map<string, LiveRun>();
  readonly #item = vscode.window.createStatusBarItem('memento.running', vscode.StatusBarAlignment.Left);

  constructor() {
    this.#item.name = 'Memento';
  }

  get(runId: string): Run | undefined {
    return this.#runs.get(runId)?.run;
  }

  questionOf(runId: string): string | undefined {
    return this.#runs.get(runId)?.question;
  }

  add(run: Run, question: string): void {
    this.#runs.set(run.id, { run, question });
    this.#show();
    void run.finished.then(() => {
      this.#runs.delete(run.id);
      this.#show();
    });
  }

  /** The run of the active panel if it is under way, else the latest. */
  choose(activeRun: string | undefined): Run | undefined {
    return (activeRun === undefined ? undefined : this.get(activeRun)) ?? this.#latest()?.run;
  }

  #latest(): LiveRun | undefined {
    return [...this.#runs.values()].at(-1);
  }

  #show(): void {
    void vscode.commands.executeCommand('setContext', 'memento.running', this.#runs.size > 0);
    const latest = this.#latest();
    if (!latest) {
      this.#item.hide();
      return;
    }
    const { run, question } = latest;
    const others = this.#runs.size > 1 ? ` (+${this.#runs.size - 1})` : '';
    this.#item.text = `$(loading~spin) ${shorten(question, 40).replaceAll('$(', '$ (')}${others}`;
    this.#item.tooltip = 'Memento is researching. Show the run';
    this.#item.accessibilityInformation = { label: `Memento is researching: ${question}`, role: 'button' };
    this.#item.command = { command: 'memento.showRun', title: 'Show Run', arguments: [run.id] };
    this.#item.show();
  }

  /** The window closes: what runs can be gone on with later. */
  dispose(): void {
    for (const { run } of this.#runs.values()) run.interrupt();
    this.#item.dispose();
  }
}

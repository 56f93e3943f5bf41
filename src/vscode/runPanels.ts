/** The panels that are open, one a run. */
import * as vscode from 'vscode';
import type { RunEvent } from '../core/agent/events';
import type { Disposable } from '../core/common/disposable';
import type { Logger } from '../core/ports';
import type { PageSource } from './panelHtml';
import type { PanelServices } from './panelRequests';
import { panelTitle, RunPanel, VIEW_TYPE } from './runPanel';

export class RunPanels implements Disposable {
  readonly #panels = new Set<RunPanel>();
  readonly #extensionUri: vscode.Uri;
  readonly #page: PageSource;
  readonly #services: PanelServices;
  readonly #logger: Logger;

  constructor(extensionUri: vscode.Uri, page: PageSource, services: PanelServices, logger: Logger) {
    this.#extensionUri = extensionUri;
    this.#page = page;
    this.#services = services;
    this.#logger = logger;
  }

  /** The run whose panel has the focus. */
  get activeRun(): string | undefined {
    return [...this.#panels].find(({ panel }) => panel.active)?.runId;
  }

  isVisible(runId: string): boolean {
    return this.#of(runId)?.panel.visible ?? false;
  }

  show(runId: string, question: string): void {
    const open = this.#of(runId);
    if (open) {
      open.panel.reveal();
      return;
    }
    const title = panelTitle(question);
    const leftBehind = this.#tabsLeftBehind(title);
    const panel = vscode.window.createWebviewPanel(VIEW_TYPE, title, vscode.ViewColumn.Active);
    this.adopt(panel, runId);
    void vscode.window.tabGroups.close(leftBehind, true);
  }

  /** Takes over a panel that VS Code brought back after a reload; one that is shown already is not shown twice. */
  adopt(panel: vscode.WebviewPanel, runId: string): void {
    if (this.#of(runId)) {
      panel.dispose();
      return;
    }
    const icon = (theme: string) => vscode.Uri.joinPath(this.#extensionUri, `media/memento-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    const shown = new RunPanel(panel, runId, this.#extensionUri, this.#page, this.#services, this.#logger);
    this.#panels.add(shown);
    panel.onDidDispose(() => {
      this.#panels.delete(shown);
      shown.dispose();
    });
  }

  /** The run is under way again: its page gets all events anew. */
  reload(runId: string): void {
    this.#of(runId)?.reload();
  }

  /** For every panel that shows the run, what happened after its end. */
  add(event: RunEvent): void {
    for (const panel of this.#panels) if (panel.runId === event.runId) void panel.add(event);
  }

  /** Tabs of this question with nobody behind them: an extension host that crashes leaves its panels, which are dead. */
  #tabsLeftBehind(title: string): readonly vscode.Tab[] {
    if ([...this.#panels].some(({ panel }) => panel.title === title)) return [];
    return vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .filter(
        ({ input, label }) =>
          input instanceof vscode.TabInputWebview && input.viewType.endsWith(VIEW_TYPE) && label === title,
      );
  }

  #of(runId: string): RunPanel | undefined {
    return [...this.#panels].find((panel) => panel.runId === runId);
  }

  /** The panels stay: VS Code restores them. */
  dispose(): void {
    for (const panel of this.#panels) panel.dispose();
    this.#panels.clear();
  }
}

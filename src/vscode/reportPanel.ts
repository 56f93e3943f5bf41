/** The memory report in a webview panel: one a window, made anew when the memory changes while it is seen. */
import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../core/common/disposable';
import { failed, messageOf, ok, type Result } from '../core/common/result';
import { reportSections } from '../core/memory/report/sections';
import type { Logger } from '../core/ports';
import { parseReportMessage, requestIdOf } from '../protocol/parse';
import type { ReportHostMessage, ReportRequest } from '../protocol/reportMessages';
import { editorLanguage } from './language';
import { panelHtml, readPageSource, type PageSource } from './panelHtml';
import type { ProjectMemory } from './projectMemory';

export const REPORT_VIEW_TYPE = 'memento.report';

/** Changes come in bursts, and a report reads the whole memory. */
const REFRESH_DELAY_MS = 400;

export async function openReportPanel(
  extensionUri: vscode.Uri,
  memory: ProjectMemory,
  logger: Logger,
): Promise<ReportPanel> {
  return new ReportPanel(extensionUri, await readPageSource(extensionUri.fsPath, 'report'), memory, logger);
}

export class ReportPanel implements Disposable {
  readonly #extensionUri: vscode.Uri;
  readonly #page: PageSource;
  readonly #memory: ProjectMemory;
  readonly #logger: Logger;
  #panel: vscode.WebviewPanel | undefined;
  #shown = new DisposableStore();
  /** Of the report that is wanted: one that was asked for earlier comes too late. */
  #turn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(extensionUri: vscode.Uri, page: PageSource, memory: ProjectMemory, logger: Logger) {
    [this.#extensionUri, this.#page, this.#memory, this.#logger] = [extensionUri, page, memory, logger];
  }

  show(): void {
    if (this.#panel) this.#panel.reveal();
    else
      this.adopt(
        vscode.window.createWebviewPanel(
          REPORT_VIEW_TYPE,
          vscode.l10n.t('Memory Report'),
          vscode.ViewColumn.Active,
        ),
      );
  }

  /** Takes over a panel that VS Code brought back after a reload. */
  adopt(panel: vscode.WebviewPanel): void {
    if (this.#panel) {
      panel.dispose();
      return;
    }
    this.#panel = panel;
    const shown = new DisposableStore();
    this.#shown = shown;
    const icon = (theme: string) => vscode.Uri.joinPath(this.#extensionUri, `media/memento-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    const { webview } = panel;
    const assets = vscode.Uri.joinPath(this.#extensionUri, 'dist/webview');
    webview.options = { enableScripts: true, localResourceRoots: [assets] };
    shown.add(webview.onDidReceiveMessage((message: unknown) => void this.#receive(message)));
    shown.add(this.#memory.onDidChange(() => this.#changed()));
    panel.onDidDispose(() => {
      this.#panel = undefined;
      this.#turn++;
      shown.dispose();
    });
    webview.html = panelHtml({
      cspSource: webview.cspSource,
      page: this.#page,
      assets: webview.asWebviewUri(assets).toString(),
      language: editorLanguage(),
    });
  }

  /** The panel stays: VS Code restores it. */
  dispose(): void {
    clearTimeout(this.#timer);
    this.#turn++;
    this.#shown.dispose();
  }

  /** A page that is hidden is thrown away, and asks again when it is back. */
  #changed(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (this.#panel?.visible) void this.#send();
    }, REFRESH_DELAY_MS);
  }

  async #send(): Promise<void> {
    const turn = ++this.#turn;
    const message = await this.#report();
    if (turn === this.#turn) this.#post(message);
  }

  async #report(): Promise<ReportHostMessage> {
    try {
      const { bank } = await this.#memory.get();
      const report = await bank.report();
      return { type: 'report', report, sections: reportSections(report) };
    } catch (error) {
      this.#logger.error(`The memory report: ${messageOf(error)}`);
      return {
        type: 'unavailable',
        message: vscode.l10n.t('The memory cannot be read: {0}', messageOf(error)),
      };
    }
  }

  async #receive(value: unknown): Promise<void> {
    const message = parseReportMessage(value);
    if (!message.ok) {
      this.#logger.warn(`The memory report sent what is no message: ${message.fault.message}`);
      const requestId = requestIdOf(value);
      if (requestId !== undefined)
        this.#reply(requestId, failed('bad-arguments', vscode.l10n.t('Memento does not know this request.')));
      return;
    }
    switch (message.value.type) {
      case 'ready':
        return this.#send();
      case 'error':
        this.#logger.error(`In the memory report: ${message.value.message}`);
        return;
      case 'request': {
        const { requestId, request } = message.value;
        try {
          this.#reply(requestId, await this.#answer(request));
        } catch (error) {
          this.#reply(requestId, failed('internal', messageOf(error)));
        }
      }
    }
  }

  async #answer(request: ReportRequest): Promise<Result<string>> {
    switch (request.type) {
      case 'openCase':
        await vscode.commands.executeCommand('memento.openCase', request.caseId);
        return ok('');
      case 'copyJson': {
        const { bank } = await this.#memory.get();
        await vscode.env.clipboard.writeText(JSON.stringify(await bank.report(), null, 2));
        return ok(vscode.l10n.t('Copied'));
      }
      case 'refresh':
        await this.#send();
        return ok('');
    }
  }

  #reply(requestId: number, result: Result<string>): void {
    const message = result.ok ? result.value : result.fault.message;
    this.#post({ type: 'reply', requestId, ok: result.ok, message });
  }

  #post(message: ReportHostMessage): void {
    void this.#panel?.webview.postMessage(message).then(undefined, () => undefined);
  }
}

/** One run in one webview panel. The page keeps nothing: each time it is up, it gets all events again. */
import * as vscode from 'vscode';
import type { RunEvent } from '../core/agent/events';
import { DisposableStore, type Disposable } from '../core/common/disposable';
import { messageOf } from '../core/common/result';
import type { Logger } from '../core/ports';
import type { HostMessage } from '../protocol/messages';
import { parseWebviewMessage, requestIdOf } from '../protocol/parse';
import { shorten } from './caseLabels';
import { editorLanguage } from './language';
import { feed } from './panelFeed';
import { panelHtml, type PageSource } from './panelHtml';
import { followElsewhere } from './runElsewhere';
import { answerRequest, type PanelServices } from './panelRequests';
import { offerRemedies } from './remedies';
import { questionOf, readEndedRun, withLostCommands } from './runLog';

export const VIEW_TYPE = 'memento.run';

/** Events that a page has in it from the start; a run that has more is under way for a while. */
const FEW = 20;

export const panelTitle = (question: string): string => shorten(question, 40) || 'Memento';

export class RunPanel implements Disposable {
  readonly runId: string;
  readonly panel: vscode.WebviewPanel;
  readonly #services: PanelServices;
  readonly #logger: Logger;
  readonly #disposables = new DisposableStore();
  /** What feeds the page that is up now; a page that is loaded anew, or hidden, ends it. */
  #page = new AbortController();
  #loaded: Promise<void> = Promise.resolve();

  constructor(
    panel: vscode.WebviewPanel,
    runId: string,
    extensionUri: vscode.Uri,
    page: PageSource,
    services: PanelServices,
    logger: Logger,
  ) {
    this.panel = panel;
    this.runId = runId;
    this.#services = services;
    this.#logger = logger;
    const { webview } = panel;
    const assets = vscode.Uri.joinPath(extensionUri, 'dist/webview');
    const files = vscode.Uri.file(services.runFolder(runId));
    webview.options = { enableScripts: true, localResourceRoots: [assets, files] };
    this.#disposables.add(webview.onDidReceiveMessage((message: unknown) => void this.#receive(message)));
    this.#disposables.add(panel.onDidChangeViewState(() => !panel.visible && this.#page.abort()));
    const run = services.running(runId);
    webview.html = panelHtml({
      cspSource: webview.cspSource,
      page,
      assets: webview.asWebviewUri(assets).toString(),
      language: editorLanguage(),
      files: webview.asWebviewUri(files).toString(),
      ...(run && run.soFar.length <= FEW
        ? { first: { type: 'events', runId, reset: true, live: true, events: run.soFar } }
        : {}),
    });
  }

  /** An event that comes after the run's end: a judgement, what it taught. */
  async add(event: RunEvent): Promise<void> {
    const { signal } = this.#page;
    await this.#loaded;
    if (signal.aborted) return;
    const live = this.#services.running(this.runId) !== undefined;
    this.#post({ type: 'events', runId: this.runId, reset: false, live, events: [event] });
  }

  /** Gives the page all events anew. */
  reload(): void {
    this.#page.abort();
    this.#page = new AbortController();
    this.#loaded = this.#show(this.#page.signal);
  }

  dispose(): void {
    this.#page.abort();
    this.#disposables.dispose();
  }

  async #receive(value: unknown): Promise<void> {
    const message = parseWebviewMessage(value);
    if (!message.ok) {
      this.#logger.warn(`The panel sent what is no message: ${message.fault.message}`);
      const requestId = requestIdOf(value);
      if (requestId !== undefined)
        this.#reply(requestId, false, vscode.l10n.t('Memento does not know this request.'));
      return;
    }
    switch (message.value.type) {
      case 'ready':
        this.reload();
        return;
      case 'error':
        this.#logger.error(`In the panel: ${message.value.message}`);
        return;
      case 'request': {
        const { requestId, request } = message.value;
        try {
          const answer = await answerRequest(this.runId, request, this.#services);
          this.#reply(requestId, answer.ok, answer.ok ? answer.value : answer.fault.message);
          if (!answer.ok) offerRemedies(answer.fault);
        } catch (error) {
          this.#logger.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
          this.#reply(requestId, false, messageOf(error));
          offerRemedies({ code: 'internal', message: messageOf(error) });
        }
      }
    }
  }

  /** Resolves when the page has what there is so far; a run under way goes on to be fed. */
  async #show(signal: AbortSignal): Promise<void> {
    const { runId } = this;
    const post = (events: readonly RunEvent[], live: boolean, reset = false) => {
      if (!signal.aborted) this.#post({ type: 'events', runId, reset, live, events });
    };
    const run = this.#services.running(runId);
    if (run) {
      let isFirst = true;
      const postMore = (batch: readonly RunEvent[]) => {
        post(batch, true, isFirst);
        isFirst = false;
      };
      void feed(run.events, postMore, signal).then(() => post([], false));
      return;
    }
    try {
      if (await this.#services.runs.isUnderWay(runId)) {
        const run = { runId, runs: this.#services.runs };
        const shown = await followElsewhere(run, (message) => this.#post(message), signal);
        void shown.ended.then(
          () => !signal.aborted && this.reload(),
          (error: unknown) => this.#logger.error(`The run ${runId} cannot be followed: ${messageOf(error)}`),
        );
        return;
      }
      const events = await readEndedRun(this.#services.runs, runId, Date.now());
      if (events) {
        if (!signal.aborted) this.panel.title = panelTitle(questionOf(events) ?? '');
        const isRunning = (callId: string) => this.#services.command(runId, callId) !== undefined;
        post(withLostCommands(events, isRunning), false, true);
      } else if (!signal.aborted) {
        this.#post({
          type: 'unavailable',
          message: vscode.l10n.t('The log of this run is no longer there.'),
        });
      }
    } catch (error) {
      this.#logger.error(`The run ${runId} cannot be shown: ${messageOf(error)}`);
      if (!signal.aborted)
        this.#post({
          type: 'unavailable',
          message: vscode.l10n.t('This run cannot be shown: {0}', messageOf(error)),
        });
    }
  }

  #reply(requestId: number, ok: boolean, message: string): void {
    this.#post({ type: 'reply', requestId, ok, message });
  }

  #post(message: HostMessage): void {
    void this.panel.webview.postMessage(message).then(undefined, () => undefined);
  }
}

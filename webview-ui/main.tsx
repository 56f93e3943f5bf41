/** Boots the panel: once a frame, what has arrived is folded, for a part of the frame, and painted. */
import './l10n';
import { render } from 'preact';
import type { WebviewRequest } from '../src/protocol/messages';
import './styles.css';
import { Host, isPanelMessage, type PanelMessage } from './host';
import { Store } from './state';
import { App } from './views/App';
import { keepFocus } from './views/focus';
import { LogContext } from './views/logContext';
import { PanelContext, type PanelActions } from './views/panelContext';

/** Of the 16 ms of a frame; the rest is for painting. */
const FOLD_BUDGET_MS = 8;

function boot(root: HTMLElement): void {
  const host = new Host<WebviewRequest, PanelMessage>(acquireVsCodeApi(), isPanelMessage);
  let frame = 0;
  let remembered: string | null = null;
  let isShown = false;
  const schedule = () => {
    frame ||= requestAnimationFrame(paint);
  };
  const store = new Store(schedule);
  const logError = (message: string) => host.logError(message);
  const actions: PanelActions = {
    request: (request) => host.request(request),
    attempt: async (request) => {
      const reply = await host.request(request);
      store.report(reply.ok ? null : reply.message);
      return reply.ok;
    },
    dismiss: () => store.report(null),
    filesBase: root.dataset.files ?? null,
  };

  function paint(): void {
    frame = 0;
    store.catchUp(FOLD_BUDGET_MS);
    if (store.behind) schedule();
    root.setAttribute('aria-busy', String(store.behind));
    render(
      <LogContext.Provider value={logError}>
        <PanelContext.Provider value={actions}>
          <App panel={store.state} />
        </PanelContext.Provider>
      </LogContext.Provider>,
      root,
    );
    if (!isShown && store.state.run.question !== '') {
      isShown = true;
      performance.mark('memento.shown'); // for the benchmark of the editor
    }
  }

  function take(data: unknown): void {
    const message = host.receive(data);
    if (!message) return;
    store.receive(message);
    if (message.type === 'events' && message.reset && message.runId !== remembered) {
      remembered = message.runId;
      host.remember(remembered);
    }
  }

  window.addEventListener('message', (event: MessageEvent<unknown>) => take(event.data));
  window.addEventListener('error', (event) => host.logError(event.message));
  window.addEventListener('unhandledrejection', (event) => host.logError(String(event.reason)));

  keepFocus(root);
  // What was in the page from the start needs no question and answer.
  const { first } = root.dataset;
  if (first !== undefined) take(JSON.parse(first));
  paint();
  host.ready();
}

const root = document.getElementById('root');
if (root) boot(root);

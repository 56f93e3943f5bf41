/** Boots the page of the memory report: it shows the last report that it was sent. */
import './l10n';
import { render } from 'preact';
import type { ReportHostMessage, ReportRequest } from '../src/protocol/reportMessages';
import { Host, isObject } from './host';
import './report.css';
import { ReportApp, type ReportState } from './report/ReportApp';
import { LogContext } from './views/logContext';

type ReportMessage = Exclude<ReportHostMessage, { readonly type: 'reply' }>;

function boot(root: HTMLElement): void {
  const host = new Host<ReportRequest, ReportMessage>(acquireVsCodeApi(), isReportMessage);
  const logError = (message: string) => host.logError(message);
  let state: ReportState = { shown: null, problem: null };

  function update(changes: Partial<ReportState>): void {
    state = { ...state, ...changes };
    root.setAttribute('aria-busy', String(state.shown === null));
    render(
      <LogContext.Provider value={logError}>
        <ReportApp state={state} ask={ask} />
      </LogContext.Provider>,
      root,
    );
  }

  async function ask(request: ReportRequest): Promise<boolean> {
    const reply = await host.request(request);
    update({ problem: reply.ok ? null : reply.message });
    return reply.ok;
  }

  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    const message = host.receive(event.data);
    if (message) update({ shown: message });
  });
  window.addEventListener('error', (event) => logError(event.message));
  window.addEventListener('unhandledrejection', (event) => logError(String(event.reason)));

  update({});
  host.ready();
}

/** The host is trusted; this keeps a message of another version or of another sender from breaking the page. */
function isReportMessage(data: unknown): data is ReportMessage {
  if (!isObject(data)) return false;
  if (data.type === 'unavailable') return typeof data.message === 'string';
  return (
    data.type === 'report' &&
    isObject(data.report) &&
    data.report.version === 1 &&
    Array.isArray(data.sections) &&
    data.sections.every((section) => isObject(section) && typeof section.name === 'string')
  );
}

const root = document.getElementById('root');
if (root) boot(root);

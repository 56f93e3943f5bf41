/**
 * Stands in for VS Code: keeps what the page posts, and answers each request.
 * `panel.deliver(message)` is the extension host speaking; `panel.refuse = 'why'` makes it refuse what follows;
 * `panel.files` are the texts that it reads for the page, by path.
 */
document.documentElement.dataset.theme = new URLSearchParams(location.search).get('theme') ?? 'dark';

const panel = {
  /** @type {unknown[]} */
  posted: [],
  /** @type {unknown} */
  state: undefined,
  /** @type {string | null} */
  refuse: null,
  /** @type {Record<string, string>} */
  files: {},
  deliver: (message) => window.postMessage(message, '*'),
};

globalThis.panel = panel;
globalThis.acquireVsCodeApi = () => ({
  postMessage(message) {
    panel.posted.push(message);
    if (message.type !== 'request') return;
    const ok = panel.refuse === null;
    const text = panel.files[message.request.path] ?? '';
    panel.deliver({ type: 'reply', requestId: message.requestId, ok, message: panel.refuse ?? text });
  },
  setState(state) {
    panel.state = state;
  },
});

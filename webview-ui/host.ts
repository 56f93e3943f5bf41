/** The page's side of the protocol: requests with their replies, and messages that have the right shape. */
import * as l10n from '@vscode/l10n';
import type { HostMessage, PageMessage, ReplyMessage } from '../src/protocol/messages';

export interface VsCodeApi {
  postMessage(message: PageMessage<unknown>): void;
  /** What a serializer gets when the window is loaded again. */
  setState(state: { readonly runId: string }): void;
}

declare global {
  function acquireVsCodeApi(): VsCodeApi;
}

export interface Reply {
  readonly ok: boolean;
  readonly message: string;
}

export type PanelMessage = Exclude<HostMessage, { readonly type: 'reply' }>;

/** Longer than any of the host's answers takes; a button must not stay busy for ever. */
const REPLY_TIMEOUT_MS = 30_000;

/** @typeParam R what the page can ask for; @typeParam M what it is told beside replies */
export class Host<R, M extends { readonly type: string }> {
  readonly #api: VsCodeApi;
  readonly #isMessage: (data: unknown) => data is M;
  readonly #waiting = new Map<number, (reply: Reply) => void>();
  #nextId = 1;

  constructor(api: VsCodeApi, isMessage: (data: unknown) => data is M) {
    [this.#api, this.#isMessage] = [api, isMessage];
  }

  ready(): void {
    this.#api.postMessage({ type: 'ready' });
  }

  remember(runId: string): void {
    this.#api.setState({ runId });
  }

  logError(message: string): void {
    this.#api.postMessage({ type: 'error', message });
  }

  /** Never rejects: what failed is said in the reply. */
  request(request: R): Promise<Reply> {
    const requestId = this.#nextId++;
    return new Promise((resolve) => {
      const settle = (reply: Reply) => {
        clearTimeout(timer);
        this.#waiting.delete(requestId);
        resolve(reply);
      };
      const timer = setTimeout(settle, REPLY_TIMEOUT_MS, {
        ok: false,
        message: l10n.t('VS Code did not answer.'),
      });
      this.#waiting.set(requestId, settle);
      this.#api.postMessage({ type: 'request', requestId, request });
    });
  }

  /** Settles the request that a reply answers; other messages are for the caller, malformed ones are dropped. */
  receive(data: unknown): M | null {
    if (!isReply(data)) return this.#isMessage(data) ? data : null;
    this.#waiting.get(data.requestId)?.({ ok: data.ok, message: data.message });
    return null;
  }
}

/** The host is trusted; this keeps a message of another version or of another sender from breaking the page. */
export function isPanelMessage(data: unknown): data is PanelMessage {
  if (!isObject(data)) return false;
  switch (data.type) {
    case 'events':
      return (
        typeof data.runId === 'string' &&
        typeof data.reset === 'boolean' &&
        typeof data.live === 'boolean' &&
        Array.isArray(data.events) &&
        data.events.every((event) => isObject(event) && typeof event.type === 'string')
      );
    case 'unavailable':
      return typeof data.message === 'string';
    default:
      return false;
  }
}

const isReply = (data: unknown): data is ReplyMessage =>
  isObject(data) &&
  data.type === 'reply' &&
  typeof data.requestId === 'number' &&
  typeof data.ok === 'boolean' &&
  typeof data.message === 'string';

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

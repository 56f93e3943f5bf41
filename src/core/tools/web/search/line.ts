/** The line to one provider: its pace, its back-off, and the rest that it asks for. Lives as long as the program. */
import { failed, ok, type Fault, type Result } from '../../../common/result';
import { Secrets } from '../../../common/secrets';
import type { HttpClient, HttpResponse } from '../../../ports';
import { Turnstile, type Timer } from './pace';
import { cleanText, shortened } from './plainText';
import type { Provider, ProviderRequest, Reply } from './provider';
import { refusalOf } from './refusal';
import { retryAfter } from './retryAfter';

/** Times that a request is sent before the next provider is asked instead. */
const TRIES = 3;
/** Milliseconds that are waited for a provider; if it asks for more, it rests and the next one is asked. */
const LONGEST_WAIT = 5_000;
/** Milliseconds before the second try, doubled for each further one, where the provider names no time. */
const FIRST_WAIT = 1_000;
/** Milliseconds that a provider rests which failed at every try. */
const REST = 60_000;

const MAX_BYTES = 4_000_000;
const USER_AGENT =
  'Memento/0.1 (https://marketplace.visualstudio.com/items?itemName=memento-research.memento)';

/** What passes; a 501 will be one tomorrow. */
const PASSING: ReadonlySet<number> = new Set([429, 500, 502, 503, 504]);

/** One search of one run. */
export interface Caller {
  readonly http: HttpClient;
  readonly signal: AbortSignal;
}

export interface LineParts {
  readonly timer: Timer;
  /** From 0 to 1: spreads the clients of a provider that comes back. */
  readonly random: () => number;
}

interface Rest {
  readonly from: number;
  readonly until: number;
  readonly why: string;
}

export class Line {
  readonly #parts: LineParts;
  readonly #turnstile: Turnstile;
  #rest: Rest | undefined;

  constructor(provider: Pick<Provider, 'pace'>, parts: LineParts) {
    this.#parts = parts;
    this.#turnstile = new Turnstile(provider.pace, parts.timer);
  }

  /** Asks the provider, again where it may help. Faults complete “Tavily …”. Only an abort rejects. */
  async ask(provider: Provider, request: ProviderRequest, caller: Caller): Promise<Result<Reply>> {
    const { signal } = caller;
    for (let failures = 1; ; failures++) {
      const resting = this.#resting();
      if (resting) return resting;
      const sent = await this.#turnstile.run(() => send(provider, request, caller), signal);
      if (!sent.ok) {
        // Another request would hang for as long.
        if (sent.fault.code === 'stalled') this.#restFor(REST, 'it did not answer in time');
        return failed(sent.fault.code, redacted(noReply(sent.fault, provider), provider.secrets));
      }
      const reply = replyOf(sent.value, provider.secrets);
      const refusal = this.#refusal(provider, sent.value, reply);
      if (!refusal) return ok(reply);
      const wait = PASSING.has(reply.status) ? this.#waitAfter(sent.value, failures) : undefined;
      if (wait === undefined) return failed(refusal.code, redacted(refusal.message, provider.secrets));
      await this.#parts.timer.wait(wait, signal);
    }
  }

  #resting() {
    const now = this.#parts.timer.now();
    const rest = this.#rest;
    // Before its beginning too: the clock was set back.
    if (!rest || now < rest.from || now >= rest.until) return undefined;
    return failed('rate-limited', `is left alone until ${moment(rest.until)} because ${rest.why}`);
  }

  /** Milliseconds to wait for another try; undefined: rather ask another provider, this one rests. */
  #waitAfter(response: HttpResponse, failures: number): number | undefined {
    const asked = retryAfter(response.headers, this.#parts.timer.now());
    if (asked !== undefined && asked > LONGEST_WAIT) {
      this.#restFor(asked, 'it asked for that');
      return undefined;
    }
    if (failures >= TRIES) {
      this.#restFor(Math.max(asked ?? 0, REST), `it failed ${TRIES} times in a row`);
      return undefined;
    }
    const full = FIRST_WAIT * 2 ** (failures - 1);
    return asked ?? Math.round(full * (1 - this.#parts.random() / 2));
  }

  #restFor(ms: number, why: string): void {
    const from = this.#parts.timer.now();
    this.#rest = { from, until: from + ms, why };
  }

  #refusal(provider: Provider, response: HttpResponse, reply: Reply) {
    const own = provider.refusal?.(reply);
    if (own) return own;
    if (reply.status < 200 || reply.status > 299) return refusalOf(reply).fault;
    if (provider.xml || reply.json !== undefined) return undefined;
    return notJson(provider, response, reply).fault;
  }
}

function send(
  { timeoutMs, namedBy }: Provider,
  request: ProviderRequest,
  { http, signal }: Caller,
): Promise<Result<HttpResponse>> {
  return http.request({
    ...request,
    // SearXNG's bot detection refuses requests that have no language, or take no HTML.
    headers: {
      accept: 'application/json, text/html;q=0.5',
      'accept-language': 'en',
      'user-agent': USER_AGENT,
      ...request.headers,
    },
    maxBytes: MAX_BYTES,
    timeoutMs,
    namedBy,
    signal,
  });
}

/** Cleared of keys before a sentence of it is cut: half a key would not be found again. */
function replyOf({ status, body }: HttpResponse, secrets: readonly string[]): Reply {
  const text = redacted(new TextDecoder().decode(body), secrets);
  return { status, text, json: parseJson(text) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function notJson(provider: Provider, { url }: HttpResponse, { text }: Reply) {
  const isPage = /^\s*<(?:!doctype|html|head|body|\?xml)\b/i.test(text);
  const elsewhere = url.origin === new URL(provider.endpoint).origin ? '' : ` of ${url.origin}`;
  return failed(
    'bad-reply',
    isPage
      ? `answered with a web page${elsewhere} where JSON was due: a login, a check for robots or a proxy may stand before it`
      : 'answered with something that is no JSON, or only a part of it',
  );
}

function noReply({ code, message }: Fault, { timeoutMs }: Provider): string {
  const because = `(${shortened(cleanText(message), 300).replace(/\.$/, '')})`;
  switch (code) {
    case 'stalled':
      return `did not answer within ${timeoutMs / 1000} s`;
    case 'unreachable':
      return `could not be reached ${because}`;
    case 'denied':
      return `may not be asked ${because}`;
    default:
      return `gave no usable reply ${because}`;
  }
}

/** `2026-03-01 10:42:07 UTC`. */
function moment(at: number): string {
  return `${new Date(Math.min(at, 8.64e15)).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** Servers repeat keys in what they say, and clients the address that they asked. */
export const redacted = (text: string, secrets: readonly string[]): string => new Secrets(secrets).hide(text);

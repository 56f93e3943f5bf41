/** Brings a page: from the cache where that may be, else from its server, politely. */
import { failed, ok, type Fault, type Result } from '../../common/result';
import type { Clock, DiskCache, HttpClient, HttpResponse } from '../../ports';
import { freshUntil } from './freshness';
import { HostQueue } from './hostQueue';
import { faultOfStatus } from './pageFaults';
import { PageStore, type StoredPage } from './pageStore';
import { RobotsGate } from './robotsGate';

export interface WebPage {
  /** After redirects. */
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** When the bytes were read, milliseconds since the epoch. */
  readonly retrievedAt: number;
  /** `network`: just now; `cache`: still fresh; `unchanged`: the server says so; `stale`: it could not be asked. */
  readonly from: 'network' | 'cache' | 'unchanged' | 'stale';
  /** Why an old copy is shown. */
  readonly trouble: string | undefined;
}

export interface RetrieverParts {
  readonly http: HttpClient;
  readonly cache?: DiskCache | undefined;
  readonly clock: Clock;
  ignoreRobots(): readonly string[];
  readonly queue?: HostQueue;
}

const MOST_BYTES = 50_000_000;
const TIMEOUT_MS = 60_000;
/** Between two requests to a host, where it does not ask for more. */
const GAP_MS = 200;

/** What is read, best first: servers that offer a page in several forms send the first that they have. */
const ACCEPT =
  'text/html,application/xhtml+xml,text/markdown;q=0.9,application/pdf;q=0.9,text/plain;q=0.8,application/json;q=0.8,application/xml;q=0.7,*/*;q=0.5';

export class PageRetriever {
  readonly #http: HttpClient;
  readonly #clock: Clock;
  readonly #store: PageStore;
  readonly #robots: RobotsGate;
  readonly #queue: HostQueue;

  constructor(parts: RetrieverParts) {
    this.#http = parts.http;
    this.#clock = parts.clock;
    this.#store = new PageStore(parts.cache);
    this.#robots = new RobotsGate(parts);
    this.#queue = parts.queue ?? new HostQueue(parts);
  }

  /** The page with a status of success; every other one is a fault that says what it means. */
  async retrieve(url: URL, signal: AbortSignal): Promise<Result<WebPage>> {
    const stored = await this.#store.read(url);
    if (stored !== undefined && this.#isFresh(url, stored)) return ok(pageOf(stored, 'cache'));
    const robots = await this.#robots.check(url, signal);
    if (!robots.allowed)
      return isTrouble(robots.fault) ? oldCopy(stored, robots.fault) : failure(robots.fault);
    const gap = Math.max(GAP_MS, robots.crawlDelayMs);
    const ask = (validators: Readonly<Record<string, string>>) =>
      this.#queue.run(url.host, gap, signal, () => this.#request(url, validators, signal));
    let { requestedAt, answer } = await ask(stored === undefined ? {} : validatorsOf(stored));
    if (answer.ok && answer.value.status === 304) {
      const isOurs = stored !== undefined && stored.url === withoutFragment(answer.value.url);
      if (isOurs) return ok(await this.#confirmed(url, stored, answer.value, requestedAt));
      // It confirms what is not here: the whole page, then.
      ({ requestedAt, answer } = await ask({ 'cache-control': 'no-cache' }));
    }
    if (!answer.ok) return isTrouble(answer.fault) ? oldCopy(stored, answer.fault) : answer;
    const fault = faultOfStatus(answer.value, this.#clock.now());
    if (fault !== undefined) return isTrouble(fault) ? oldCopy(stored, fault) : failure(fault);
    const elsewhere = await this.#objectionTo(answer.value.url, url, signal);
    if (elsewhere !== undefined) return failure(elsewhere);
    return ok(await this.#stored(url, answer.value, requestedAt));
  }

  /** What was redirected may be redirected elsewhere by now; of what comes from the future nobody knows the age. */
  #isFresh(url: URL, stored: StoredPage): boolean {
    const now = this.#clock.now();
    return stored.url === withoutFragment(url) && stored.receivedAt <= now && now < freshUntil(stored);
  }

  async #request(url: URL, headers: Readonly<Record<string, string>>, signal: AbortSignal) {
    const requestedAt = this.#clock.now();
    const answer = await this.#http.request({
      url,
      headers: { accept: ACCEPT, 'accept-language': 'en, *;q=0.5', ...headers },
      maxBytes: MOST_BYTES,
      timeoutMs: TIMEOUT_MS,
      signal,
      namedBy: 'model',
    });
    return { requestedAt, answer };
  }

  /** A page that was reached by a redirect has rules of its own. */
  async #objectionTo(reached: URL, asked: URL, signal: AbortSignal): Promise<Fault | undefined> {
    if (withoutFragment(reached) === withoutFragment(asked)) return undefined;
    const robots = await this.#robots.check(reached, signal);
    return robots.allowed ? undefined : robots.fault;
  }

  /** RFC 9111, 4.3.4: the headers of the confirmation replace those that were stored. */
  async #confirmed(
    url: URL,
    stored: StoredPage,
    { headers }: HttpResponse,
    requestedAt: number,
  ): Promise<WebPage> {
    const { 'content-type': _type, 'content-length': _length, ...fresh } = headers;
    const confirmed = {
      ...stored,
      headers: { ...stored.headers, ...fresh },
      requestedAt,
      receivedAt: this.#clock.now(),
    };
    await this.#store.write(url, confirmed);
    return pageOf(confirmed, 'unchanged');
  }

  async #stored(url: URL, response: HttpResponse, requestedAt: number): Promise<WebPage> {
    const now = this.#clock.now();
    const page: StoredPage = {
      url: withoutFragment(response.url),
      headers: { ...response.headers },
      requestedAt,
      receivedAt: now,
      retrievedAt: now,
      body: response.body,
    };
    await this.#store.write(url, page);
    return pageOf(page, 'network');
  }
}

const pageOf = (stored: StoredPage, from: WebPage['from'], trouble?: string): WebPage => ({
  url: new URL(stored.url),
  headers: stored.headers,
  body: stored.body,
  retrievedAt: stored.retrievedAt,
  from,
  trouble,
});

const failure = (fault: Fault): Result<WebPage> => failed(fault.code, fault.message);

/** The server is in trouble, or the way to it, as opposed to what it says of the page. */
const isTrouble = ({ code }: Fault): boolean =>
  ['unreachable', 'stalled', 'server-error', 'rate-limited', 'bad-reply'].includes(code);

/** Shown as what it is, like a page of the browser's history, which RFC 9111 (6) does not bind to its freshness. */
const oldCopy = (stored: StoredPage | undefined, fault: Fault): Result<WebPage> =>
  stored === undefined ? failure(fault) : ok(pageOf(stored, 'stale', fault.message));

/** For a conditional request: RFC 9110, 13.1. */
function validatorsOf({ headers }: StoredPage): Readonly<Record<string, string>> {
  const { etag, 'last-modified': modified } = headers;
  return {
    ...(etag === undefined ? {} : { 'if-none-match': etag }),
    ...(modified === undefined ? {} : { 'if-modified-since': modified }),
  };
}

function withoutFragment(url: URL): string {
  const page = new URL(url);
  page.hash = '';
  return page.href;
}

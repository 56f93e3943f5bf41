import { childController } from '../../core/common/abort';
import { failed, ok, type Failed, type Result } from '../../core/common/result';
import type { HttpClient, HttpRequest, HttpResponse } from '../../core/ports';
import { couldBeAllowed, decideParsedUrl, isAllowed, type UrlRules } from '../../core/tools/web/urlPolicy';
import { errnoOf } from '../errno';
import { AddressGuard, systemResolver, type Resolver } from './addressGuard';
import { ACCEPTED_ENCODINGS, readBody } from './body';
import { exchange, type Incoming } from './exchange';
import { BodyError, BodyLimitError, faultOf } from './faults';
import { basicLogin } from './login';
import { MAX_REDIRECTS, redirectOf, type Hop } from './redirect';
import type { Remedies } from './remedies';
import type { Router } from './route';

export interface HttpClientOptions {
  readonly router: Router;
  readonly remedies: Remedies;
  /** Asked at each request, so that a changed setting counts at once. */
  allowedOrigins(): readonly string[];
  /** Default: `Memento` and what it is; a request's own header comes first. */
  readonly userAgent?: string;
  /** Default: the system's. */
  readonly resolver?: Resolver;
}

export const USER_AGENT = 'Memento/0.1 (research assistant; fetches pages for the person who asked)';

/** Requests under the rules of tools/web/urlPolicy.ts at every hop; addresses are checked where they are connected to. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  return { request: (request) => withinTime(request, options) };
}

async function withinTime(request: HttpRequest, options: HttpClientOptions): Promise<Result<HttpResponse>> {
  const { timeoutMs, signal, maxBytes } = request;
  signal.throwIfAborted();
  const child = childController(signal);
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    child.controller.abort(new DOMException('The time is over.', 'TimeoutError'));
  }, timeoutMs);
  const chain = new Chain(request, options, child.signal);
  try {
    return await chain.follow();
  } catch (error) {
    signal.throwIfAborted();
    if (isLate) return failed('stalled', `${chain.host} did not finish within ${inSeconds(timeoutMs)}.`);
    return faultOf(error, chain.host, maxBytes, options.remedies);
  } finally {
    clearTimeout(timer);
    child.release();
    // Whatever is still open of it.
    child.controller.abort();
  }
}

/** One request and the redirects that it is sent through. */
class Chain {
  /** Of the hop under way, with its port. */
  host: string;
  readonly #request: HttpRequest;
  readonly #options: HttpClientOptions;
  readonly #signal: AbortSignal;
  readonly #rules: UrlRules;

  constructor(request: HttpRequest, options: HttpClientOptions, signal: AbortSignal) {
    this.#request = request;
    this.#options = options;
    this.#signal = signal;
    this.host = request.url.host;
    const own = request.namedBy === 'user' ? [request.url.origin] : [];
    this.#rules = { allowedOrigins: [...options.allowedOrigins(), ...own] };
  }

  async follow(): Promise<Result<HttpResponse>> {
    const { secretHeaders = [] } = this.#request;
    let hop = this.#firstHop();
    let proxy: string | undefined;
    for (let count = 0; count <= MAX_REDIRECTS; count++) {
      const objection = this.#objectionTo(hop.url, count > 0);
      if (objection) return objection;
      this.host = hop.url.host;
      const incoming = await this.#send(hop);
      const { message } = incoming;
      proxy ??= incoming.proxy;
      const { statusCode: status = 0, headers } = message;
      const next = redirectOf(hop, status, headers.location, secretHeaders);
      if (!next) return await this.#response(hop.url, incoming, proxy);
      message.destroy();
      if (!next.ok) return next;
      hop = next.value;
    }
    return failed('bad-reply', `${this.#request.url.host} redirects more than ${MAX_REDIRECTS} times.`);
  }

  #firstHop(): Hop {
    const { url, method = 'GET', headers, body, namedBy } = this.#request;
    const bare = new URL(url);
    // Only a user's own setting may carry them; a model's URL with them is refused as it is.
    const login = namedBy === 'user' ? basicLogin(url) : undefined;
    if (login !== undefined) bare.username = bare.password = '';
    return {
      url: bare,
      method,
      headers: {
        'user-agent': this.#options.userAgent ?? USER_AGENT,
        accept: '*/*',
        'accept-encoding': ACCEPTED_ENCODINGS,
        ...(login === undefined ? {} : { authorization: login }),
        ...headers,
      },
      body,
    };
  }

  /** A person has seen the first URL if there was any doubt about it; nobody has seen another host's. */
  #objectionTo(url: URL, isRedirect: boolean): Failed | undefined {
    const { verdict, reasons } = decideParsedUrl(url, this.#rules);
    const isUnseen = isRedirect && url.hostname !== this.#request.url.hostname;
    if (verdict === 'allow' || (verdict === 'confirm' && !isUnseen)) return undefined;
    const source = isRedirect ? `, to which ${this.#request.url.host} redirects,` : '';
    const remedy =
      verdict === 'block' && couldBeAllowed(url)
        ? ` If it is meant, ${this.#options.remedies.allowOrigin}.`
        : '';
    return failed(
      'denied',
      `${url.host || url.protocol}${source} is not fetched. ${reasons.join(' ')}${remedy}`,
    );
  }

  async #send(hop: Hop): Promise<Incoming> {
    const { router, resolver = systemResolver } = this.#options;
    const route = await router(hop.url, this.#signal);
    const guard = new AddressGuard(resolver, isAllowed(hop.url, this.#rules));
    return exchange({ ...hop, signal: this.#signal }, route, guard);
  }

  async #response(url: URL, { message }: Incoming, proxy: string | undefined): Promise<Result<HttpResponse>> {
    const body = await readBody(message, this.#request).catch((error: unknown) => {
      throw error instanceof BodyLimitError || error instanceof BodyError ? error : brokenBody(error);
    });
    return ok({
      status: message.statusCode ?? 0,
      headers: Object.fromEntries(
        Object.entries(message.headersDistinct).map(([name, values]) => [name, values?.join(', ') ?? '']),
      ),
      url,
      body,
      viaProxy: proxy !== undefined,
      ...(proxy ? { proxy } : {}),
    });
  }
}

function brokenBody(error: unknown): BodyError {
  const isCut = errnoOf(error) === 'ECONNRESET';
  return new BodyError(isCut ? 'it broke off' : 'it does not decompress', { cause: error });
}

const inSeconds = (ms: number): string => `${Math.max(1, Math.round(ms / 1000))} s`;

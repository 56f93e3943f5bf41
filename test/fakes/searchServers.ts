/** Search APIs on the loopback interface: each speaks its own protocol, asks for its key, and can do every fault. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import {
  PAPER_PROVIDERS,
  WEB_PROVIDERS,
  type ProviderName,
} from '../../src/core/tools/web/search/searchResult';
import { PAGES, PAPERS, replyBody, type Page, type PaperRecord } from './searchReplies';

export const PROVIDERS: readonly ProviderName[] = [...WEB_PROVIDERS, ...PAPER_PROVIDERS];

export const FAULTS = [
  '429-seconds',
  '429-date',
  '429-long',
  '429-bare',
  '503',
  '500-html',
  'html',
  'empty',
  'hang',
  'hang-in-body',
  'reset',
  'truncated',
  'wrong-types',
  'wrong-shape',
  'key-refused',
  'paid-out',
  'login',
  'not-found',
  'huge',
] as const;
export type ServerFault = (typeof FAULTS)[number];

export interface SeenRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface SearchServer {
  /** As SearchConfig has it, the address of the instance or of the API. */
  readonly base: string;
  readonly requests: readonly SeenRequest[];
  /** Faults of the next requests, one each; afterwards the server is well. */
  next(...faults: readonly (ServerFault | undefined)[]): void;
  /** The fault of each request from now on. */
  always(fault: ServerFault | undefined): void;
  holds(found: { readonly pages?: readonly Page[]; readonly papers?: readonly PaperRecord[] }): void;
  stop(): Promise<void>;
}

export const KEY = 'sk-loopback-5c1f';

export async function startSearchServer(provider: ProviderName): Promise<SearchServer> {
  const requests: SeenRequest[] = [];
  const queue: (ServerFault | undefined)[] = [];
  let lasting: ServerFault | undefined;
  let pages: readonly Page[] = PAGES;
  let papers: readonly PaperRecord[] = PAPERS;
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://127.0.0.1');
      requests.push({ method: request.method ?? '', url, headers: request.headers, body });
      const fault = queue.length > 0 ? queue.shift() : lasting;
      const good = () => replyBody(provider, fault === 'empty' ? [] : pages, fault === 'empty' ? [] : papers);
      const refusal = refusalOf(provider, {
        method: request.method ?? '',
        url,
        headers: request.headers,
        body,
      });
      if (fault === 'login')
        send(response, 302, '', { location: `http://127.0.0.1:${portOf(portal)}/login` });
      else if (fault !== undefined && fault !== 'empty') misbehave(provider, fault, response, good());
      else if (refusal) send(response, refusal.status, refusal.body, { 'content-type': 'application/json' });
      else send(response, 200, good(), { 'content-type': contentType(provider) });
    });
  });
  const portal = createServer((_, response) => send(response, 200, LOGIN, HTML));
  await Promise.all([server, portal].map(listen));
  return {
    base: `http://127.0.0.1:${portOf(server)}${PATHS[provider]}`,
    requests,
    next: (...faults) => queue.push(...faults),
    always: (fault) => (lasting = fault),
    holds: (found) => {
      pages = found.pages ?? pages;
      papers = found.papers ?? papers;
    },
    stop: async () => {
      await Promise.all([server, portal].map(close));
    },
  };
}

const listen = (server: Server) =>
  new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));

const close = (server: Server) =>
  new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server does not listen.');
  return address.port;
}

const PATHS: Readonly<Record<ProviderName, string>> = {
  searxng: '/searxng/',
  tavily: '',
  brave: '',
  serper: '',
  wikipedia: '',
  arxiv: '/api/query',
  semanticScholar: '/graph/v1',
  openAlex: '',
};

/** Where the API is on its host. */
const ENDPOINTS: Readonly<Record<ProviderName, string>> = {
  searxng: 'GET /searxng/search',
  tavily: 'POST /search',
  brave: 'GET /res/v1/web/search',
  serper: 'POST /search',
  wikipedia: 'GET /w/api.php',
  arxiv: 'GET /api/query',
  semanticScholar: 'GET /graph/v1/paper/search',
  openAlex: 'GET /works',
};

const contentType = (provider: ProviderName) =>
  provider === 'arxiv' ? 'application/atom+xml; charset=utf-8' : 'application/json; charset=utf-8';

interface Refusal {
  readonly status: number;
  readonly body: string;
}

/** What the API itself would not take. */
function refusalOf(provider: ProviderName, { method, url, headers, body }: SeenRequest): Refusal | undefined {
  const known = `${method} ${url.pathname}` === ENDPOINTS[provider];
  const single = provider === 'semanticScholar' && url.pathname.startsWith('/graph/v1/paper/');
  if (!known && !single) return { status: 404, body: '{"error":"no such path"}' };
  const key = {
    tavily: headers.authorization === `Bearer ${KEY}`,
    brave: headers['x-subscription-token'] === KEY,
    serper: headers['x-api-key'] === KEY,
  };
  const needsKey = provider === 'tavily' || provider === 'brave' || provider === 'serper';
  if (needsKey && !key[provider]) return keyRefused(provider);
  // https://foundation.wikimedia.org/wiki/Policy:User-Agent_policy
  if (provider === 'wikipedia' && !/^\w+\/\S+ \(.+\)/.test(headers['user-agent'] ?? '')) {
    return { status: 403, body: 'Please set a user-agent' };
  }
  // The bot detection of SearXNG.
  if (provider === 'searxng' && !(headers['accept-language'] && headers.accept?.includes('text/html'))) {
    return { status: 429, body: 'Too Many Requests' };
  }
  if (provider === 'searxng' && url.searchParams.get('format') !== 'json') return { status: 400, body: '{}' };
  if (provider === 'tavily' && !/"query":".{1,400}"/.test(body))
    return { status: 400, body: '{"detail":"query"}' };
  return undefined;
}

/** As each API says that a key is no good. */
function keyRefused(provider: ProviderName): Refusal {
  switch (provider) {
    case 'tavily':
      return { status: 401, body: '{"detail":{"error":"Unauthorized: missing or invalid API key."}}' };
    case 'brave':
      return {
        status: 422,
        body: JSON.stringify({
          id: '9a1b',
          status: 422,
          type: 'ErrorResponse',
          error: {
            id: '9a1b',
            status: 422,
            code: 'SUBSCRIPTION_TOKEN_INVALID',
            detail: `The provided subscription token is invalid: ${KEY}`,
            meta: { component: 'authentication' },
          },
        }),
      };
    case 'serper':
      return { status: 403, body: '{"message":"Unauthorized.","statusCode":403}' };
    case 'semanticScholar':
      return { status: 403, body: '{"message":"Forbidden"}' };
    case 'searxng':
      // JSON is switched off: Flask's own page.
      return { status: 403, body: '<!doctype html>\n<html lang=en>\n<title>403 Forbidden</title>' };
    case 'wikipedia':
    case 'arxiv':
    case 'openAlex':
      return { status: 401, body: '{"error":"Unauthorized"}' };
  }
}

function paidOut(provider: ProviderName): Refusal {
  switch (provider) {
    case 'tavily':
      return {
        status: 432,
        body: '{"detail":{"error":"This request exceeds your plan\'s set usage limit. Please upgrade your plan."}}',
      };
    case 'serper':
      return { status: 400, body: '{"message":"Not enough credits","statusCode":400}' };
    default:
      return { status: 402, body: '{"message":"Payment required"}' };
  }
}

/** What a portal shows that wants a name and a password first, on another origin. */
const LOGIN = '<!DOCTYPE html><html><head><title>Sign in</title></head><body><form></form></body></html>';

const HTML = { 'content-type': 'text/html; charset=utf-8' };

/** A reply, or what else becomes of the request. */
function misbehave(
  provider: ProviderName,
  fault: Exclude<ServerFault, 'empty' | 'login'>,
  response: ServerResponse,
  good: string,
): void {
  switch (fault) {
    case 'hang':
      break;
    case 'hang-in-body':
      response.writeHead(200, { 'content-type': contentType(provider) });
      response.write(good.slice(0, 20));
      break;
    case 'reset':
      response.destroy();
      break;
    default: {
      const { status, body, headers = {} } = faultyReply(provider, fault, good);
      send(response, status, body, headers);
    }
  }
}

function faultyReply(
  provider: ProviderName,
  fault: Exclude<ServerFault, 'empty' | 'login' | 'hang' | 'hang-in-body' | 'reset'>,
  good: string,
): Refusal & { readonly headers?: Readonly<Record<string, string>> } {
  const headers = { 'content-type': contentType(provider) };
  switch (fault) {
    case '429-seconds':
      return { status: 429, body: '{"message":"Too many requests"}', headers: { 'retry-after': '2' } };
    case '429-date':
      // The virtual clock of the tests shows 10:42.
      return {
        status: 429,
        body: 'Rate exceeded.',
        headers: { 'retry-after': 'Sun, 01 Mar 2026 10:42:03 GMT' },
      };
    case '429-long':
      return { status: 429, body: '{"error":"quota"}', headers: longRest(provider) };
    case '429-bare':
      return { status: 429, body: 'Rate exceeded.' };
    case '503':
      return { status: 503, body: '' };
    case '500-html':
      return { status: 500, body: '<html><body>Internal Server Error</body></html>', headers: HTML };
    case 'html':
      return { status: 200, body: LOGIN, headers: HTML };
    case 'truncated':
      return { status: 200, body: good.slice(0, good.length * 0.7), headers };
    case 'wrong-types':
      return { status: 200, body: wrongTypes(provider), headers };
    case 'wrong-shape':
      return { status: 200, body: provider === 'arxiv' ? '<rss></rss>' : '[]', headers };
    case 'key-refused':
      return keyRefused(provider);
    case 'paid-out':
      return paidOut(provider);
    case 'not-found':
      return { status: 404, body: '<html><body>Not Found</body></html>', headers: HTML };
    case 'huge':
      return { status: 200, body: `{"results":"${'x'.repeat(5_000_000)}"}`, headers };
  }
}

/** Brave tells by window what is left: here nothing of the month. */
const longRest = (provider: ProviderName): Readonly<Record<string, string>> =>
  provider === 'brave'
    ? {
        'x-ratelimit-limit': '1, 2000',
        'x-ratelimit-remaining': '1, 0',
        'x-ratelimit-reset': '1, 3600',
      }
    : { 'retry-after': '3600' };

/** The good shape on the outside, nonsense in the fields. */
function wrongTypes(provider: ProviderName): string {
  const items = [{ url: 7, link: null, title: [], display_name: {} }, 'text', null, 5, [[]]];
  switch (provider) {
    case 'brave':
      return JSON.stringify({ type: 'search', web: { results: items } });
    case 'serper':
      return JSON.stringify({ searchParameters: {}, organic: items });
    case 'wikipedia':
      return JSON.stringify({ query: { search: items } });
    case 'semanticScholar':
      return JSON.stringify({ total: 5, data: items });
    case 'arxiv':
      return '<feed><entry><id/><title/></entry><entry>text</entry></feed>';
    default:
      return JSON.stringify({ results: items });
  }
}

function send(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>>,
): void {
  response.writeHead(status, { 'content-length': Buffer.byteLength(body), ...headers });
  response.end(body);
}

/** One request and the beginning of its reply, over Node's own HTTP; no redirects, no decoding. */
// As whole modules: VS Code replaces their `request`, which a named import would have kept as it was.
import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import type { AddressGuard } from './addressGuard';
import { AddressError, ProxyError } from './faults';
import type { Route } from './route';

/** Bytes of all headers of a reply: long cookies and content policies fit. */
const MAX_HEADERS = 65_536;

export interface Outgoing {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | undefined;
  readonly signal: AbortSignal;
}

export interface Incoming {
  readonly message: IncomingMessage;
  /** Host and port of the proxy that resolved the name, empty where they are unknown; undefined where none did. */
  readonly proxy: string | undefined;
}

/**
 * Resolves with the reply's head; the body is read from `message`, which fails if the signal aborts. Rejects with an
 * error of faults.ts, of the system, or with the signal's reason. With no guard the address is not checked.
 */
export function exchange(
  outgoing: Outgoing,
  route: Route,
  guard: AddressGuard | undefined,
): Promise<Incoming> {
  const { url, body, signal } = outgoing;
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const request = (url.protocol === 'https:' ? https : http).request(optionsOf(outgoing, route, guard));
    let message: IncomingMessage | undefined;
    const abort = () => (message ?? request).destroy(asError(signal.reason));
    signal.addEventListener('abort', abort, { once: true });
    const proxying = watchProxy(request, url, route);
    request.once('socket', (socket) => guard && refuseReused(request, socket, guard));
    // More than one may come: the one after the head has arrived is the body's, and told there.
    request.on('error', (error) => reject(signal.aborted ? asError(signal.reason) : proxying.blame(error)));
    request.once('close', () => {
      signal.removeEventListener('abort', abort);
      reject(closedWithoutReply());
    });
    request.once('response', (incoming) => {
      message = incoming;
      const proxy = proxying.name() ?? nameOfUnknownProxy(incoming.socket, url, guard);
      const refusal = refusalOf(incoming, url, proxy);
      if (refusal === undefined) {
        // Who reads the body hears of its errors; where nobody does yet, they must not end the process.
        incoming.on('error', () => undefined);
        resolve({ message: incoming, proxy });
        return;
      }
      reject(refusal);
      request.destroy();
    });
    request.end(body);
  });
}

function optionsOf({ url, method, headers, body }: Outgoing, route: Route, guard: AddressGuard | undefined) {
  const name = url.hostname.replace(/^\[|\]$/g, '');
  const options: RequestOptions & { servername?: string; secureContext?: Route['secureContext'] } = {
    protocol: url.protocol,
    hostname: name,
    port: url.port === '' ? undefined : Number(url.port),
    path: `${url.pathname}${url.search}`,
    method,
    headers: {
      host: url.host.replace(/\.(?=:|$)/, ''),
      connection: 'close',
      ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
      ...headers,
    },
    maxHeaderSize: MAX_HEADERS,
    ...(guard ? { lookup: guard.lookup } : {}),
    ...(route.agent === undefined ? {} : { agent: route.agent }),
  };
  if (url.protocol !== 'https:') return options;
  if (route.secureContext) options.secureContext = route.secureContext;
  // A certificate names `example.com`, whether or not the URL says `example.com.`.
  if (name.endsWith('.')) options.servername = name.slice(0, -1);
  return options;
}

interface Proxying {
  name(): string | undefined;
  /** The error, or the proxy's fault that it is. */
  blame(error: Error): Error;
}

/**
 * What the agents tell of a proxy in events. Ours emit `proxyConnect` with the reply to CONNECT; an error before
 * that is the proxy's, and so is any where there is no TLS to tell them apart. VS Code's emits `proxy`
 * with the proxy as PAC files write it (`DIRECT`, `PROXY host:port`) and, where it could not be used, the error; what
 * it then throws has no code. https://github.com/microsoft/vscode-proxy-agent, src/agent.ts
 */
function watchProxy(request: ClientRequest, url: URL, route: Route): Proxying {
  let name = route.proxy;
  let failure: unknown;
  let isThrough = route.proxy === undefined;
  request.on('proxyConnect', (reply: { readonly statusCode?: number }) => {
    isThrough = url.protocol === 'https:' && reply.statusCode === 200;
  });
  request.on('proxy', (event: unknown) => {
    if (typeof event !== 'object' || event === null || !('proxy' in event)) return;
    name ??= /^(?!DIRECT)\w+ (?:.*@)?(\S+)$/.exec(String(event.proxy))?.[1];
    if ('error' in event) failure = event.error;
  });
  return {
    name: () => name,
    blame: (error) =>
      isThrough && failure === undefined
        ? error
        : new ProxyError('ERR_PROXY_UNREACHABLE', name, undefined, { cause: failure ?? error }),
  };
}

/** A connection that somebody else left open was not made under our rules: where it leads is checked now. */
function refuseReused(request: ClientRequest, { remoteAddress }: Socket, guard: AddressGuard): void {
  if (!request.reusedSocket) return;
  guard.wasAsked = true;
  if (remoteAddress === undefined || !guard.permits(remoteAddress)) {
    request.destroy(new AddressError(remoteAddress ?? 'unknown'));
  }
}

/** A name that nobody asked us to resolve was resolved by a proxy, whoever set it. */
function nameOfUnknownProxy(
  { remoteAddress, remotePort }: Socket,
  { hostname }: URL,
  guard: AddressGuard | undefined,
): string | undefined {
  const isAddress = hostname.startsWith('[') || /^[\d.]+$/.test(hostname);
  if (!guard || guard.wasAsked || isAddress) return undefined;
  return remoteAddress === undefined ? '' : `${remoteAddress}:${remotePort ?? 0}`;
}

/** What a proxy said in place of the host. For https that is whatever did not come through TLS. */
function refusalOf({ socket, statusCode }: IncomingMessage, url: URL, proxy: string | undefined) {
  const isProxys = url.protocol === 'https:' && !('encrypted' in socket);
  if (statusCode === 407 && (isProxys || proxy !== undefined)) {
    return new ProxyError('ERR_PROXY_AUTHENTICATION', proxy, statusCode);
  }
  return isProxys ? new ProxyError('ERR_PROXY_REFUSED', proxy, statusCode) : undefined;
}

const closedWithoutReply = (): Error =>
  Object.assign(new Error('closed without a reply'), { code: 'ECONNRESET' });

const asError = (reason: unknown): Error =>
  reason instanceof Error ? reason : new DOMException('The request was cancelled.', 'AbortError');

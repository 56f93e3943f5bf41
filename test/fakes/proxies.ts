import type { Server as HttpServer } from 'node:http';
import type { ServerOptions as TlsOptions } from 'node:https';
import { Server, type PrepareRequestFunction } from 'proxy-chain';

export const PROXY_USER = 'ann';
/** Awkward on purpose: people put such passwords into URLs. */
export const PROXY_PASSWORD = 'p@ss:word';

export interface LoopbackProxy {
  /** `127.0.0.1:<port>` */
  readonly host: string;
  /** With user and password. */
  readonly url: string;
  /** Host and port of each request that passed its login. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

export interface LoopbackProxyOptions {
  /** Makes it an https:// proxy. */
  readonly tls?: TlsOptions;
  /** Servers in place of those of public names, for CONNECT. */
  readonly sites?: Readonly<Record<string, HttpServer>>;
}

/**
 * A real proxy on loopback (proxy-chain: CONNECT for https, plain requests for http) that wants a login. Plain requests
 * to the public port it answers itself, with `proxied <URL>`.
 */
export async function startProxy({ tls, sites = {} }: LoopbackProxyOptions = {}): Promise<LoopbackProxy> {
  const asked: string[] = [];
  const prepareRequestFunction: PrepareRequestFunction = ({
    request,
    username,
    password,
    hostname,
    port,
  }) => {
    if (username !== PROXY_USER || password !== PROXY_PASSWORD) return { requestAuthentication: true };
    asked.push(`${hostname}:${port}`);
    const site = sites[hostname];
    return {
      ...(site ? { customConnectServer: site } : {}),
      ...(port === 80 ? { customResponseFunction: () => ({ body: `proxied ${request.url ?? ''}` }) } : {}),
    };
  };
  const place = { host: '127.0.0.1', port: 0, prepareRequestFunction };
  const server = new Server(tls ? { ...place, serverType: 'https', httpsOptions: tls } : place);
  await server.listen();
  const host = `127.0.0.1:${server.port}`;
  return {
    host,
    url: `${tls ? 'https' : 'http'}://${PROXY_USER}:${encodeURIComponent(PROXY_PASSWORD)}@${host}`,
    asked,
    close: () => server.close(true),
  };
}

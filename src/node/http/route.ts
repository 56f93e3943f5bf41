/** How a connection to a URL is made. */
import type { Agent } from 'node:http';
import type { SecureContext } from 'node:tls';
import { ProxyError } from './faults';
import { escapedPercent } from './login';
import { proxyFor, type Environment } from './proxyEnvironment';
import { trustOf } from './certificates';

/** Options of `http.request` and `https.request`. */
export interface Route {
  /** Absent: Node's own, which VS Code replaces by that of the user's proxy settings. */
  readonly agent?: Agent | false;
  readonly secureContext?: SecureContext;
  /** Host and port of the proxy, where one is known. */
  readonly proxy?: string;
}

/** Rejects with a ProxyError. The signal is that of the exchange: it ends a connection that is being made. */
export type Router = (url: URL, signal: AbortSignal) => Promise<Route>;

/**
 * VS Code patches `http.request` and `https.request` so that `http.proxy`, `http.noProxy`, `http.proxyStrictSSL` and the
 * system's certificates count; all it asks is that nobody else chooses an agent.
 */
export const editorRouter: Router = () => Promise.resolve({});

/** The command line's: proxies and certificates as the environment's variables and the system name them. */
export function environmentRouter(env: Environment): Router {
  let trust: Promise<SecureContext> | undefined;
  return async (url, signal) => {
    const proxy = proxyFor(url, env);
    const isSecure = url.protocol === 'https:' || (proxy instanceof URL && proxy.protocol === 'https:');
    const secureContext = isSecure ? await (trust ??= trustOf(env)) : undefined;
    const trusted = secureContext ? { secureContext } : {};
    if (proxy === undefined) return { agent: false, ...trusted };
    const checked = checkedProxy(proxy);
    return { agent: await proxyAgent(url, checked, { signal, ...trusted }), ...trusted, proxy: checked.host };
  };
}

/** Made for one exchange: `signal` ends a proxy's silence, which Node would wait out. */
async function proxyAgent(
  url: URL,
  proxy: URL,
  options: { readonly signal: AbortSignal; readonly secureContext?: SecureContext },
): Promise<Agent> {
  if (url.protocol === 'https:') {
    const { HttpsProxyAgent } = await import('https-proxy-agent');
    return new HttpsProxyAgent(proxy, options);
  }
  const { HttpProxyAgent } = await import('http-proxy-agent');
  return new HttpProxyAgent(proxy, options);
}

function checkedProxy(proxy: URL | string): URL {
  if (typeof proxy === 'string') throw new ProxyError('ERR_PROXY_UNSUPPORTED', undefined);
  const isHttp = proxy.protocol === 'http:' || proxy.protocol === 'https:';
  if (!isHttp) throw new ProxyError('ERR_PROXY_UNSUPPORTED', proxy.host);
  const checked = new URL(proxy);
  // The agents decode both; a `%` that a person typed as it is means itself.
  checked.username = escapedPercent(proxy.username);
  checked.password = escapedPercent(proxy.password);
  return checked;
}

/**
 * The proxy that the environment names for a URL: HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY, in lower case first,
 * as curl reads them. NO_PROXY: names with their subdomains, addresses, CIDR blocks, each perhaps with a port, or `*`.
 */
import { parseUrl } from '../../core/common/url';
import ipaddr from 'ipaddr.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Undefined where there is none; the text as it stands there where it is no URL. */
export function proxyFor(url: URL, env: Environment): URL | string | undefined {
  const text =
    variable(url.protocol === 'https:' ? 'https_proxy' : 'http_proxy', env) ?? variable('all_proxy', env);
  if (text === undefined || isExempt(url, variable('no_proxy', env) ?? '')) return undefined;
  const whole = text.includes('://') ? text : `http://${text}`;
  return parseUrl(whole) ?? text;
}

function variable(name: string, env: Environment): string | undefined {
  const upper = name.toUpperCase();
  // A web server gives its CGI programs the request's `Proxy:` header as HTTP_PROXY (https://httpoxy.org).
  const isForged = upper === 'HTTP_PROXY' && env['REQUEST_METHOD'] !== undefined;
  return env[name]?.trim() || (isForged ? undefined : env[upper]?.trim()) || undefined;
}

function isExempt(url: URL, noProxy: string): boolean {
  const host = bareHost(url.hostname);
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return noProxy
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true;
      const [, name = entry, onlyPort] = /^(\[.*\]|[^:]*):(\d+)$/.exec(entry) ?? [];
      return (onlyPort === undefined || onlyPort === port) && matches(host, bareHost(name));
    });
}

function matches(host: string, entry: string): boolean {
  if (ipaddr.isValid(host)) return entry.includes('/') ? isInBlock(host, entry) : isSameAddress(host, entry);
  const domain = entry.replace(/^\*?\./, '');
  return domain !== '' && (host === domain || host.endsWith(`.${domain}`));
}

function isInBlock(host: string, block: string): boolean {
  if (!ipaddr.isValidCIDR(block)) return false;
  const [network, bits] = ipaddr.parseCIDR(block);
  const address = ipaddr.process(host);
  return address.kind() === network.kind() && address.match(network, bits);
}

const isSameAddress = (host: string, entry: string): boolean =>
  ipaddr.isValid(entry) && ipaddr.process(host).toString() === ipaddr.process(entry).toString();

const bareHost = (text: string): string => text.replace(/^\[|\]$/g, '').replace(/\.$/, '');

/**
 * Which addresses of the web may be reached. A URL is parsed once, by the WHATWG rules, and that object is shown,
 * checked and connected to: two parsers that disagree are how such rules are got around. Names are only judged as
 * names here; the addresses that they resolve to are checked where the connection is made (node/http).
 */
import { parseUrl } from '../../common/url';
import { doubtAbout, objectionTo } from './hostName';
import { isPublicAddress } from './publicAddress';

export type UrlVerdict = 'allow' | 'confirm' | 'block';

export type UrlDecision =
  /** `confirm`: a person should see `url.href`, in which the host is in punycode, and say yes first. */
  | { readonly verdict: 'allow' | 'confirm'; readonly reasons: readonly string[]; readonly url: URL }
  /** `url` is undefined where the text is none. */
  | { readonly verdict: 'block'; readonly reasons: readonly string[]; readonly url: URL | undefined };

export interface UrlRules {
  /** `https://wiki.example:8443`: origins that the user allows, wherever they are. What is no origin counts for nothing. */
  readonly allowedOrigins?: readonly string[];
}

const PORTS = ['', '80', '443'];

/** Total: every text has a decision, and none whose host is, or stands for, a private address is ever allowed. */
export function decideUrl(text: string, rules: UrlRules = {}): UrlDecision {
  const url = parseUrl(text);
  if (!url) return { verdict: 'block', reasons: ['This is no web address.'], url: undefined };
  const decision = decideParsedUrl(url, rules);
  const isAsWritten = isAllowed(decision.url, rules) || isPlainlyWritten(text);
  if (decision.verdict !== 'allow' || isAsWritten) return decision;
  const reasons = [`It is written in an unusual way and leads to ${decision.url.host}.`];
  return { verdict: 'confirm', reasons, url: decision.url };
}

/** The decision on a URL that is already parsed: a redirect's, a search result's. */
export function decideParsedUrl(url: URL, rules: UrlRules = {}): UrlDecision & { readonly url: URL } {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return {
      verdict: 'block',
      reasons: [`Only http and https are fetched, not ${url.protocol.slice(0, -1)}.`],
      url,
    };
  }
  const credentials = hasCredentials(url) ? ['It carries a user name or a password.'] : [];
  if (isAllowed(url, rules))
    return { verdict: credentials.length > 0 ? 'block' : 'allow', reasons: credentials, url };
  const reasons = [...credentials, ...objectionsTo(url)];
  if (reasons.length > 0) return { verdict: 'block', reasons, url };
  const doubt = isAddress(url) ? undefined : doubtAbout(url.hostname);
  return doubt === undefined
    ? { verdict: 'allow', reasons, url }
    : { verdict: 'confirm', reasons: [doubt], url };
}

/** The origin of a web address, as a user names one to be allowed: whatever follows the host and port is not looked at. */
export function parseOrigin(text: string): string | undefined {
  const url = parseUrl(text);
  return url && (url.protocol === 'http:' || url.protocol === 'https:') ? url.origin : undefined;
}

/** Whether the user could allow what is blocked: an origin, not another scheme or a URL with a password. */
export const couldBeAllowed = (url: URL): boolean =>
  parseOrigin(url.href) !== undefined && !hasCredentials(url);

/** True for what the user allows wherever it is: its address needs no check. */
export function isAllowed(url: URL, { allowedOrigins = [] }: UrlRules): boolean {
  return allowedOrigins.some((text) => parseOrigin(text) === url.origin);
}

function objectionsTo(url: URL): readonly string[] {
  const port = PORTS.includes(url.port) ? [] : [`Its port is ${url.port}; only 80 and 443 are public ones.`];
  const host = isAddress(url) ? addressObjection(url) : objectionTo(url.hostname);
  return host === undefined ? port : [host, ...port];
}

function addressObjection({ hostname }: URL): string | undefined {
  const address = hostname.replace(/^\[|\]$/g, '');
  return isPublicAddress(address) ? undefined : `Its address ${address} is not a public one.`;
}

/** WHATWG has made every form of an IPv4 address (octal, hex, one number) dotted decimal; names never end in a number. */
const isAddress = ({ hostname }: URL): boolean =>
  hostname.startsWith('[') || /^\d+\.\d+\.\d+\.\d+$/.test(hostname);

const hasCredentials = (url: URL): boolean => url.username !== '' || url.password !== '';

/**
 * False where other programs, or a person, may read another host: backslashes, missing slashes, escapes, other scripts,
 * line breaks in the part up to the path.
 */
const isPlainlyWritten = (text: string): boolean => /^\s*https?:\/\/[\w.:[\]-]+(?:[/?#]|\s*$)/i.test(text);

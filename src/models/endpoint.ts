/** Where a model server is, and how to speak of it without giving its key away. */
import { parseUrl } from '../core/common/url';
import { failed, ok } from '../core/common/result';
import { Secrets } from '../core/common/secrets';
import type { Result } from '../core/common/result';
import type { SettingNames } from './names';

export type Fetch = typeof globalThis.fetch;

export const OPENAI_BASE_URL = 'https://api.openai.com/v1';

export interface Endpoint {
  /** With no slash at the end, no user, no query. */
  readonly baseUrl: string;
  /** Host and port, as shown. */
  readonly host: string;
  /** Only ever sent to `baseUrl`. */
  readonly apiKey: string | undefined;
  readonly fetch: Fetch;
  readonly names: SettingNames;
  /** Of Azure: the key has a header of its own, and the version stands in each address. */
  readonly azure?: { readonly apiVersion: string | undefined } | undefined;
}

/** The base URL in its plain form; a fault where it is no http(s) URL. A pasted `/chat/completions` is dropped. */
export function parseBaseUrl(text: string | undefined, names: SettingNames): Result<URL> {
  const given = text?.trim() || OPENAI_BASE_URL;
  const url = parseUrl(given);
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.hostname === '') {
    return failed(
      'bad-request',
      `The model server's base URL must begin with http:// or https://, for example http://127.0.0.1:11434/v1: check ${names.baseUrl}.`,
    );
  }
  url.username = url.password = url.search = url.hash = '';
  url.pathname = url.pathname.replace(/\/+$/, '').replace(/\/chat\/completions$/, '');
  return ok(url);
}

export const textOf = (url: URL): string => url.href.replace(/\/+$/, '');

/** True for this machine's own addresses: `localhost`, `*.localhost` (RFC 6761), 127.0.0.0/8 and ::1. */
export function isLoopback(url: URL): boolean {
  const host = url.hostname;
  return /^(?:(?:.+\.)?localhost|127\.\d+\.\d+\.\d+|\[::1\])\.?$/.test(host);
}

/** A hint for base URLs that look as if their path were forgotten. */
export const versionHint = (endpoint: Endpoint): string =>
  endpoint.azure || /\/v\d/.test(new URL(endpoint.baseUrl).pathname) ? '' : ' (it usually ends in /v1)';

/** One line of at most `limit` characters, with the key and whatever looks like one taken out. */
export function safeText(text: string, apiKey: string | undefined, limit = 240): string {
  const safe = new Secrets([apiKey])
    .hide(text)
    .replace(/\bBearer\s+[^\s"']+/gi, 'Bearer [key]')
    .replace(/\b(?:sk|gsk|pk|xai|hf)[-_][\w*.-]{8,}/g, '[key]')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  return safe.length <= limit ? safe : `${safe.slice(0, limit - 1).trimEnd()}…`;
}

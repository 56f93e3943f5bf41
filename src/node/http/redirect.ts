import { parseUrl } from '../../core/common/url';
import { failed, ok, type Result } from '../../core/common/result';

/** A request as it goes to one server. */
export interface Hop {
  readonly url: URL;
  readonly method: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | undefined;
}

export const MAX_REDIRECTS = 10;

const STATUSES: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** Never sent to another origin, whatever the caller says of them. */
const SECRET = ['authorization', 'cookie', 'proxy-authorization'];

/**
 * Where a reply sends the request (RFC 9110, 15.4; Fetch, “HTTP-redirect fetch”), undefined where it is no redirect. To
 * another origin go neither secrets nor a body; https never becomes http.
 */
export function redirectOf(
  hop: Hop,
  status: number,
  location: string | undefined,
  secretHeaders: readonly string[],
): Result<Hop> | undefined {
  if (!STATUSES.has(status) || location === undefined) return undefined;
  const { host } = hop.url;
  const url = targetOf(location, hop.url);
  if (!url) return failed('bad-reply', `${host} redirects to an address that is none.`);
  if (hop.url.protocol === 'https:' && url.protocol === 'http:') {
    return failed('denied', `${host} redirects from https to http, which is not followed.`);
  }
  const toGet = status === 303 || (hop.method === 'POST' && (status === 301 || status === 302));
  const isElsewhere = url.origin !== hop.url.origin;
  if (isElsewhere && !toGet && hop.body !== undefined) {
    return failed('denied', `${host} redirects what was sent to it to ${url.host}, which is not followed.`);
  }
  const dropped = [
    ...(toGet ? ['content-type', 'content-length', 'content-encoding'] : []),
    ...(isElsewhere ? [...SECRET, ...secretHeaders.map((name) => name.toLowerCase())] : []),
  ];
  return ok({
    url,
    method: toGet ? 'GET' : hop.method,
    headers: Object.fromEntries(Object.entries(hop.headers).filter(([name]) => !dropped.includes(name))),
    body: toGet ? undefined : hop.body,
  });
}

/** Browsers read the header's bytes as UTF-8, and keep the fragment if the new address has none. */
function targetOf(location: string, base: URL): URL | undefined {
  const text = Buffer.from(location, 'latin1').toString('utf8');
  const url = parseUrl(text, base);
  if (url?.hash === '') url.hash = base.hash;
  return url;
}

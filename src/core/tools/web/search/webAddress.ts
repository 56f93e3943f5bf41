/** Addresses of results: one form for one page. RFC 3986 §6.2 for what is equivalent in every URL. */
import { parseUrl } from '../../../common/url';

/** Longer ones are no address that a person could cite. */
const LONGEST = 4_096;

/** Parameters that tell a site where its visitor came from and that change nothing of the page. */
const TRACKING =
  /^(?:utm_\w+|gclid|gclsrc|dclid|gbraid|wbraid|srsltid|fbclid|msclkid|twclid|ttclid|yclid|ysclid|igshid|igsh|li_fat_id|mc_cid|mc_eid|mkt_tok|vero_id|oly_anon_id|oly_enc_id|_hsenc|_hsmi|hsctatracking|_openstat|wickedid|rb_clickid|_ga|_gl|guccounter|guce_referrer|guce_referrer_sig|at_medium|at_campaign)$/i;

/** RFC 3986 §2.3: percent-encoding these says nothing. */
const UNRESERVED = /^[\w.~-]$/;

/**
 * The address in one form, or undefined where it is none that may be shown: only http and https pass. Tracking
 * parameters, the fragment (except a text fragment and a hash route, which choose what is shown), credentials, default
 * ports and an empty query are dropped, percent-encodings are written one way, Wikipedia's mobile host becomes its desktop
 * one. Path and the other parameters stay as they are. Idempotent.
 */
export function normalizeAddress(address: string): string | undefined {
  const trimmed = address.trim();
  const url = trimmed.length <= LONGEST && /^https?:/i.test(trimmed) ? parseUrl(trimmed) : undefined;
  if (!url || url.hostname === '') return undefined;
  url.username = url.password = '';
  url.hostname = desktopHost(url.hostname);
  url.pathname = oneEncoding(url.pathname);
  url.search = withoutTracking(oneEncoding(url.search));
  if (!keepsFragment(url.hash)) url.hash = '';
  return url.href;
}

/**
 * Two results with one key are one page: http and https, a slash at the end, or a text fragment make no other page of
 * it. Only for comparing: what is opened and cited keeps them.
 */
export function addressKey(normalized: string): string {
  const withoutScheme = normalized.replace(/^https?:/, '').replace(/#?:~:.*$/, '');
  const path = /^[^?#]*/.exec(withoutScheme)?.[0] ?? '';
  return path.replace(/\/+$/, '') + withoutScheme.slice(path.length);
}

/** `en.m.wikipedia.org` is `en.wikipedia.org` for small screens, and so for its sister projects. */
const desktopHost = (host: string): string =>
  host.replace(
    /^([\w-]+)\.m\.(?=wiki(?:pedia|books|news|quote|source|versity|voyage|data)\.org$|wiktionary\.org$)/,
    '$1.',
  );

/** §6.2.2.1 and §6.2.2.2: hex digits in upper case, unreserved characters decoded. */
const oneEncoding = (part: string): string =>
  part.replace(/%[0-9a-f]{2}/gi, (escape) => {
    const character = String.fromCharCode(Number.parseInt(escape.slice(1), 16));
    return UNRESERVED.test(character) ? character : escape.toUpperCase();
  });

/** Byte for byte otherwise: order, repeated and empty parameters mean something to some servers. */
function withoutTracking(search: string): string {
  if (search === '') return '';
  const parameters = search.slice(1).split('&');
  const kept = parameters.filter((parameter) => !TRACKING.test(parameter.split('=', 1)[0] ?? ''));
  return kept.length === parameters.length ? search : kept.join('&');
}

/** `#:~:text=…` (also after an element's id) and `#/route`, `#!route`. */
const keepsFragment = (hash: string): boolean => hash.includes(':~:') || /^#[/!]/.test(hash);

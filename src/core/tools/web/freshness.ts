/** How long a stored page may be used without asking its server: RFC 9111 for a cache of one user. Times in milliseconds. */

export interface ResponseTimes {
  readonly headers: Readonly<Record<string, string>>;
  /** When the request went out, and when its answer came, milliseconds since the epoch. */
  readonly requestedAt: number;
  readonly receivedAt: number;
}

/** Without a word from the server: a tenth of its age, as RFC 9111, 4.2.2 suggests, within these bounds. */
const LEAST_HEURISTIC = 5 * 60_000;
const MOST_HEURISTIC = 60 * 60_000;

type Directives = ReadonlyMap<string, string>;

/** `max-age=60, private` as a map; names in lower case, the first of each counts. */
export function cacheControl(headers: Readonly<Record<string, string>>): Directives {
  const found = new Map<string, string>();
  const directive = /([\w-]+)\s*(?:=\s*(?:"([^"]*)"|([^\s,;]*)))?/g;
  for (const [, name = '', quoted, plain] of (headers['cache-control'] ?? '').matchAll(directive)) {
    const key = name.toLowerCase();
    if (!found.has(key)) found.set(key, quoted ?? plain ?? '');
  }
  return found;
}

/** `private` is no obstacle, as nobody else uses this cache; `no-store` is. */
export const mayStore = (headers: Readonly<Record<string, string>>): boolean =>
  !cacheControl(headers).has('no-store');

/** Until when the answer needs no word from its server; not after `receivedAt` where it does at once. */
export function freshUntil(times: ResponseTimes): number {
  const { headers, receivedAt } = times;
  const directives = cacheControl(headers);
  if (directives.has('no-cache') || headers['vary']?.trim() === '*') return receivedAt;
  if (directives.size === 0 && /\bno-cache\b/i.test(headers['pragma'] ?? '')) return receivedAt;
  return receivedAt + lifetime(times, directives) - ageOnArrival(times);
}

/** RFC 9111, 4.2.1. `s-maxage` is for caches that many share. */
function lifetime({ headers, receivedAt }: ResponseTimes, directives: Directives): number {
  const maxAge = directives.get('max-age');
  if (maxAge !== undefined) return seconds(maxAge) ?? 0;
  const date = dateOf(headers['date']) ?? receivedAt;
  // What is no date, `0` above all, is long past.
  if (headers['expires'] !== undefined) return Math.max(0, (dateOf(headers['expires']) ?? 0) - date);
  const modified = dateOf(headers['last-modified']);
  const tenth = modified === undefined ? 0 : (date - modified) / 10;
  return Math.min(MOST_HEURISTIC, Math.max(LEAST_HEURISTIC, tenth));
}

/** RFC 9111, 4.2.3. */
function ageOnArrival({ headers, requestedAt, receivedAt }: ResponseTimes): number {
  const apparent = Math.max(0, receivedAt - (dateOf(headers['date']) ?? receivedAt));
  return Math.max(apparent, (seconds(headers['age'] ?? '') ?? 0) + (receivedAt - requestedAt));
}

const seconds = (text: string): number | undefined =>
  /^\d+$/.test(text.trim()) ? Math.min(Number(text), 2 ** 31) * 1_000 : undefined;

function dateOf(text: string | undefined): number | undefined {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? undefined : time;
}

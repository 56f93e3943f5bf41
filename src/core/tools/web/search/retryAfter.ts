/** When a provider wants to be asked again. */
import { retryAfterMs } from '../../../common/retryAfter';

/**
 * Milliseconds that a reply asks to wait: `Retry-After`, else Brave's
 * `X-RateLimit-Reset`, seconds for each window, of those of which nothing is left. `headers` have lower-case names.
 */
export function retryAfter(headers: Readonly<Record<string, string>>, now: number): number | undefined {
  const asked = retryAfterMs(headers['retry-after'], now);
  if (asked !== undefined) return asked;
  const resets = numbers(headers['x-ratelimit-reset']);
  const left = numbers(headers['x-ratelimit-remaining']);
  const waits = resets.filter((seconds, window) => left[window] === 0 && seconds < YEAR_SECONDS);
  return waits.length > 0 ? Math.max(...waits) * 1000 : undefined;
}

/** More is no span but a time of day since the epoch, as other servers write this header. */
const YEAR_SECONDS = 366 * 86_400;

const numbers = (header = ''): readonly number[] =>
  header
    .split(',')
    .map((part) => part.trim())
    .filter((part) => /^\d+$/.test(part))
    .map(Number);

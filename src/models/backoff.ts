/** When to try again after a server was too busy or failed. */
import { retryAfterMs } from '../core/common/retryAfter';
import { complaintOf, isDefinite } from './complaints';
import type { Refusal } from './exchange';
import { serverMessage } from './serverMessage';
import type { Trouble } from './trouble';

/** Milliseconds that we choose to wait at most, where the server names no time. */
export const MAX_BACKOFF_MS = 60_000;
/** Milliseconds that a server may ask us to wait; if it asks for more, the run ends and says so. */
export const MAX_ASKED_MS = 300_000;

/** Connections that break before the answer, most often because a kept-alive one had just been closed. */
const BROKEN_CONNECTION = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

/** Whether the same request may succeed a little later. Nothing is sent again once text has arrived. */
export function isTransient(trouble: Trouble): boolean {
  switch (trouble.kind) {
    case 'refused':
      return isTransientRefusal(trouble.refusal);
    case 'error-event':
      return (
        !trouble.started &&
        /\b(?:429|5\d\d|rate_limit\w*|overloaded\w*|server_error)\b/.test(codesOf(trouble.body))
      );
    case 'network':
      return trouble.code !== undefined && BROKEN_CONNECTION.has(trouble.code);
    case 'stalled':
    case 'cut':
    case 'web-page':
    case 'malformed':
    case 'filtered':
      return false;
  }
}

const codesOf = (body: string): string => serverMessage(body).codes;

function isTransientRefusal(refusal: Refusal): boolean {
  const { status, headers, body } = refusal;
  // Not standard, but OpenAI's servers send it and its SDKs obey.
  const told = headers.get('x-should-retry');
  if (told === 'true' || told === 'false') return told === 'true';
  if (status === 429) return !isOutOfCredit(body);
  const complaint = complaintOf({ kind: 'refused', refusal });
  if (complaint && isDefinite(complaint)) return false;
  return status === 408 || status === 409 || (status >= 500 && status !== 501 && status !== 505);
}

/** A 429 that no waiting mends: OpenAI's `insufficient_quota`. */
export const isOutOfCredit = (body: string): boolean =>
  /\b(?:insufficient_quota|billing_hard_limit_reached)\b/.test(codesOf(body));

/** Milliseconds that the server asks to wait: `retry-after-ms` (Azure), else `Retry-After`. */
export function askedWait(headers: Headers, now: number): number | undefined {
  const ms = headers.get('retry-after-ms')?.trim();
  if (ms && /^\d+(?:\.\d+)?$/.test(ms)) return Number(ms);
  return retryAfterMs(headers.get('retry-after'), now);
}

/** 1 s, 2 s, 4 s … for the first, second, third try that failed, up to a quarter less so that clients spread out. */
export function backoff(failures: number): number {
  const full = Math.min(1000 * 2 ** (failures - 1), MAX_BACKOFF_MS);
  return Math.round(full * (1 - Math.random() * 0.25));
}

export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

/** Resolves after `ms`, or as soon as `signal` aborts. */
export const sleep: Sleep = (ms, signal) =>
  new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
  });

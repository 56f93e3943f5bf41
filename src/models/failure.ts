/** Turns what the SDK, fetch or the system threw into a Trouble. */
import { APIError } from 'openai';
import type { Exchange } from './exchange';
import type { Trouble } from './trouble';

/** `answering`: the reply had begun to arrive; `started`: some of its text had. */
export function troubleOf(error: unknown, exchange: Exchange, answering: boolean, started = false): Trouble {
  const afterMs = exchange.stalledAfter();
  if (afterMs !== undefined) return { kind: 'stalled', afterMs };
  const refusal = exchange.refusal();
  if (refusal && refusal.status > 0) return { kind: 'refused', refusal };
  const event: unknown = error instanceof APIError ? error.error : undefined;
  if (event !== undefined) return { kind: 'error-event', body: JSON.stringify({ error: event }), started };
  if (error instanceof SyntaxError) return { kind: 'malformed' };
  return answering ? { kind: 'cut' } : { kind: 'network', ...systemError(error) };
}

/** The `code` of an error or of what caused it, e.g. ECONNREFUSED; the proxy, where the error names one. */
function systemError(error: unknown): { readonly code: string | undefined; readonly proxy?: string } {
  let cause = error;
  for (let depth = 0; depth < 6 && cause instanceof Error; depth++) {
    if ('code' in cause && typeof cause.code === 'string') {
      const { code } = cause;
      return 'proxy' in cause && typeof cause.proxy === 'string' ? { code, proxy: cause.proxy } : { code };
    }
    cause = cause.cause;
  }
  return { code: undefined };
}

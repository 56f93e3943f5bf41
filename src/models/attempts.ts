/** A request to a model server, sent again where waiting helps; what cannot be mended is said in one sentence. */
import { ok, type Failed, type Ok } from '../core/common/result';
import type { ChatOptions } from '../core/ports';
import { askedWait, backoff, isTransient, MAX_ASKED_MS } from './backoff';
import type { Sleep } from './backoff';
import type { Endpoint } from './endpoint';
import { abortError } from '../core/common/abort';
import { explain, waitReason, type FaultContext } from './faults';
import type { Trouble } from './trouble';

export interface Attempts<T extends object> {
  readonly endpoint: Endpoint;
  readonly about: Pick<FaultContext, 'model' | 'hasTools' | 'hasImages' | 'service'>;
  readonly maxRetries: number;
  /** Milliseconds since the epoch. */
  now(): number;
  readonly sleep: Sleep;
  readonly options: Pick<ChatOptions, 'signal' | 'onWaiting'>;
  send(): Promise<T | Trouble>;
  /** True where the request can do without what the server does not know: it is sent again at once. */
  simplify(trouble: Trouble): boolean;
}

/** Rejects with an AbortError once the signal aborts. */
export async function attempt<T extends object>(attempts: Attempts<T>): Promise<Ok<T> | Failed> {
  const { endpoint, options, maxRetries } = attempts;
  const { signal } = options;
  for (let failures = 0; ;) {
    const reply = await attempts.send();
    if (!isTrouble(reply)) return ok(reply);
    if (attempts.simplify(reply)) continue;

    failures++;
    const asked = reply.kind === 'refused' ? askedWait(reply.refusal.headers, attempts.now()) : undefined;
    const wait = asked ?? backoff(failures);
    if (!isTransient(reply) || failures > maxRetries || wait > MAX_ASKED_MS) {
      return explain(reply, { ...attempts.about, endpoint, tries: failures, asked, signal });
    }
    options.onWaiting?.(attempts.now() + wait, waitReason(reply, endpoint));
    await attempts.sleep(wait, signal);
    if (signal.aborted) throw abortError(signal);
  }
}

const isTrouble = (reply: object): reply is Trouble => 'kind' in reply;

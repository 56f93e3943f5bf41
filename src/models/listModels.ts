/** The models that a server offers (OpenAI API reference: “List models”). */
import * as z from 'zod';
import { abortError, isAbortError } from '../core/common/abort';
import { createClient } from './client';
import type { Endpoint } from './endpoint';
import { openExchange } from './exchange';
import { troubleOf } from './failure';
import type { Trouble } from './trouble';

const pageSchema = z.object({ data: z.array(z.object({ id: z.string() }).nullable().catch(null)) });
/** What OpenAI lists beside chat models. */
const NOT_FOR_CHAT =
  /embed|whisper|\btts\b|dall-e|image|moderation|transcribe|realtime|audio|sora|babbage|davinci|rerank/i;

export type Listing =
  | { readonly ok: true; readonly models: readonly string[] }
  | { readonly ok: false; readonly trouble: Trouble };

/** Rejects with an AbortError when `signal` aborts. `limitMs`: how long to wait for the list. */
export async function listModels(endpoint: Endpoint, signal: AbortSignal, limitMs: number): Promise<Listing> {
  const exchange = openExchange(endpoint, signal, { startMs: limitMs, idleMs: limitMs });
  try {
    // The raw response: SDK pages assume a well-formed list.
    const response = await createClient(endpoint, exchange.fetch)
      .models.list({ signal: exchange.signal })
      .asResponse();
    if (response.headers.get('content-type')?.includes('text/html')) {
      return { ok: false, trouble: { kind: 'web-page' } };
    }
    const page = pageSchema.safeParse(await response.json());
    if (!page.success) return { ok: false, trouble: { kind: 'malformed' } };
    const ids = page.data.data.flatMap((model) => (model ? [model.id] : []));
    const forChat = ids.filter((id) => !NOT_FOR_CHAT.test(id));
    return { ok: true, models: forChat.length > 0 ? forChat : ids };
  } catch (error) {
    if (signal.aborted) throw abortError(signal);
    if (isAbortError(error) && exchange.stalledAfter() === undefined) throw error;
    return { ok: false, trouble: troubleOf(error, exchange, false) };
  } finally {
    exchange.close();
  }
}

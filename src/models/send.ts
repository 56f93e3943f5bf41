/** Sends one request and reads its streamed reply. */
import type { ChatCompletionCreateParamsStreaming } from 'openai/resources/chat/completions';
import type { ChatOptions, ChatReply } from '../core/ports';
import { createClient } from './client';
import type { Endpoint } from './endpoint';
import { openExchange } from './exchange';
import type { Exchange, Patience } from './exchange';
import { abortError } from '../core/common/abort';
import { troubleOf } from './failure';
import { ReplyBuilder } from './reply';
import type { Trouble } from './trouble';

/** Milliseconds to wait for the usage and the end of the stream after the finish reason. */
const AFTER_FINISH_MS = 3_000;

/** Rejects with an AbortError if `chat.signal` aborts; everything else that goes wrong is a Trouble. */
export async function send(
  endpoint: Endpoint,
  body: ChatCompletionCreateParamsStreaming,
  patience: Patience,
  newId: () => string,
  chat: ChatOptions,
): Promise<ChatReply | Trouble> {
  const exchange = openExchange(endpoint, chat.signal, patience);
  const bugs: unknown[] = [];
  const builder = new ReplyBuilder(newId, (delta) => {
    try {
      chat.onText?.(delta);
    } catch (error) {
      bugs.push(error);
      throw error;
    }
  });
  let answering = false;
  try {
    const request = createClient(endpoint, exchange.fetch).chat.completions.create(body, {
      signal: exchange.signal,
    });
    const { data: stream, response } = await request.withResponse();
    answering = true;
    const type = response.headers.get('content-type') ?? '';
    if (type.includes('text/html')) return { kind: 'web-page' };
    if (type.includes('application/json')) return await readWhole(response, builder, chat.signal);
    for await (const chunk of stream) {
      builder.add(chunk);
      if (builder.finished) exchange.hurry(AFTER_FINISH_MS);
    }
    // The SDK ends the loop quietly where the exchange was aborted.
    return ended(builder, exchange, chat.signal) ?? builder.result();
  } catch (error) {
    // What a listener throws is a bug and no fault of the server.
    if (bugs.length > 0) throw bugs[0];
    // After the finish reason the reply is whole, however the connection ends.
    const trouble = troubleOf(error, exchange, answering, builder.started);
    if (trouble.kind === 'error-event') return trouble;
    return ended(builder, exchange, chat.signal) ?? (builder.finished ? builder.result() : trouble);
  } finally {
    exchange.close();
  }
}

function ended(builder: ReplyBuilder, exchange: Exchange, signal: AbortSignal): Trouble | undefined {
  if (signal.aborted) throw abortError(signal);
  const afterMs = exchange.stalledAfter();
  return afterMs === undefined || builder.finished ? undefined : { kind: 'stalled', afterMs };
}

/** A server that doesn't stream: the completion, or an error, as one JSON object. */
async function readWhole(
  response: Response,
  builder: ReplyBuilder,
  signal: AbortSignal,
): Promise<ChatReply | Trouble> {
  const data: unknown = await response.json();
  if (signal.aborted) throw abortError(signal);
  if (typeof data === 'object' && data !== null && 'error' in data && data.error) {
    return { kind: 'error-event', body: JSON.stringify(data), started: false };
  }
  builder.add(data);
  return builder.finished ? builder.result() : { kind: 'malformed' };
}

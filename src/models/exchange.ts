/**
 * One HTTP exchange with a model server, as the SDK's `fetch`: watched for stalls, kept to its origin, and with the
 * text of a refusal kept (the SDK drops bodies that are not in OpenAI's form).
 */
import { childController } from '../core/common/abort';
import type { Endpoint, Fetch } from './endpoint';

export interface Patience {
  /** Milliseconds until the first byte of the reply: loading a model and reading a long prompt take their time. */
  readonly startMs: number;
  /** Milliseconds between bytes; a comment that keeps the connection alive counts. */
  readonly idleMs: number;
}

/** What the server said instead of a reply. */
export interface Refusal {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

export interface Exchange {
  readonly fetch: Fetch;
  readonly signal: AbortSignal;
  /** Milliseconds of silence after which the exchange was given up, undefined while it wasn't. */
  stalledAfter(): number | undefined;
  refusal(): Refusal | undefined;
  /** From now on wait only `ms` for more. */
  hurry(ms: number): void;
  /** Call it in a `finally`. */
  close(): void;
}

/** Characters of a refusal that are read. */
const REFUSAL_LIMIT = 65_536;

export function openExchange(endpoint: Endpoint, parent: AbortSignal, patience: Patience): Exchange {
  const child = childController(parent);
  let limit = patience.startMs;
  let refusal: Refusal | undefined;
  let stalledAfter: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const alive = (next: number) => {
    clearTimeout(timer);
    limit = next;
    timer = setTimeout(() => {
      stalledAfter = limit;
      child.controller.abort();
    }, limit);
  };
  const onBytes = () => alive(Math.min(limit, patience.idleMs));

  const watchedFetch: Fetch = async (input, init) => {
    alive(patience.startMs);
    const response = await endpoint.fetch(input, {
      ...init,
      headers: headersFor(endpoint, init),
      redirect: 'manual',
    });
    if (response.ok && response.body) {
      const { status, headers } = response;
      return new Response(response.body.pipeThrough(watcher(onBytes)), { status, headers });
    }
    refusal = { status: response.status, headers: response.headers, body: await readSome(response, onBytes) };
    return response;
  };
  return {
    fetch: watchedFetch,
    signal: child.signal,
    stalledAfter: () => stalledAfter,
    refusal: () => refusal,
    hurry: (ms) => alive(Math.min(limit, ms)),
    close: () => {
      clearTimeout(timer);
      child.release();
      child.controller.abort();
    },
  };
}

/**
 * The headers that are needed and no others: the SDK adds some that describe the machine, and whatever the variable
 * OPENAI_CUSTOM_HEADERS holds.
 */
function headersFor(endpoint: Endpoint, init: RequestInit | undefined): Record<string, string> {
  const isForm = init?.body instanceof FormData;
  const sendsJson = init?.method === 'POST' && !isForm;
  return {
    accept: sendsJson ? 'text/event-stream, application/json' : 'application/json',
    'user-agent': 'Memento',
    ...(sendsJson ? { 'content-type': 'application/json' } : {}),
    ...keyHeader(endpoint),
  };
}

function keyHeader({ apiKey, azure }: Endpoint): Record<string, string> {
  if (!apiKey) return {};
  return azure ? { 'api-key': apiKey } : { authorization: `Bearer ${apiKey}` };
}

function watcher(onBytes: () => void): TransformStream<Uint8Array, Uint8Array> {
  return new TransformStream<Uint8Array, Uint8Array>({
    transform: (chunk, controller) => {
      onBytes();
      controller.enqueue(chunk);
    },
  });
}

async function readSome(response: Response, onBytes: () => void): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body?.pipeThrough(watcher(onBytes)) ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length >= REFUSAL_LIMIT) break;
  }
  return text + decoder.decode();
}

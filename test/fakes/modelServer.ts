/**
 * A model server on loopback: OpenAI chat completions with scripted replies, over real sockets.
 *
 *   const server = await startModelServer({
 *     replies: [
 *       { toolCalls: [{ name: 'read_file', arguments: { path: 'a.md' } }] },
 *       { text: 'It is 42.', usage: { inputTokens: 12, outputTokens: 5 } },
 *     ],
 *   });
 *   server.url;       // http://127.0.0.1:<port>/v1, a base URL; no key is needed
 *   server.requests;  // what was asked, in order
 *   await server.close();
 *
 * Replies are used in order. One with `when` is only used for a request that it accepts, and comes before those
 * without; with `always` it is not used up. A function in place of the list answers each request. What no reply is
 * left for gets status 400 and is counted in `unexpected`.
 *
 * Faults, each in place of a reply: `{ status: 429, headers: { 'retry-after': '2' } }`, `{ raw: '<html>…',
 * contentType: 'text/html' }`; or on a reply: `finish: null` (ends with no finish reason), `failAfter` (an `error`
 * object in the stream), `cut` (hangs or closes at a byte), `wire` (how its bytes are put on the wire).
 */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { parseChatBody, rejectionOf } from './modelRequests';
import type { Feature, ModelRequest } from './modelRequests';
import { parseSpeech, type SpeechRequest } from './speechRequests';
import { completionOf, delay, eventsOf, piecesOf, plainWire } from './modelWire';
import type { Cut, ModelReply, Wire } from './modelWire';

export type { ChatBody, Feature, ModelRequest } from './modelRequests';
export type { SpeechRequest } from './speechRequests';
export type { Cut, ModelReply, ScriptedCall, Wire } from './modelWire';

/** An HTTP error. `body`: an object is sent as JSON; default is an OpenAI-like error of that status. */
export interface ModelError {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | object;
  readonly cut?: Cut;
}

/** Any bytes with status 200. */
export interface RawReply {
  readonly raw: string | Uint8Array;
  /** Default `text/event-stream`. */
  readonly contentType?: string;
  readonly wire?: Partial<Wire>;
  readonly cut?: Cut;
}

export type ScriptedReply = ModelReply | ModelError | RawReply;
export type ScriptEntry = ScriptedReply & {
  readonly when?: (request: ModelRequest) => boolean;
  readonly always?: boolean;
};
export type ReplyFunction = (request: ModelRequest, index: number) => ScriptedReply | Promise<ScriptedReply>;

export interface ModelServerOptions {
  readonly replies?: readonly ScriptEntry[] | ReplyFunction;
  /** Of `GET /v1/models`; default `['test-model']`; `'none'` answers 404. */
  readonly models?: readonly string[] | 'none';
  /** Refuse (401) what does not carry `Authorization: Bearer <key>`. */
  readonly requireKey?: string;
  /** Answer 400 to requests that use these. */
  readonly rejects?: readonly Feature[];
  /** The rejection in the words of another server. */
  readonly rejection?: (feature: Feature) => { readonly status: number; readonly body: string | object };
  /** How replies are put on the wire, where they don't say themselves. */
  readonly wire?: Partial<Wire>;
  /** Answers `POST /v1/audio/transcriptions`: with JSON, or an error, or bytes. Default 404. */
  readonly speech?: (request: SpeechRequest, index: number) => object | ModelError | RawReply;
}

export interface ModelServer {
  /** The base URL, `http://127.0.0.1:<port>/v1`. */
  readonly url: string;
  readonly port: number;
  /** Chat requests so far, rejected ones included. */
  readonly requests: readonly ModelRequest[];
  /** Requests for transcriptions so far. */
  readonly speech: readonly SpeechRequest[];
  /** Requests to other paths, e.g. `GET /v1/models`. */
  readonly others: readonly string[];
  /** How many requests no reply was left for. */
  readonly unexpected: number;
  /** Replies of the list that were not used. */
  readonly remaining: number;
  /** Adds to the end of the script (not for a reply function). */
  push(...replies: ScriptEntry[]): void;
  /** Takes the place of what is left of the script: the replies of one test, at its second try too. */
  startScript(...replies: ScriptEntry[]): void;
  /** Resolves once `count` chat requests have arrived. */
  received(count: number): Promise<void>;
  /** Ends open connections too. */
  close(): Promise<void>;
}

export async function startModelServer(options: ModelServerOptions = {}): Promise<ModelServer> {
  const requests: ModelRequest[] = [];
  const others: string[] = [];
  const speech: SpeechRequest[] = [];
  const script: ScriptEntry[] = typeof options.replies === 'function' ? [] : [...(options.replies ?? [])];
  const waiting = new Set<() => void>();
  const sockets = new Set<Socket>();
  let unexpected = 0;

  async function replyFor(request: ModelRequest): Promise<ScriptedReply> {
    if (typeof options.replies === 'function') return options.replies(request, requests.length - 1);
    const entry = script.find(({ when }) => when?.(request)) ?? script.find(({ when }) => when === undefined);
    if (!entry) {
      unexpected++;
      return errorOf(400, `The script has no reply for request ${requests.length}.`);
    }
    if (!entry.always) script.splice(script.indexOf(entry), 1);
    return entry;
  }

  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bytesOf(incoming);
    const { method = '', url = '' } = incoming;
    const isChat = method === 'POST' && url === '/v1/chat/completions';
    const isSpeech = method === 'POST' && url === '/v1/audio/transcriptions';
    if (isSpeech) speech.push(parseSpeech(body, incoming.headers));
    else if (isChat) {
      const request = parseChatBody(body.toString('utf8'), incoming.headers);
      requests.push(request);
      response.on('close', () => {
        request.closedEarly = !response.writableFinished;
      });
      for (const check of waiting) check();
    } else others.push(`${method} ${url}`);

    if (
      options.requireKey !== undefined &&
      incoming.headers.authorization !== `Bearer ${options.requireKey}`
    ) {
      const given = incoming.headers.authorization ?? 'none';
      sendError(response, errorOf(401, `Incorrect API key provided: ${given}.`));
      return;
    }
    if (isChat) {
      const request = requests.at(-1);
      if (request) await answerChat(request, response);
      return;
    }
    const heard = isSpeech ? speech.at(-1) : undefined;
    if (heard && options.speech) return answerSpeech(options.speech(heard, speech.length - 1), response);
    const models = options.models ?? ['test-model'];
    if (method === 'GET' && url === '/v1/models' && models !== 'none') {
      sendJson(response, 200, { object: 'list', data: models.map((id) => ({ id, object: 'model' })) });
      return;
    }
    sendError(response, { status: 404, body: '404 page not found' });
  }

  async function answerSpeech(reply: object, response: ServerResponse): Promise<void> {
    if (isError(reply)) sendError(response, reply);
    else if (isRaw(reply)) {
      const bytes = typeof reply.raw === 'string' ? Buffer.from(reply.raw) : reply.raw;
      await sendBytes(response, reply.contentType ?? 'text/plain', [bytes], plainWire, reply.cut);
    } else sendJson(response, 200, reply);
  }

  async function answerChat(request: ModelRequest, response: ServerResponse): Promise<void> {
    const rejected = rejectionOf(request.body, options.rejects ?? []);
    if (rejected) {
      const refusal = options.rejection?.(rejected) ?? errorOf(400, `Unsupported parameter: '${rejected}'.`);
      sendError(response, refusal);
      return;
    }
    const reply = await replyFor(request);
    if (reply.cut?.at === 'start') {
      if (reply.cut.how === 'close') response.destroy();
      return;
    }
    if ('status' in reply) {
      sendError(response, reply);
      return;
    }
    const wire: Wire = { ...plainWire, ...options.wire, ...reply.wire };
    if ('raw' in reply) {
      const bytes = typeof reply.raw === 'string' ? Buffer.from(reply.raw) : reply.raw;
      return sendBytes(response, reply.contentType ?? 'text/event-stream', [bytes], wire, reply.cut);
    }
    const { model } = request.body;
    if (wire.whole || request.body.stream !== true) {
      const bytes = Buffer.from(JSON.stringify(completionOf(reply, model, wire)));
      return sendBytes(response, 'application/json', [bytes], wire, reply.cut);
    }
    const includeUsage = request.body.stream_options?.include_usage === true;
    const events = eventsOf(reply, model, wire, includeUsage).map((event) => Buffer.from(event));
    return sendBytes(response, 'text/event-stream; charset=utf-8', events, wire, reply.cut);
  }

  const server = createServer((incoming, response) => {
    answer(incoming, response).catch((error: unknown) =>
      response.destroy(error instanceof Error ? error : undefined),
    );
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;

  return {
    url: `http://127.0.0.1:${port}/v1`,
    port,
    requests,
    others,
    speech,
    get unexpected() {
      return unexpected;
    },
    get remaining() {
      return script.length;
    },
    push: (...replies) => void script.push(...replies),
    startScript: (...replies) => void script.splice(0, script.length, ...replies),
    received: (count) =>
      new Promise((resolve) => {
        const check = () => {
          if (requests.length < count) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

const isError = (reply: object): reply is ModelError => 'status' in reply;
const isRaw = (reply: object): reply is RawReply => 'raw' in reply;

const errorOf = (status: number, message: string) => ({
  status,
  body: { error: { message, type: 'invalid_request_error', param: null, code: null } },
});

function sendError(response: ServerResponse, error: ModelError): void {
  const { status, headers = {}, body = errorOf(status, `Status ${status}.`).body } = error;
  if (typeof body !== 'string') {
    sendJson(response, status, body, headers);
    return;
  }
  const type = body.trimStart().startsWith('<') ? 'text/html' : 'text/plain';
  response.writeHead(status, { 'content-type': type, ...headers }).end(body);
}

function sendJson(response: ServerResponse, status: number, body: object, headers: object = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/** Writes `events` in the pieces that `wire` asks for, as far as `cut` lets it. */
async function sendBytes(
  response: ServerResponse,
  contentType: string,
  events: readonly Uint8Array[],
  wire: Wire,
  cut: Cut | undefined,
): Promise<void> {
  response.writeHead(200, { 'content-type': contentType }).flushHeaders();
  let left = typeof cut?.at === 'number' ? cut.at : Infinity;
  for (const event of events) {
    for (const piece of piecesOf(event, wire.bytesPerWrite)) {
      if (response.destroyed) return;
      const part = piece.subarray(0, Math.min(left, piece.length));
      left -= part.length;
      await new Promise<void>((resolve) => response.write(part, () => resolve()));
      if (left > 0) continue;
      if (cut?.how === 'close') response.destroy();
      return;
    }
    await delay(wire.delayMs);
  }
  if (!wire.keepOpen) response.end();
}

async function bytesOf(incoming: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(Buffer.from(part as Uint8Array));
  return Buffer.concat(parts);
}

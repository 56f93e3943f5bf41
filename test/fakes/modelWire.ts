/** How the model server for tests puts a reply on the wire: server-sent events of chat completion chunks. */

export interface ScriptedCall {
  readonly name: string;
  /** An object is written as JSON; text is sent as it is, malformed or not. */
  readonly arguments: string | Readonly<Record<string, unknown>>;
  /** Default `call_<n>`, counted within the reply. */
  readonly id?: string;
}

export interface ModelReply {
  readonly text?: string;
  readonly toolCalls?: readonly ScriptedCall[];
  /** Default 10 in and 5 out; `null` sends none. A stream only carries it where the request asks for it. */
  readonly usage?: { readonly inputTokens: number; readonly outputTokens: number } | null;
  /** Default `stop` or `tool_calls`; `null` sends no finish reason. */
  readonly finish?: string | null;
  /** Sends this `error` object after so many text and tool-call chunks, and nothing more. */
  readonly failAfter?: { readonly chunks: number; readonly error: object };
  readonly wire?: Partial<Wire>;
  readonly cut?: Cut;
}

/** Stops at a byte of the body, or before the headers: silence on an open connection, or a closed one. */
export interface Cut {
  readonly at: number | 'start';
  readonly how: 'hang' | 'close';
}

export interface Wire {
  /** Characters of text in one chunk. */
  readonly charactersPerChunk: number;
  /** Characters of a call's arguments in one chunk. */
  readonly argumentsPerChunk: number;
  /** Bytes in one write, so that events and UTF-8 sequences are split. */
  readonly bytesPerWrite: number;
  /** Milliseconds between events. */
  readonly delayMs: number;
  readonly lineEnding: '\n' | '\r\n';
  /** `: keep-alive` comments between events. */
  readonly comments: boolean;
  /** `data: [DONE]` at the end. */
  readonly done: boolean;
  /** The connection is not ended after the last event. */
  readonly keepOpen: boolean;
  /** One JSON object in place of a stream. */
  readonly whole: boolean;
  /** Tool calls: `standard`; `no-index`; `no-id`; `same-index` (0 for all); `at-once` (whole, no index, no id);
   * `object` (arguments as a JSON object). */
  readonly calls: 'standard' | 'no-index' | 'no-id' | 'same-index' | 'at-once' | 'object';
}

export const plainWire: Wire = {
  charactersPerChunk: 8,
  argumentsPerChunk: 6,
  bytesPerWrite: Infinity,
  delayMs: 0,
  lineEnding: '\n',
  comments: false,
  done: true,
  keepOpen: false,
  whole: false,
  calls: 'standard',
};

const finishOf = ({ finish, toolCalls = [] }: ModelReply): string | null =>
  finish === undefined ? (toolCalls.length > 0 ? 'tool_calls' : 'stop') : finish;

const usageOf = ({ usage = { inputTokens: 10, outputTokens: 5 } }: ModelReply): object | undefined =>
  usage === null
    ? undefined
    : {
        prompt_tokens: usage.inputTokens,
        completion_tokens: usage.outputTokens,
        total_tokens: usage.inputTokens + usage.outputTokens,
      };

const argumentsOf = (call: ScriptedCall): string =>
  typeof call.arguments === 'string' ? call.arguments : JSON.stringify(call.arguments);

/** The whole completion as one object. */
export function completionOf(reply: ModelReply, model: string, wire: Wire): object {
  const calls = (reply.toolCalls ?? []).map((call, i) =>
    callDeltas(call, i, { ...wire, argumentsPerChunk: Infinity }),
  );
  return {
    id: 'chatcmpl-test',
    object: 'chat.completion',
    model,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: reply.text ?? null,
          ...(calls.length > 0 ? { tool_calls: calls.flat() } : {}),
        },
        finish_reason: finishOf(reply),
      },
    ],
    ...(usageOf(reply) ? { usage: usageOf(reply) } : {}),
  };
}

/** The events of the stream, each with the blank line that ends it. */
export function eventsOf(reply: ModelReply, model: string, wire: Wire, includeUsage: boolean): string[] {
  const chunk = (choices: readonly object[], more: object = {}) => ({
    id: 'chatcmpl-test',
    object: 'chat.completion.chunk',
    model,
    choices,
    ...more,
  });
  const delta = (part: object) => chunk([{ index: 0, delta: part, finish_reason: null }]);
  const parts: object[] = [
    ...split(reply.text ?? '', wire.charactersPerChunk).map((content) => delta({ content })),
    ...(reply.toolCalls ?? []).flatMap((call, i) =>
      callDeltas(call, i, wire).map((piece) => delta({ tool_calls: [piece] })),
    ),
  ];
  const data: (object | string)[] = [delta({ role: 'assistant', content: '' })];
  if (reply.failAfter) {
    data.push(...parts.slice(0, reply.failAfter.chunks), { error: reply.failAfter.error });
  } else {
    const finish = finishOf(reply);
    data.push(...parts);
    if (finish !== null) data.push(chunk([{ index: 0, delta: {}, finish_reason: finish }]));
    const usage = usageOf(reply);
    if (usage && includeUsage) data.push(chunk([], { usage }));
    if (wire.done) data.push('[DONE]');
  }
  const end = wire.lineEnding;
  const comment = wire.comments ? `: keep-alive${end}${end}` : '';
  return data.map(
    (item) => `${comment}data: ${typeof item === 'string' ? item : JSON.stringify(item)}${end}${end}`,
  );
}

function callDeltas(call: ScriptedCall, i: number, wire: Wire): object[] {
  const id = call.id ?? `call_${i + 1}`;
  const { name } = call;
  const type = 'function';
  const pieces = split(argumentsOf(call), wire.argumentsPerChunk);
  const place = wire.calls === 'no-index' ? {} : { index: wire.calls === 'same-index' ? 0 : i };
  switch (wire.calls) {
    case 'at-once':
      return [{ type, function: { name, arguments: argumentsOf(call) } }];
    case 'object':
      return [{ index: i, id, type, function: { name, arguments: call.arguments } }];
    case 'no-id':
      return [
        { ...place, type, function: { name, arguments: '' } },
        ...pieces.map((piece) => ({ ...place, function: { arguments: piece } })),
      ];
    case 'standard':
    case 'no-index':
    case 'same-index':
      return [
        { ...place, id, type, function: { name, arguments: '' } },
        ...pieces.map((piece) => ({ ...place, function: { arguments: piece } })),
      ];
  }
}

function split(text: string, size: number): string[] {
  const characters = Array.from(text);
  if (characters.length <= size) return text === '' ? [] : [text];
  const pieces: string[] = [];
  for (let i = 0; i < characters.length; i += size) pieces.push(characters.slice(i, i + size).join(''));
  return pieces;
}

export function* piecesOf(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  if (bytes.length <= size) yield bytes;
  else for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size);
}

/** Keeps no process alive: the server does, until it is closed. */
export const delay = (ms: number): Promise<void> =>
  ms > 0 ? new Promise((resolve) => setTimeout(resolve, ms).unref()) : Promise.resolve();

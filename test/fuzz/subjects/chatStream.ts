import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ChatReply } from '../../../src/core/ports';
import type { Result } from '../../../src/core/common/result';
import { createOpenAiModel } from '../../../src/models/openai';
import { ReplyBuilder } from '../../../src/models/reply';
import { safeText } from '../../../src/models/endpoint';
import {
  complaintOf,
  isDefinite,
  refusesFormat,
  refusesImages,
  refusesTools,
  saysNoModel,
  saysTooLong,
} from '../../../src/models/complaints';
import { isResult } from '../expect';
import { fuzz } from '../fuzz';
import { cutAt, cuts, damaged, jsonOf, pump, pumped, textOf } from '../inputs';

const KEYS = [
  ...['choices', 'delta', 'message', 'content', 'refusal', 'tool_calls', 'index', 'id', 'function', 'name'],
  ...['arguments', 'finish_reason', 'usage', 'prompt_tokens', 'completion_tokens', 'error', 'type', 'text'],
];
const delta = fc.record(
  {
    content: fc.constantFrom<unknown>('Grüße ', '東京 👩‍🔬', '', null, [{ type: 'text', text: 'part' }]),
    tool_calls: fc.array(
      fc.record(
        {
          index: fc.constantFrom<unknown>(0, 1, null, -1, 1.5),
          id: fc.constantFrom<unknown>('a', 'b', '', null),
          function: fc.record(
            {
              name: fc.constantFrom('search', ''),
              arguments: fc.constantFrom<unknown>('{"a"', ':1}', '', {}),
            },
            { requiredKeys: [] },
          ),
        },
        { requiredKeys: [] },
      ),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: [] },
);
const finish = fc.constantFrom<unknown>(
  null,
  null,
  'stop',
  'tool_calls',
  'length',
  'error',
  'content_filter',
  'eos',
);
const chunk = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record(
      {
        choices: fc.array(fc.record({ delta, finish_reason: finish }), { minLength: 1, maxLength: 1 }),
        usage: fc.constantFrom<unknown>(null, { prompt_tokens: 7, completion_tokens: 3 }),
      },
      { requiredKeys: ['choices'] },
    ),
  },
  { weight: 1, arbitrary: jsonOf(KEYS, ['stop', 'search', { message: 'rate_limit' }]) },
);
/** The events of a stream, by the HTML standard's grammar of event streams and beside it. */
const event = fc.oneof(
  { weight: 6, arbitrary: chunk.map((each) => `data: ${JSON.stringify(each)}\n\n`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ...[': a comment\n\n', 'event: error\ndata: {"error":{"message":"overloaded"}}\n\n', 'data: {"cho\n\n'],
      ...['data:\n\n', 'id: 1\nretry: 9\n\n', 'data: [DONE]\n\n', '\r\n', 'data', '<html>', '\u0000'],
      ...['data: {"choices":\ndata: []}\n\n', '\ufeff'],
    ),
  },
);
const TOKENS = ['data: ', '\n', '\r', '\r\n', '[DONE]', '{', '}', '"', 'event: ', ':'];
const stream = damaged(
  fc.array(event, { maxLength: 6 }).map((events) => events.join('')),
  TOKENS,
);
const type = fc.constantFrom('text/event-stream', 'application/json', 'text/html', '');

/** A server that sends these bytes; no network is there. */
async function replyTo(
  pieces: readonly Uint8Array[],
  contentType: string,
  status = 200,
): Promise<{ readonly result: Result<ChatReply>; readonly shown: string }> {
  let shown = '';
  const model = createOpenAiModel({
    model: 'test-model',
    baseUrl: 'http://127.0.0.1:9/v1',
    maxRetries: 0,
    sleep: () => Promise.resolve(),
    fetch: () =>
      Promise.resolve(
        new Response(
          new ReadableStream({
            start(controller) {
              for (const piece of pieces) if (piece.length > 0) controller.enqueue(piece);
              controller.close();
            },
          }),
          { status, headers: contentType === '' ? {} : { 'content-type': contentType } },
        ),
      ),
  });
  const result = await model.complete(
    { messages: [{ role: 'user', content: 'Hello' }] },
    { signal: new AbortController().signal, onText: (delta) => (shown += delta) },
  );
  return { result, shown };
}

fuzz(
  'chat stream: a whole reply or a fault, the same wherever the bytes are cut',
  [stream, type, cuts],
  async (text, contentType, shares) => {
    const bytes = new TextEncoder().encode(text);
    const whole = await replyTo([bytes], contentType);
    isResult(whole.result);
    if (whole.result.ok) {
      const { toolCalls, finish } = whole.result.value;
      assert.ok(toolCalls.every(({ id, name }) => id !== '' && name !== ''));
      assert.equal(new Set(toolCalls.map(({ id }) => id)).size, toolCalls.length);
      assert.equal(finish === 'tool_calls', toolCalls.length > 0 && finish !== 'length');
    }
    assert.deepEqual(await replyTo(cutAt(bytes, shares), contentType), whole);
  },
);

fuzz(
  'chat stream: a refusal with any body is a fault in one sentence',
  [
    fc.oneof(
      textOf(['<html>', '{"error":', '{"message":"', '"}', '}']),
      jsonOf(KEYS, []).map((each) => JSON.stringify(each) ?? ''),
    ),
    fc.constantFrom(300, 400, 401, 402, 404, 413, 422, 429, 500, 529),
  ],
  async (body, status) => {
    const { result } = await replyTo([new TextEncoder().encode(body)], 'application/json', status);
    isResult(result);
    assert.ok(!result.ok && !result.fault.message.includes('\n') && result.fault.message.length < 1_000);
  },
);

fuzz('chat stream: any chunks make a reply or none', [fc.array(chunk, { maxLength: 8 })], (chunks) => {
  let [made, shown] = [0, ''];
  const builder = new ReplyBuilder(
    () => `call_${++made}`,
    (delta) => (shown += delta),
  );
  for (const each of chunks) builder.add(each);
  const reply = builder.result();
  if ('kind' in reply) return;
  assert.ok(builder.finished);
  assert.ok(shown === '' || reply.text === shown, 'all that was shown is the text');
  for (const { arguments: args } of reply.toolCalls) assert.notEqual(args, '');
});

const WORDS = [
  ...[
    'image',
    'support',
    'tool',
    ' ',
    'function',
    'model ',
    'not found',
    'context',
    '_',
    'invalid',
    'vision',
  ],
  ...['{"error":"', '{"message":"', '"}', '<', '.', 'sk-1'],
];

fuzz('chat stream: a long complaint is understood in linear time', [pumped(WORDS)], (each) => {
  const text = pump(each);
  for (const status of [200, 400, 404, 500]) {
    const refusal = { status, headers: new Headers(), body: text };
    const complaint = complaintOf({ kind: 'refused', refusal });
    assert.ok(complaint);
    for (const asks of [isDefinite, refusesFormat, refusesImages, refusesTools, saysNoModel, saysTooLong])
      assert.equal(typeof asks(complaint), 'boolean');
  }
  assert.ok(safeText(text, 'sk-1').length <= 300);
});

import assert from 'node:assert/strict';
import type { ModelReply, Wire } from '../../fakes/modelServer';
import { ask, exchange, faultIn, modelAt, replyOf, withServer, withTools } from './support';

const TEXT = 'Grüße aus Łódź: 東京 👩‍🔬 — “ok”\n\nEnd.';

describe('a reply over the wire', () => {
  const wires: Record<string, Partial<Wire>> = {
    'in chunks': {},
    'one character at a time': { charactersPerChunk: 1 },
    'one byte at a time': { bytesPerWrite: 1 },
    'three bytes at a time with CRLF': { bytesPerWrite: 3, lineEnding: '\r\n' },
    'with comments': { comments: true },
    'with CRLF and comments': { comments: true, lineEnding: '\r\n' },
    'without [DONE]': { done: false },
    'with pauses': { delayMs: 2 },
    'as one JSON object': { whole: true },
  };
  for (const [name, wire] of Object.entries(wires)) {
    it(`arrives whole ${name}`, () =>
      withServer(
        { wire, replies: [{ text: TEXT, usage: { inputTokens: 7, outputTokens: 3 } }] },
        async (server) => {
          const { result, shown } = await exchange(modelAt(server.url), ask('Hello'));
          assert.deepEqual(result, {
            ok: true,
            value: { text: TEXT, toolCalls: [], finish: 'stop', usage: { inputTokens: 7, outputTokens: 3 } },
          });
          assert.equal(shown, TEXT);
        },
      ));
  }

  it('is asked for as a stream with usage, and with nothing that was not asked for', () =>
    withServer({ replies: [{ text: 'x' }] }, async (server) => {
      await replyOf(modelAt(server.url), ask('Hello'));
      assert.deepEqual(server.requests[0]?.body, {
        model: 'test-model',
        messages: [{ role: 'user', content: 'Hello' }],
        stream: true,
        stream_options: { include_usage: true },
      });
    }));

  it('says so where the usage is not known', () =>
    withServer({ replies: [{ text: 'x', usage: null }] }, async (server) => {
      assert.equal((await replyOf(modelAt(server.url), ask('Hello'))).usage, undefined);
    }));

  it('may be empty', () =>
    withServer({ replies: [{ text: '' }] }, async (server) => {
      const reply = await replyOf(modelAt(server.url), ask('Hello'));
      assert.deepEqual([reply.text, reply.toolCalls, reply.finish], ['', [], 'stop']);
    }));

  for (const [sent, finish] of [
    ['length', 'length'],
    ['max_tokens', 'length'],
    ['eos', 'stop'],
  ] as const) {
    it(`takes the finish reason ${sent} as ${finish}`, () =>
      withServer({ replies: [{ text: 'x', finish: sent }] }, async (server) => {
        assert.equal((await replyOf(modelAt(server.url), ask('Hello'))).finish, finish);
      }));
  }

  it('is taken as it is after its finish reason, however the connection ends', () =>
    withServer(
      {
        replies: [
          { raw: finished, cut: { at: finished.length, how: 'close' } },
          { raw: finished, cut: { at: finished.length, how: 'hang' } },
        ],
      },
      async (server) => {
        const model = modelAt(server.url, { idleTimeoutMs: 40, startTimeoutMs: 10_000 });
        assert.equal((await replyOf(model, ask('Hello'))).text, 'done');
        assert.equal((await replyOf(model, ask('Hello'))).text, 'done');
      },
    ));

  it('leaves out what it does not know', () => {
    const raw = sse(
      { object: 'ping' },
      { choices: null },
      { choices: [{ delta: { content: [{ type: 'thinking' }, { type: 'text', text: 'a' }] } }] },
      { choices: [{ delta: { content: 5, tool_calls: 'no' } }] },
      {
        choices: [{ delta: { content: 'b', reasoning: 'hm' }, finish_reason: 'stop' }],
        usage: { total: 'many' },
      },
    );
    return withServer({ replies: [{ raw }] }, async (server) => {
      assert.deepEqual(await replyOf(modelAt(server.url), ask('Hello')), {
        text: 'ab',
        toolCalls: [],
        finish: 'stop',
        usage: undefined,
      });
    });
  });

  it('passes a refusal on as text', () =>
    withServer(
      { replies: [{ raw: sse({ choices: [{ delta: { refusal: 'I can’t.' }, finish_reason: 'stop' }] }) }] },
      async (server) => {
        assert.equal((await replyOf(modelAt(server.url), ask('Hello'))).text, 'I can’t.');
      },
    ));
});

const sse = (...chunks: object[]) => chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('');
const finished = sse({ choices: [{ delta: { content: 'done' }, finish_reason: 'stop' }] });

describe('tool calls', () => {
  const calls = [
    { name: 'read_file', arguments: { path: 'notes/Grüße.md' } },
    { name: 'calculate', arguments: { expression: '6*7' } },
  ];
  const expected = [
    { id: 'call_1', name: 'read_file', arguments: '{"path":"notes/Grüße.md"}' },
    { id: 'call_2', name: 'calculate', arguments: '{"expression":"6*7"}' },
  ];
  const forms: Wire['calls'][] = ['standard', 'no-index', 'no-id', 'same-index', 'at-once', 'object'];
  for (const form of forms) {
    for (const argumentsPerChunk of [1, 6, Infinity]) {
      it(`arrive as ${form}, ${argumentsPerChunk} characters at a time`, () =>
        withServer(
          { wire: { calls: form, argumentsPerChunk, bytesPerWrite: 40 }, replies: [{ toolCalls: calls }] },
          async (server) => {
            const reply = await replyOf(modelAt(server.url), withTools('Read'));
            assert.deepEqual(reply.toolCalls, expected);
            assert.equal(reply.finish, 'tool_calls');
          },
        ));
    }
  }

  const oneCall = async (reply: ModelReply) => {
    let taken: unknown;
    await withServer({ replies: [reply] }, async (server) => {
      taken = (await exchange(modelAt(server.url), withTools('Read'))).result;
    });
    return taken;
  };

  it('come with text, or with the finish reason stop', async () => {
    const result = await oneCall({ text: 'Let me see.', toolCalls: calls.slice(0, 1), finish: 'stop' });
    assert.deepEqual(result, {
      ok: true,
      value: {
        text: 'Let me see.',
        toolCalls: expected.slice(0, 1),
        finish: 'tool_calls',
        usage: { inputTokens: 10, outputTokens: 5 },
      },
    });
  });

  it('keep malformed arguments as they were written, and none as an empty object', () =>
    withServer(
      {
        replies: [
          {
            toolCalls: [
              { name: 'read_file', arguments: '{"path": oops' },
              { name: 'list_files', arguments: '' },
            ],
          },
        ],
      },
      async (server) => {
        const { toolCalls } = await replyOf(modelAt(server.url), withTools('Read'));
        assert.deepEqual(
          toolCalls.map((call) => call.arguments),
          ['{"path": oops', '{}'],
        );
      },
    ));

  it('get ids of their own where the server gives the same one twice', () =>
    withServer(
      {
        replies: [{ toolCalls: calls.map((call) => ({ ...call, id: 'same' })) }],
        wire: { calls: 'standard' },
      },
      async (server) => {
        const { toolCalls } = await replyOf(modelAt(server.url), withTools('Read'));
        assert.equal(new Set(toolCalls.map(({ id }) => id)).size, 2);
      },
    ));

  it('that the limit cut in half are dropped', () =>
    withServer(
      {
        replies: [
          { toolCalls: [...calls, { name: 'read_file', arguments: '{"path":"no' }], finish: 'length' },
          { toolCalls: [{ name: 'list_files', arguments: '' }], finish: 'length' },
        ],
      },
      async (server) => {
        const model = modelAt(server.url);
        const first = await replyOf(model, withTools('Read'));
        assert.deepEqual([first.toolCalls, first.finish], [expected, 'length']);
        assert.deepEqual((await replyOf(model, withTools('Read'))).toolCalls, []);
      },
    ));

  it('are never taken from a stream that has no finish reason', () =>
    withServer({ replies: [{ toolCalls: calls, finish: null }] }, async (server) => {
      const { result } = await exchange(modelAt(server.url), withTools('Read'));
      assert.match(faultIn(result, 'bad-reply'), /broke off before it was finished/);
    }));

  it('and their results go back in the history, malformed arguments as an object', () =>
    withServer({ replies: [{ text: 'ok' }] }, async (server) => {
      await replyOf(modelAt(server.url), {
        ...withTools('Read'),
        messages: [
          { role: 'system', content: 'S' },
          { role: 'user', content: 'Read' },
          {
            role: 'assistant',
            content: '',
            toolCalls: [
              { id: 'a', name: 'read_file', arguments: '{"path":"x"}' },
              { id: 'b', name: 'read_file', arguments: '{oops' },
            ],
          },
          { role: 'tool', callId: 'a', content: 'text of x' },
          { role: 'tool', callId: 'b', content: 'bad arguments' },
        ],
      });
      const [, , assistant, tool] = server.requests[0]?.body.messages ?? [];
      assert.deepEqual(assistant, {
        role: 'assistant',
        content: null,
        tool_calls: [
          { id: 'a', type: 'function', function: { name: 'read_file', arguments: '{"path":"x"}' } },
          { id: 'b', type: 'function', function: { name: 'read_file', arguments: '{"malformed":"{oops"}' } },
        ],
      });
      assert.deepEqual(tool, { role: 'tool', tool_call_id: 'a', content: 'text of x' });
      assert.equal(server.requests[0]?.body.tools?.[0]?.function.name, 'read_file');
    }));
});

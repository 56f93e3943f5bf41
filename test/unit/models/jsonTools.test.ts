import assert from 'node:assert/strict';
import type { ChatMessage, ChatRequest } from '../../../src/core/ports';
import { withFallbackTools } from '../../../src/models/adaptive';
import { parseReply } from '../../../src/models/jsonProtocol';
import { withJsonTools } from '../../../src/models/jsonTools';
import { ask, exchange, faultIn, modelAt, replyOf, withSchema, withServer, withTools } from './support';

const CALL = { name: 'read_file', arguments: '{"path":"a.md"}' };

describe('reading a reply of the JSON tool protocol', () => {
  const one = [
    '{"tool":"read_file","arguments":{"path":"a.md"}}',
    '```json\n{"tool":"read_file","arguments":{"path":"a.md"}}\n```',
    'I will read it: {"tool":"read_file","arguments":{"path":"a.md"}} Then I answer.',
    '<tool_call>\n{"name":"read_file","arguments":{"path":"a.md"}}\n</tool_call>',
    '{"name":"read_file","parameters":{"path":"a.md"}}',
    '{"type":"function","function":{"name":"read_file","arguments":"{\\"path\\":\\"a.md\\"}"}}',
    '{"tool":"read_file","arguments":"{\\"path\\":\\"a.md\\"}"}',
    '<think>Which tool? {"tool":"x"}</think>{"tool":"read_file","arguments":{"path":"a.md"}}',
    '[{"tool":"read_file","arguments":{"path":"a.md"},}]',
  ];
  for (const text of one) {
    it(`a call in ${JSON.stringify(text)}`, () =>
      assert.deepEqual(parseReply(text, false), { kind: 'calls', calls: [CALL] }));
  }
  it('several calls', () => {
    const two = [CALL, { name: 'calculate', arguments: '{}' }];
    for (const text of [
      '[{"tool":"read_file","arguments":{"path":"a.md"}},{"tool":"calculate"}]',
      '<tool_call>{"name":"read_file","arguments":{"path":"a.md"}}</tool_call>\n<tool_call>{"name":"calculate","arguments":{}}</tool_call>',
    ]) {
      assert.deepEqual(parseReply(text, false), { kind: 'calls', calls: two });
    }
  });
  it('final text', () => {
    assert.deepEqual(parseReply('{"final":"It is 42."}', false), { kind: 'final', text: 'It is 42.' });
    assert.deepEqual(parseReply('Sure: {"final":{"plan":[]}}', false), {
      kind: 'final',
      text: '{"plan":[]}',
    });
  });
  it('anything else', () => {
    for (const text of [
      '',
      'It is 42.',
      '{"answer":1}',
      '{"name":"Ada"}',
      '{"tool":',
      '{"final":null}',
      '{"tool":7}',
    ]) {
      assert.deepEqual(parseReply(text, false), { kind: 'malformed' });
    }
    assert.deepEqual(parseReply('{"plan":[]}', true), { kind: 'final', text: '{"plan":[]}' });
  });
});

const history: ChatMessage[] = [
  { role: 'system', content: 'You are careful.' },
  { role: 'user', content: 'What do a.md and b.md say?' },
  {
    role: 'assistant',
    content: '',
    toolCalls: [
      { id: '1', ...CALL },
      { id: '2', name: 'calculate', arguments: '{oops' },
    ],
  },
  { role: 'tool', callId: '1', content: 'text of a' },
  { role: 'tool', callId: '2', content: 'bad arguments' },
];

describe('the JSON tool protocol over a model', () => {
  it('sends plain turns and no tools', () =>
    withServer({ rejects: ['tools'], replies: [{ text: '{"final":"done"}' }] }, async (server) => {
      const request: ChatRequest = { ...withTools(''), messages: history };
      const reply = await replyOf(withJsonTools(modelAt(server.url)), request);
      assert.deepEqual([reply.text, reply.toolCalls, reply.finish], ['done', [], 'stop']);
      const messages = server.requests[0]?.body.messages ?? [];
      assert.match(
        messages[0]?.content ?? '',
        /^You are careful\.\n\nYou have these tools:\n- read_file: Reads a file\./,
      );
      assert.match(messages[0]?.content ?? '', /\{"tool":"<name>","arguments":\{…\}\}/);
      assert.deepEqual(messages.slice(1), [
        { role: 'user', content: 'What do a.md and b.md say?' },
        {
          role: 'assistant',
          content:
            '[{"tool":"read_file","arguments":{"path":"a.md"}},{"tool":"calculate","arguments":{oops}]',
        },
        { role: 'user', content: 'Result of read_file:\ntext of a\n\nResult of calculate:\nbad arguments' },
      ]);
    }));

  it('gives calls with ids of their own, and shows none of their JSON', () =>
    withServer(
      {
        replies: [{ text: JSON.stringify({ tool: 'read_file', arguments: { path: 'a.md' } }), always: true }],
      },
      async (server) => {
        const model = withJsonTools(modelAt(server.url));
        const { result, shown } = await exchange(model, withTools('Read'));
        assert.ok(result.ok);
        assert.deepEqual(result.value.toolCalls, [{ id: 'json_1', ...CALL }]);
        assert.deepEqual([result.value.text, result.value.finish, shown], ['', 'tool_calls', '']);
        assert.equal((await replyOf(model, withTools('Read'))).toolCalls[0]?.id, 'json_2');
      },
    ));

  it('shows the final text as it arrives', () =>
    withServer({ replies: [{ text: '{"final":"Zwölf\\n“Boxkämpfer” 😀"}' }] }, async (server) => {
      const { shown } = await exchange(withJsonTools(modelAt(server.url)), withTools('Read'));
      assert.equal(shown, 'Zwölf\n“Boxkämpfer” 😀');
    }));

  it('repairs once, and counts both attempts', () =>
    withServer(
      {
        replies: [
          { text: 'Let me read a.md.' },
          { text: '{"tool":"read_file","arguments":{"path":"a.md"}}' },
        ],
      },
      async (server) => {
        const reply = await replyOf(withJsonTools(modelAt(server.url)), withTools('Read'));
        assert.equal(reply.toolCalls[0]?.name, 'read_file');
        assert.deepEqual(reply.usage, { inputTokens: 20, outputTokens: 10 });
        const repair = server.requests[1]?.body.messages.slice(-2) ?? [];
        assert.equal(repair[0]?.content, 'Let me read a.md.');
        assert.match(repair[1]?.content ?? '', /exactly one JSON object/);
      },
    ));

  it('passes what is no JSON twice on as text, shown once', () =>
    withServer({ replies: [{ text: 'It is 42.' }, { text: 'As I said.' }] }, async (server) => {
      const { result, shown } = await exchange(withJsonTools(modelAt(server.url)), withTools('Read'));
      assert.ok(result.ok);
      assert.deepEqual([result.value.text, shown, server.requests.length], ['It is 42.', 'It is 42.', 2]);
    }));

  it('keeps what a reply cut at the limit says, without asking again', () =>
    withServer({ replies: [{ text: '{"final":"It is for', finish: 'length' }] }, async (server) => {
      const reply = await replyOf(withJsonTools(modelAt(server.url)), withTools('Read'));
      assert.deepEqual([reply.text, reply.finish, server.requests.length], ['It is for', 'length', 1]);
    }));

  it('asks for JSON of a schema as the final text', () =>
    withServer(
      { replies: [{ text: '{"final":{"plan":[1]}}' }, { text: '{"plan":[2]}' }] },
      async (server) => {
        const model = withJsonTools(modelAt(server.url));
        const request = { ...withSchema('Plan'), ...withTools('Plan') };
        assert.equal((await replyOf(model, request)).text, '{"plan":[1]}');
        assert.equal((await replyOf(model, request)).text, '{"plan":[2]}');
        assert.equal(server.requests[0]?.body.response_format, undefined);
      },
    ));

  it('leaves a request without tools as it is', () =>
    withServer({ replies: [{ text: 'plain' }] }, async (server) => {
      assert.equal((await replyOf(withJsonTools(modelAt(server.url)), withSchema('Hi'))).text, 'plain');
      assert.equal(server.requests[0]?.body.response_format?.type, 'json_schema');
    }));

  it('passes faults on', () =>
    withServer({ requireKey: 'k' }, async (server) => {
      faultIn((await exchange(withJsonTools(modelAt(server.url)), withTools('Hi'))).result, 'unauthorized');
    }));
});

describe('falling back', () => {
  it('happens once, for good, where tools are refused', () =>
    withServer(
      { rejects: ['tools'], replies: [{ text: '{"final":"hi"}', always: true }] },
      async (server) => {
        const model = withFallbackTools(modelAt(server.url));
        assert.equal((await replyOf(model, ask('no tools yet'))).text, '{"final":"hi"}');
        assert.equal((await replyOf(model, withTools('Hi'))).text, 'hi');
        assert.equal((await replyOf(model, withTools('Hi'))).text, 'hi');
        assert.deepEqual(
          server.requests.map(({ body }) => body.tools !== undefined),
          [false, true, false, false],
        );
      },
    ));

  it('does not happen where tools are known', () =>
    withServer(
      { replies: [{ toolCalls: [{ name: 'read_file', arguments: { path: 'a.md' } }] }] },
      async (server) => {
        const reply = await replyOf(withFallbackTools(modelAt(server.url)), withTools('Read'));
        assert.deepEqual(reply.toolCalls, [{ id: 'call_1', ...CALL }]);
      },
    ));

  for (const text of [
    '{"name":"read_file","arguments":{"path":"a.md"}}',
    '```json\n{"name":"read_file","parameters":{"path":"a.md"}}\n```',
    '<tool_call>{"name":"read_file","arguments":{"path":"a.md"}}</tool_call>',
    '[TOOL_CALLS][{"name":"read_file","arguments":{"path":"a.md"}}]',
  ]) {
    it(`takes a text that is a call as one: ${JSON.stringify(text)}`, () =>
      withServer({ replies: [{ text }] }, async (server) => {
        const { result, shown } = await exchange(withFallbackTools(modelAt(server.url)), withTools('Read'));
        assert.ok(result.ok);
        assert.deepEqual(result.value.toolCalls, [{ id: 'text_1', ...CALL }]);
        assert.deepEqual([result.value.text, result.value.finish, shown], ['', 'tool_calls', '']);
      }));
  }

  for (const text of [
    'For example {"name":"read_file","arguments":{"path":"a.md"}} would read it.',
    '{"name":"delete_everything","arguments":{}}',
    '{"name":"Ada","born":1815}',
    'It is 42.',
    '[e1] says so.',
    '',
  ]) {
    it(`takes no other text as one: ${JSON.stringify(text)}`, () =>
      withServer({ replies: [{ text }] }, async (server) => {
        const { result, shown } = await exchange(withFallbackTools(modelAt(server.url)), withTools('Read'));
        assert.ok(result.ok);
        assert.deepEqual([result.value.text, result.value.toolCalls, shown], [text, [], text]);
      }));
  }
});

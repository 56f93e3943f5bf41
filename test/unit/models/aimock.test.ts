/** The same adapter against a model server that we did not write. */
import assert from 'node:assert/strict';
import { LLMock } from '@copilotkit/aimock';
import type { ChatRequest } from '../../../src/core/ports';
import { withFallbackTools } from '../../../src/models/adaptive';
import { withJsonTools } from '../../../src/models/jsonTools';
import { resolveModels } from '../../../src/models/index';
import { ask, exchange, faultIn, modelAt, replyOf, withSchema, withTools } from './support';

describe('against aimock', () => {
  let mock: LLMock;
  let base: string;
  beforeEach(async () => {
    mock = new LLMock({ host: '127.0.0.1', port: 0, chunkSize: 3 });
    base = `${await mock.start()}/v1`;
  });
  afterEach(() => mock.stop());

  it('streams text, with usage', async () => {
    mock.onMessage('Hello', { content: 'Grüße, 世界 👋', usage: { prompt_tokens: 9, completion_tokens: 4 } });
    const { result, shown } = await exchange(modelAt(base), ask('Hello'));
    assert.ok(result.ok);
    assert.deepEqual(result.value, {
      text: 'Grüße, 世界 👋',
      toolCalls: [],
      finish: 'stop',
      usage: { inputTokens: 9, outputTokens: 4 },
    });
    assert.equal(shown, 'Grüße, 世界 👋');
  });

  it('calls tools and takes their results', async () => {
    mock.on(
      { userMessage: 'Read', hasToolResult: false },
      {
        toolCalls: [
          { id: 'call_a', name: 'read_file', arguments: { path: 'a.md' } },
          { id: 'call_b', name: 'calculate', arguments: '{"expression":"6*7"}' },
        ],
      },
    );
    mock.on({ userMessage: 'Read', hasToolResult: true }, { content: 'It is 42.' });
    const model = withFallbackTools(modelAt(base));
    const request = withTools('Read');
    const first = await replyOf(model, request);
    assert.deepEqual(first.toolCalls, [
      { id: 'call_a', name: 'read_file', arguments: '{"path":"a.md"}' },
      { id: 'call_b', name: 'calculate', arguments: '{"expression":"6*7"}' },
    ]);
    assert.equal(first.finish, 'tool_calls');
    const next: ChatRequest = {
      ...request,
      messages: [
        ...request.messages,
        { role: 'assistant', content: first.text, toolCalls: first.toolCalls },
        { role: 'tool', callId: 'call_a', content: 'text' },
        { role: 'tool', callId: 'call_b', content: '42' },
      ],
    };
    assert.equal((await replyOf(model, next)).text, 'It is 42.');
  });

  it('takes text and calls in any order', async () => {
    mock.onMessage('Read', {
      blocks: [
        { type: 'toolCall', id: 'call_a', name: 'read_file', arguments: '{"path":"a.md"}' },
        { type: 'text', text: 'Reading.' },
      ],
    });
    const reply = await replyOf(modelAt(base), withTools('Read'));
    assert.deepEqual([reply.text, reply.toolCalls.length, reply.finish], ['Reading.', 1, 'tool_calls']);
  });

  it('asks for JSON of a schema', async () => {
    mock.on({ responseFormat: 'json_schema' }, { content: '{"plan":[]}' });
    assert.equal((await replyOf(modelAt(base), withSchema('Plan'))).text, '{"plan":[]}');
  });

  it('goes on without what is refused', async () => {
    mock.on(
      { responseFormat: 'json_schema' },
      { error: { message: 'response_format json_schema is not supported' }, status: 400 },
    );
    mock.on({ responseFormat: 'json_object' }, { content: '{"plan":[1]}' });
    assert.equal((await replyOf(modelAt(base), withSchema('Plan'))).text, '{"plan":[1]}');

    mock.on(
      { toolName: 'read_file' },
      { error: { message: 'test-model does not support tools' }, status: 400 },
    );
    mock.onMessage('Read', { content: '{"tool":"read_file","arguments":{"path":"a.md"}}' });
    const reply = await replyOf(withFallbackTools(modelAt(base)), withTools('Read'));
    assert.equal(reply.toolCalls[0]?.arguments, '{"path":"a.md"}');
  });

  it('speaks the JSON tool protocol', async () => {
    mock.on(
      { userMessage: 'Read', systemMessage: ['You have these tools', 'read_file'] },
      { content: '{"final":"ok"}' },
    );
    assert.equal((await replyOf(withJsonTools(modelAt(base)), withTools('Read'))).text, 'ok');
  });

  it('waits as long as it is asked to', async () => {
    mock.on({ sequenceIndex: 0 }, { error: { message: 'Slow down' }, status: 429, retryAfter: 3 });
    mock.on({ sequenceIndex: 1 }, { content: 'hi' });
    mock.nextRequestError(503, { message: 'Starting' });
    const { result, waits } = await exchange(modelAt(base), ask('Hello'));
    assert.ok(result.ok);
    assert.deepEqual(
      waits.map(({ ms, reason }) => [ms === 3000, reason.replace(/^\S+ /, '')]),
      [
        [false, 'has a fault (503)'],
        [true, 'limits requests (429)'],
      ],
    );
  });

  it('reports its faults', async () => {
    const model = modelAt(base, { apiKey: 'sk-wrong-key-0000' });
    for (const [status, code] of [
      [401, 'unauthorized'],
      [403, 'forbidden'],
      [400, 'bad-request'],
    ] as const) {
      mock.nextRequestError(status, { message: 'No' });
      faultIn((await exchange(model, ask('Hello'))).result, code);
    }
    mock.nextRequestError(400, { message: 'Too long', code: 'context_length_exceeded' });
    faultIn((await exchange(model, ask('Hello'))).result, 'context-too-long');
    mock.nextRequestError(404, { message: 'The model `test-model` does not exist', code: 'model_not_found' });
    faultIn((await exchange(model, ask('Hello'))).result, 'model-not-found');
  });

  it('never takes half a reply', async () => {
    mock.on(
      { userMessage: 'Read' },
      { toolCalls: [{ name: 'read_file', arguments: '{"path":"a long path.md"}' }] },
      { truncateAfterChunks: 4, latency: 5 },
    );
    mock.on(
      { userMessage: 'Hello' },
      { content: 'a rather long text' },
      { truncateAfterChunks: 3, latency: 5 },
    );
    faultIn((await exchange(modelAt(base), withTools('Read'))).result, 'bad-reply');
    faultIn((await exchange(modelAt(base), ask('Hello'))).result, 'bad-reply');
  });

  it('survives chaos', async () => {
    mock.onMessage('Hello', { content: 'hi' });
    mock.setChaos({ malformedRate: 1 });
    faultIn((await exchange(modelAt(base), ask('Hello'))).result, 'bad-reply');
    mock.setChaos({ disconnectRate: 1 });
    faultIn((await exchange(modelAt(base), ask('Hello'))).result, 'unreachable');
    mock.setChaos({ dropRate: 1 });
    faultIn((await exchange(modelAt(base), ask('Hello'))).result, 'server-error');
  });

  it('is found out about its models', async () => {
    const config = { provider: 'openai', baseUrl: base, source: 'environment' } as const;
    mock.on({ model: 'only-model' }, { content: 'hi' });
    const pair = await resolveModels(
      { planner: config, executor: config },
      { signal: new AbortController().signal },
    );
    assert.ok(pair.ok && pair.value.planner, JSON.stringify(pair));
    assert.equal(pair.value.planner.id, 'only-model');
    assert.equal((await replyOf(pair.value.planner, ask('Hello'))).text, 'hi');
  });
});

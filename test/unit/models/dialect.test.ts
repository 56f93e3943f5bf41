import assert from 'node:assert/strict';
import type { Feature, ModelServer } from '../../fakes/modelServer';
import { ask, exchange, faultIn, modelAt, replyOf, withSchema, withServer, withTools } from './support';

const formats = (server: ModelServer) =>
  server.requests.map(({ body }) => body.response_format?.type ?? 'text');

describe('what a server does not know', () => {
  it('is asked for where it may know it', () =>
    withServer({ replies: [{ text: '{}' }] }, async (server) => {
      await replyOf(modelAt(server.url), withSchema('Plan'));
      assert.deepEqual(server.requests[0]?.body.response_format, {
        type: 'json_schema',
        json_schema: { name: 'plan', schema: { type: 'object' }, strict: false },
      });
    }));

  const ladders: [Feature[], string[]][] = [
    [['json_schema'], ['json_schema', 'json_object', 'json_object']],
    [['response_format'], ['json_schema', 'json_object', 'text', 'text']],
  ];
  for (const [rejects, expected] of ladders) {
    it(`is left out and remembered: ${rejects.join()}`, () =>
      withServer({ rejects, replies: [{ text: '{}', always: true }] }, async (server) => {
        const model = modelAt(server.url);
        await replyOf(model, withSchema('Plan'));
        await replyOf(model, withSchema('Plan'));
        assert.deepEqual(formats(server), expected);
      }));
  }

  const words: [number, string | object][] = [
    [400, { error: { message: 'This response_format type is unavailable now' } }],
    [400, { error: { message: 'This model does not support response format `json_schema`.' } }],
    [404, { error: { message: 'No endpoints support: json_schema' } }],
    [415, 'structured outputs are not available'],
    [422, { detail: [{ loc: ['body', 'response_format', 'type'], msg: 'Input should be text' }] }],
    [500, { error: { message: 'response_format type must be one of "text" or "json_object"' } }],
    [501, { error: 'json_schema is not implemented' }],
  ];
  for (const [status, body] of words) {
    it(`is understood in the words ${JSON.stringify(body)}`, () =>
      withServer(
        { rejects: ['json_schema'], rejection: () => ({ status, body }), replies: [{ text: '{}' }] },
        async (server) => {
          const { result, waits } = await exchange(modelAt(server.url), withSchema('Plan'));
          assert.ok(result.ok);
          assert.deepEqual([formats(server), waits], [['json_schema', 'json_object'], []]);
        },
      ));
  }

  it('is stream_options with some', () =>
    withServer({ rejects: ['stream_options'], replies: [{ text: 'hi', always: true }] }, async (server) => {
      const model = modelAt(server.url);
      assert.equal((await replyOf(model, ask('Hello'))).usage, undefined);
      await replyOf(model, ask('Hello'));
      assert.deepEqual(
        server.requests.map(({ body }) => body.stream_options !== undefined),
        [true, false, false],
      );
    }));

  it('may be several things at once', () =>
    withServer(
      { rejects: ['stream_options', 'response_format', 'tools'], replies: [{ text: 'hi' }] },
      async (server) => {
        const model = modelAt(server.url);
        const { result } = await exchange(model, { ...withSchema('Plan'), ...withTools('Plan') });
        faultIn(result, 'unsupported');
        assert.equal((await replyOf(model, withSchema('Plan'))).text, 'hi');
        assert.equal(server.requests.length, 5);
      },
    ));

  it('is found out once by requests that run in parallel', () =>
    withServer({ rejects: ['json_schema'], replies: [{ text: '{}', always: true }] }, async (server) => {
      const model = modelAt(server.url);
      await Promise.all([1, 2, 3].map(() => replyOf(model, withSchema('Plan'))));
      assert.equal(formats(server).filter((format) => format === 'text').length, 0);
      await replyOf(model, withSchema('Plan'));
      assert.equal(formats(server).at(-1), 'json_object');
    }));
});

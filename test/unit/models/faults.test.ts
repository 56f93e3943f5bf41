import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { FaultCode } from '../../../src/core/common/result';
import type { ChatRequest } from '../../../src/core/ports';
import type { ModelServerOptions, ScriptEntry } from '../../fakes/modelServer';
import { ask, exchange, faultIn, modelAt, withServer, withTools } from './support';

const KEY = 'sk-test-0123456789abcdef';

/** One line a case: what the server does, the fault's code, and what its sentence says. */
interface Case {
  readonly name: string;
  readonly reply: ScriptEntry;
  readonly code: FaultCode;
  readonly says: RegExp;
  readonly request?: ChatRequest;
  readonly server?: ModelServerOptions;
}
const error = (message: string, more: object = {}) => ({ error: { message, ...more } });

const cases: Case[] = [
  {
    name: '401',
    reply: { status: 401, body: error(`Incorrect API key provided: ${KEY}`) },
    code: 'unauthorized',
    says: /^127\.0\.0\.1:\d+ refused the API key \(401\): check OPENAI_API_KEY, or run “Memento: Set API Key” in the editor\.$/,
  },
  {
    name: '403',
    reply: { status: 403, body: error('Country not supported') },
    code: 'forbidden',
    says: /\(403\): check that the account may use test-model; the server says “Country not supported”\.$/,
  },
  {
    name: '402',
    reply: { status: 402, body: error('No credit.') },
    code: 'forbidden',
    says: /“No credit”\.$/,
  },
  {
    name: 'a model that is missing (OpenAI)',
    reply: { status: 404, body: error('The model `test-model` does not exist', { code: 'model_not_found' }) },
    server: { models: ['qwen3', 'llama4', 'text-embedding-3'] },
    code: 'model-not-found',
    says: /does not have the model test-model: set MEMENTO_PLANNER_MODEL .* \(it offers qwen3, llama4\)\.$/,
  },
  {
    name: 'a model that is missing (Ollama), among many',
    reply: { status: 404, body: error('model "test-model" not found, try pulling it first') },
    server: { models: Array.from({ length: 11 }, (_, i) => `m${i}`) },
    code: 'model-not-found',
    says: /it offers m0, m1, m2, m3, m4, m5, m6, m7 and 3 more\)/,
  },
  {
    name: 'a model that is missing, with no list',
    reply: { status: 400, body: error('test-model is not a valid model ID') },
    server: { models: 'none' },
    code: 'model-not-found',
    says: /to one that it has\.$/,
  },
  {
    name: 'a terse 404 about the model',
    reply: { status: 404, body: { detail: 'Not Found' } },
    server: { models: ['qwen3'] },
    code: 'model-not-found',
    says: /it offers qwen3/,
  },
  {
    name: 'a request that is too long (OpenAI)',
    reply: {
      status: 400,
      body: error("This model's maximum context length is 8192 tokens.", { code: 'context_length_exceeded' }),
    },
    code: 'context-too-long',
    says: /larger context.*“This model's maximum context length is 8192 tokens”\.$/,
  },
  {
    name: 'a request that is too long (llama.cpp)',
    reply: { status: 500, body: error('the request exceeds the available context size, try increasing it') },
    code: 'context-too-long',
    says: /longer than test-model can read/,
  },
  { name: '413', reply: { status: 413, body: 'Too large' }, code: 'context-too-long', says: /“Too large”/ },
  {
    name: 'a bad request, in FastAPI’s form',
    reply: { status: 422, body: { detail: [{ loc: ['body', 'messages', 0], msg: 'field required' }] } },
    code: 'bad-request',
    says: /refused the request \(422\); the server says “body\.messages\.0: field required”\.$/,
  },
  {
    name: 'a bad request, in vLLM’s old form',
    reply: { status: 400, body: { object: 'error', message: 'temperature must be positive', code: 400 } },
    code: 'bad-request',
    says: /“temperature must be positive”/,
  },
  {
    name: 'a bad request with no body',
    reply: { status: 400, body: '' },
    code: 'bad-request',
    says: /\(400\)\.$/,
  },
  {
    name: 'no more credit',
    reply: { status: 429, body: error('You exceeded your current quota.', { code: 'insufficient_quota' }) },
    code: 'rate-limited',
    says: /out of credit \(429\): check its plan and billing\.$/,
  },
  {
    name: 'a web page in place of a reply',
    reply: { raw: '<!doctype html><title>Welcome</title>', contentType: 'text/html; charset=utf-8' },
    code: 'bad-reply',
    says: /answered with a web page, not a model's reply: check the base URL/,
  },
  {
    name: 'a redirect, which is not followed',
    reply: { status: 307, headers: { location: 'https://elsewhere.example/v1/chat/completions' }, body: '' },
    code: 'bad-reply',
    says: /redirects to https:\/\/elsewhere\.example\/v1\/chat\/completions: put the final base URL in/,
  },
  {
    name: 'no finish reason',
    reply: { text: 'half a th', finish: null },
    code: 'bad-reply',
    says: /broke off before it was finished: try again\.$/,
  },
  { name: 'an empty stream', reply: { raw: '' }, code: 'bad-reply', says: /broke off/ },
  {
    name: 'a connection that closes in the middle',
    reply: { text: 'half a thing', cut: { at: 400, how: 'close' } },
    code: 'bad-reply',
    says: /broke off/,
  },
  {
    name: 'a line of broken JSON',
    reply: { raw: 'data: {"choices":[{"delta":{"content":"a"}}]}\n\ndata: {"choices":[{"del\n\n' },
    code: 'bad-reply',
    says: /not a model's reply: check the base URL/,
  },
  {
    name: 'JSON that is no completion',
    reply: { raw: '{"hello":"world"}', contentType: 'application/json' },
    code: 'bad-reply',
    says: /not a model's reply/,
  },
  {
    name: 'JSON that is cut',
    reply: { raw: '{"choices":', contentType: 'application/json' },
    code: 'bad-reply',
    says: /not a model's reply/,
  },
  {
    name: 'an error in the middle of a stream',
    reply: {
      text: 'half a thing',
      failAfter: { chunks: 1, error: { message: 'GPU on fire', code: 'server_error' } },
    },
    code: 'server-error',
    says: /broke off its reply with an error: try again; the server says “GPU on fire”\.$/,
  },
  {
    name: 'a context that runs full in the middle of a stream',
    reply: { text: 'half a thing', failAfter: { chunks: 1, error: { message: 'context length exceeded' } } },
    code: 'context-too-long',
    says: /longer than test-model can read/,
  },
  {
    name: 'an error with status 200',
    reply: { raw: JSON.stringify(error('Provider down', { code: 400 })), contentType: 'application/json' },
    code: 'server-error',
    says: /“Provider down”/,
  },
  {
    name: 'the content filter',
    reply: { text: 'x', finish: 'content_filter' },
    code: 'bad-reply',
    says: /content filter/,
  },
  {
    name: 'no tools (Ollama)',
    reply: { status: 400, body: error('library/test-model does not support tools') },
    request: withTools('Read'),
    code: 'unsupported',
    says: /offers no function calling for test-model \(400\)/,
  },
  {
    name: 'no tools (vLLM)',
    reply: {
      status: 400,
      body: error('"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set'),
    },
    request: withTools('Read'),
    code: 'unsupported',
    says: /no function calling/,
  },
  {
    name: 'no tools (llama.cpp), without trying again',
    reply: { status: 500, body: error('tools param requires --jinja flag') },
    request: withTools('Read'),
    code: 'unsupported',
    says: /--jinja/,
  },
  {
    name: 'no tools (OpenRouter)',
    reply: { status: 404, body: error('No endpoints found that support tool use.', { code: 404 }) },
    request: withTools('Read'),
    code: 'unsupported',
    says: /no function calling/,
  },
  {
    name: 'no tools (FastAPI)',
    reply: {
      status: 422,
      body: { detail: [{ loc: ['body', 'tools'], msg: 'Extra inputs are not permitted' }] },
    },
    request: withTools('Read'),
    code: 'unsupported',
    says: /no function calling/,
  },
  {
    name: 'a history that does not fit, which is not about tools',
    reply: {
      status: 400,
      body: error("'tool_calls' must be followed by tool messages for each 'tool_call_id'"),
    },
    request: withTools('Read'),
    code: 'bad-request',
    says: /must be followed by/,
  },
];

describe('a fault of the model server', () => {
  for (const { name, reply, code, says, request, server: options = {} } of cases) {
    it(`${name} is ${code}`, () =>
      withServer({ ...options, replies: [reply] }, async (server) => {
        const { result, waits } = await exchange(
          modelAt(server.url, { apiKey: KEY }),
          request ?? ask('Hello'),
        );
        assert.match(faultIn(result, code), says);
        assert.deepEqual([waits, server.requests.length, server.unexpected], [[], 1, 0]);
      }));
  }

  it('never names the key, in whatever form the server repeats it', async () => {
    const forms = [KEY, `Bearer ${KEY}`, `sk-test-*******cdef`, encodeURIComponent(KEY), JSON.stringify(KEY)];
    for (const status of [400, 403, 404, 429, 500]) {
      await withServer(
        {
          models: 'none',
          replies: [{ status, body: error(`You sent ${forms.join(' and ')} to us`), always: true }],
        },
        async (server) => {
          const { result } = await exchange(modelAt(server.url, { apiKey: KEY }), ask('Hello'));
          const text = JSON.stringify(result);
          for (const form of [KEY, 'cdef']) assert.ok(!text.includes(form), text);
        },
      );
    }
  });

  it('keeps a long message short, on one line', () =>
    withServer(
      { replies: [{ status: 400, body: error('so\n\u001b[31mlong '.repeat(500)) }] },
      async (server) => {
        const { result } = await exchange(modelAt(server.url), ask('Hello'));
        const message = faultIn(result, 'bad-request');
        assert.ok(message.length < 400);
        assert.doesNotMatch(message, /\p{Cc}/u);
      },
    ));

  it('sends the key only where there is one, and requires it where the server does', () =>
    withServer({ requireKey: KEY, replies: [{ text: 'hi' }] }, async (server) => {
      const without = await exchange(modelAt(server.url), ask('Hello'));
      assert.match(faultIn(without.result, 'unauthorized'), /wants an API key \(401\)/);
      assert.equal(server.requests[0]?.headers.authorization, undefined);
      assert.ok((await exchange(modelAt(server.url, { apiKey: KEY }), ask('Hello'))).result.ok);
    }));

  it('reads nothing from the environment and says nothing of the machine', () =>
    withServer({ replies: [{ text: 'hi' }] }, async (server) => {
      const leaks = {
        OPENAI_API_KEY: 'leak',
        OPENAI_ADMIN_KEY: 'leak',
        OPENAI_ORG_ID: 'leak',
        OPENAI_PROJECT_ID: 'leak',
        OPENAI_BASE_URL: 'http://127.0.0.1:1/leak',
        OPENAI_CUSTOM_HEADERS: 'Authorization: leak\nX-Leak: leak',
      };
      const before = { ...process.env };
      Object.assign(process.env, leaks);
      try {
        await exchange(modelAt(server.url), ask('Hello'));
      } finally {
        for (const name of Object.keys(leaks)) {
          if (before[name] === undefined) Reflect.deleteProperty(process.env, name);
          else process.env[name] = before[name];
        }
      }
      assert.equal(server.requests.length, 1);
      const headers = JSON.stringify(server.requests[0]?.headers);
      assert.doesNotMatch(headers, /leak|stainless|organization|project/i);
    }));
});

describe('a wrong base URL', () => {
  it('where nothing answers', async () => {
    const { result } = await exchange(modelAt(`http://127.0.0.1:${await freePort()}/v1`), ask('Hello'));
    assert.match(
      faultIn(result, 'unreachable'),
      /^Nothing answers at http:\/\/127\.0\.0\.1:\d+: start the server or check OPENAI_BASE_URL \(setting memento\.planner\.baseUrl\)\.$/,
    );
  });
  it('with a port that HTTP clients refuse', async () => {
    const { result } = await exchange(modelAt('http://127.0.0.1:9'), ask('Hello'));
    assert.match(faultIn(result, 'unreachable'), /^Nothing answers at http:\/\/127\.0\.0\.1:9:/);
  });
  it('with a host that does not exist', async () => {
    const { result } = await exchange(modelAt('http://no-such-host.invalid/v1'), ask('Hello'));
    assert.match(faultIn(result, 'unreachable'), /no-such-host\.invalid/);
  });
  it('with https where the server speaks http', () =>
    withServer({}, async (server) => {
      const { result } = await exchange(modelAt(server.url.replace('http:', 'https:')), ask('Hello'));
      assert.match(faultIn(result, 'unreachable'), /does not speak HTTPS|closed the connection/);
    }));
  it('without /v1', () =>
    withServer({}, async (server) => {
      const { result } = await exchange(modelAt(server.url.replace('/v1', '')), ask('Hello'));
      assert.match(
        faultIn(result, 'not-found'),
        /check the base URL \(it usually ends in \/v1\) in OPENAI_BASE_URL/,
      );
    }));
  it('with the rest of the path pasted, which works', () =>
    withServer({ replies: [{ text: 'hi' }, { text: 'hi' }] }, async (server) => {
      for (const more of ['/chat/completions', '/']) {
        assert.ok((await exchange(modelAt(server.url + more), ask('Hello'))).result.ok);
      }
    }));
  for (const baseUrl of ['localhost:8080/v1', 'ftp://host/v1', 'not a url', 'file:///etc/passwd']) {
    it(`${baseUrl}, which is none`, async () => {
      const { result } = await exchange(modelAt(baseUrl), ask('Hello'));
      assert.match(faultIn(result, 'bad-request'), /must begin with http:\/\/ or https:\/\//);
    });
  }
});

/** A port of loopback on which nothing listens. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

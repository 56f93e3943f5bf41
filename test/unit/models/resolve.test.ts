import assert from 'node:assert/strict';
import { isAbortError } from '../../../src/core/common/abort';
import type { FaultCode } from '../../../src/core/common/result';
import { modelConfigFromEnvironment, resolveModels } from '../../../src/models/index';
import type { ModelConfig, RoleConfig } from '../../../src/models/index';
import { ask, exchange, faultIn, withServer } from './support';

const { signal } = new AbortController();
type Env = Record<string, string>;
const fromEnv = (env: Env) => resolveModels(modelConfigFromEnvironment(env), { signal });
const fromSettings = (planner: Partial<RoleConfig>, executor: Partial<RoleConfig> = {}) => {
  const config: ModelConfig = {
    planner: { provider: 'auto', source: 'settings', ...planner },
    executor: { provider: 'auto', source: 'settings', ...executor },
  };
  return resolveModels(config, { signal });
};
const idsOf = async (pair: ReturnType<typeof resolveModels>) => {
  const result = await pair;
  if (!result.ok) assert.fail(result.fault.message);
  return [result.value.planner?.id, result.value.executor?.id];
};
const faultOf = async (pair: ReturnType<typeof resolveModels>, code: FaultCode) => faultIn(await pair, code);

describe('the configuration from the environment', () => {
  it('is read from six variables; empty ones are missing', () => {
    assert.deepEqual(
      modelConfigFromEnvironment({
        OPENAI_API_KEY: ' k ',
        OPENAI_BASE_URL: '',
        MEMENTO_PLANNER_MODEL: 'p',
        MEMENTO_EXECUTOR_MODEL: 'e',
        MEMENTO_VISION_MODEL: 'v',
        MEMENTO_AUDIO_MODEL: ' ',
        OTHER: 'x',
      }),
      {
        planner: { provider: 'auto', model: 'p', baseUrl: undefined, apiKey: 'k', source: 'environment' },
        executor: { provider: 'auto', model: 'e', source: 'environment' },
        vision: 'v',
        audio: undefined,
      },
    );
  });
  it('is extractive with none of them, or with a model alone', async () => {
    assert.deepEqual(await idsOf(fromEnv({})), [undefined, undefined]);
    assert.deepEqual(await idsOf(fromEnv({ MEMENTO_PLANNER_MODEL: 'p' })), [undefined, undefined]);
  });
});

describe('choosing the models', () => {
  it('takes those that are named, the planner’s for both where the executor has none', async () => {
    const env = { OPENAI_BASE_URL: 'http://127.0.0.1:1/v1', MEMENTO_PLANNER_MODEL: 'p' };
    assert.deepEqual(await idsOf(fromEnv(env)), ['p', 'p']);
    assert.deepEqual(await idsOf(fromEnv({ ...env, MEMENTO_EXECUTOR_MODEL: 'e' })), ['p', 'e']);
    assert.deepEqual(await idsOf(fromEnv({ OPENAI_API_KEY: 'k', MEMENTO_PLANNER_MODEL: 'p' })), ['p', 'p']);
  });

  it('mixes providers', async () => {
    const server = { baseUrl: 'http://localhost:1/v1', model: 'm' };
    assert.deepEqual(await idsOf(fromSettings(server, { provider: 'extractive' })), ['m', undefined]);
    assert.deepEqual(await idsOf(fromSettings({ provider: 'extractive' }, server)), [undefined, 'm']);
    assert.deepEqual(await idsOf(fromSettings({ provider: 'extractive', ...server })), [
      undefined,
      undefined,
    ]);
  });

  it('asks the server where no model is named, and takes the only one', () =>
    withServer(
      { models: ['qwen3', 'text-embedding-nomic'], replies: [{ text: 'hi', always: true }] },
      async (server) => {
        const pair = await fromEnv({ OPENAI_BASE_URL: server.url });
        assert.ok(pair.ok && pair.value.planner);
        assert.equal(pair.value.executor?.id, 'qwen3');
        assert.ok((await exchange(pair.value.planner, ask('Hello'))).result.ok);
        assert.equal(server.requests[0]?.body.model, 'qwen3');
      },
    ));

  it('names the setting and the models where there are several', () =>
    withServer({ models: Array.from({ length: 10 }, (_, i) => `m${i}`) }, async (server) => {
      assert.equal(
        await faultOf(fromEnv({ OPENAI_BASE_URL: server.url }), 'no-model'),
        'No model is chosen: set MEMENTO_PLANNER_MODEL to one of m0, m1, m2, m3, m4, m5, m6, m7 and 2 more.',
      );
      assert.match(
        await faultOf(
          fromSettings({ baseUrl: server.url, model: 'm0' }, { baseUrl: `${server.url}/other` }),
          'no-model',
        ),
        /does not list its models: set the setting memento\.executor\.model/,
      );
      assert.match(
        await faultOf(fromSettings({ provider: 'openai', baseUrl: server.url }), 'no-model'),
        /^No model is chosen: set the setting memento\.planner\.model to one of m0,/,
      );
    }));

  it('says where there are none, or no list', async () => {
    await withServer({ models: [] }, async (server) => {
      assert.match(await faultOf(fromEnv({ OPENAI_BASE_URL: server.url }), 'no-model'), /offers no model/);
    });
    await withServer({ models: 'none' }, async (server) => {
      assert.match(
        await faultOf(fromEnv({ OPENAI_BASE_URL: server.url }), 'no-model'),
        /does not list its models/,
      );
      const base = server.url.replace('/v1', '');
      assert.match(await faultOf(fromEnv({ OPENAI_BASE_URL: base }), 'no-model'), /usually ends in \/v1/);
    });
  });

  it('says where the server can’t be reached, wants a key, or the URL is none', async () => {
    assert.match(
      await faultOf(fromEnv({ OPENAI_BASE_URL: 'http://127.0.0.1:9' }), 'unreachable'),
      /^Nothing answers at http:\/\/127\.0\.0\.1:9: start the server or check OPENAI_BASE_URL\.$/,
    );
    await withServer({ requireKey: 'right' }, async (server) => {
      assert.match(
        await faultOf(fromSettings({ baseUrl: server.url, apiKey: 'wrong-key' }), 'unauthorized'),
        /refused the API key \(401\): run “Memento: Set API Key”\.$/,
      );
    });
    assert.match(
      await faultOf(
        fromEnv({ OPENAI_BASE_URL: 'https://models.example/v1', MEMENTO_PLANNER_MODEL: 'm' }),
        'unauthorized',
      ),
      /^models\.example needs an API key: set OPENAI_API_KEY \(any text, if that server wants none\)\.$/,
    );
    assert.match(
      await faultOf(fromSettings({ baseUrl: 'nonsense' }), 'bad-request'),
      /memento\.planner\.baseUrl/,
    );
    assert.match(
      await faultOf(fromSettings({ provider: 'openai', model: 'm' }), 'unauthorized'),
      /^api\.openai\.com needs an API key: run “Memento: Set API Key”/,
    );
  });

  it('needs no key on loopback, by any of its names', async () => {
    for (const host of ['127.0.0.1', '127.8.9.1', 'localhost', 'model.localhost', '[::1]']) {
      assert.deepEqual(
        await idsOf(fromEnv({ OPENAI_BASE_URL: `http://${host}:1/v1`, MEMENTO_PLANNER_MODEL: 'm' })),
        ['m', 'm'],
      );
    }
    for (const host of ['localhost.example', '127.0.0.1.example', '10.0.0.1', 'notlocalhost']) {
      await faultOf(
        fromEnv({ OPENAI_BASE_URL: `http://${host}:1/v1`, MEMENTO_PLANNER_MODEL: 'm' }),
        'unauthorized',
      );
    }
  });

  it('never sends the planner’s key to another server of the executor', () =>
    withServer({ replies: [{ text: 'hi', always: true }] }, async (planner) => {
      await withServer({ replies: [{ text: 'hi', always: true }] }, async (executor) => {
        const pair = await fromSettings(
          { baseUrl: planner.url, apiKey: 'planner-key', model: 'm' },
          { baseUrl: executor.url },
        );
        assert.ok(pair.ok && pair.value.planner && pair.value.executor);
        assert.equal(pair.value.executor.id, 'test-model');
        await exchange(pair.value.planner, ask('Hello'));
        await exchange(pair.value.executor, ask('Hello'));
        assert.equal(planner.requests[0]?.headers.authorization, 'Bearer planner-key');
        assert.equal(executor.requests[0]?.headers.authorization, undefined);
      });
    }));

  it('can be aborted', () =>
    withServer({}, async (server) => {
      const work = resolveModels(modelConfigFromEnvironment({ OPENAI_BASE_URL: server.url }), {
        signal: AbortSignal.abort(),
      });
      await assert.rejects(work, (error: unknown) => isAbortError(error));
    }));
});

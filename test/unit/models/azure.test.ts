import assert from 'node:assert/strict';
import type { FaultCode } from '../../../src/core/common/result';
import { modelConfigFromEnvironment, resolveModels, type RoleConfig } from '../../../src/models';
import { azureTarget } from '../../../src/models/azure';
import { FILTERED, startAzureServer, type AzureOptions, type AzureServer } from '../../fakes/azureServer';
import { ask, exchange, faultIn, withTools } from './support';

const { signal } = new AbortController();
const KEY = 'azure-secret-key';

describe('where Azure’s API is', () => {
  const target = (url: string, deployment?: string, apiVersion?: string) => {
    const found = azureTarget(url, { deployment, apiVersion });
    return found && [found.baseUrl, found.deployment, found.apiVersion].map((part) => part ?? '-').join(' ');
  };
  const root = 'https://lake.openai.azure.com';
  for (const [given, found] of [
    [root, `${root}/openai/v1 - -`],
    [`${root}/`, `${root}/openai/v1 - -`],
    [`${root}/openai`, `${root}/openai/v1 - -`],
    [`${root}/openai/v1/`, `${root}/openai/v1 - -`],
    [`${root}/openai/v1/chat/completions?api-version=preview`, `${root}/openai/v1 - -`],
    [
      `${root}/openai/deployments/gpt%204o/chat/completions?api-version=2025-01-01-preview`,
      `${root}/openai gpt 4o 2025-01-01-preview`,
    ],
    ['https://gateway.example/team/openai', 'https://gateway.example/team/openai/v1 - -'],
  ] as const) {
    it(`is found in ${given}`, () => assert.equal(target(given), found));
  }
  it('is told by the settings before the address', () => {
    const given = `${root}/openai/deployments/a/chat/completions?api-version=2024-02-01`;
    assert.equal(target(given, 'b', '2024-10-21'), `${root}/openai b 2024-10-21`);
    assert.equal(target(root, 'b', 'v1'), `${root}/openai/v1 b -`);
  });
  it('is nowhere in what is no address', () => assert.equal(target('lake'), undefined));
});

describe('Azure OpenAI', () => {
  let server: AzureServer;
  const serve = async (options: Partial<AzureOptions> = {}) => {
    server = await startAzureServer({ key: KEY, deployments: ['lake-4o'], replies: [], ...options });
    return server;
  };
  afterEach(() => server.close());

  const planner = async (role: Partial<RoleConfig> = {}) => {
    const azure = { deployment: 'lake-4o', apiVersion: '2024-10-21' };
    const own: RoleConfig = {
      provider: 'azure',
      baseUrl: server.endpoint,
      apiKey: KEY,
      azure,
      source: 'settings',
      ...role,
    };
    const pair = await resolveModels(
      { planner: own, executor: { provider: 'auto', source: 'settings' } },
      { signal },
    );
    if (!pair.ok) assert.fail(pair.fault.message);
    assert.ok(pair.value.planner);
    return pair.value.planner;
  };
  const faultOf = async (code: FaultCode, role: Partial<RoleConfig> = {}) =>
    faultIn((await exchange(await planner(role), ask('Hi'))).result, code);

  for (const [form, apiVersion, path] of [
    ['dated', '2024-10-21', '/openai/deployments/lake-4o/chat/completions?api-version=2024-10-21'],
    ['undated', undefined, '/openai/v1/chat/completions'],
  ] as const) {
    it(`streams text in the ${form} form; the key goes in its own header only`, async () => {
      await serve({ replies: [{ text: 'It is forty-two metres deep.' }] });
      const model = await planner({ azure: { deployment: 'lake-4o', apiVersion } });
      const { result, shown } = await exchange(model, ask('How deep?'));
      assert.ok(result.ok);
      assert.equal(shown, 'It is forty-two metres deep.');
      assert.deepEqual(result.value.usage, { inputTokens: 10, outputTokens: 5 });
      const [request] = server.requests;
      assert.equal(request?.path, path);
      assert.equal(request.headers['api-key'], KEY);
      assert.equal(request.headers.authorization, undefined);
    });
  }

  it('calls tools', async () => {
    await serve({ replies: [{ toolCalls: [{ name: 'read_file', arguments: { path: 'a.md' } }] }] });
    const { result } = await exchange(await planner(), withTools('Read it'));
    assert.ok(result.ok);
    assert.deepEqual(result.value.toolCalls, [
      { id: 'call_1', name: 'read_file', arguments: '{"path":"a.md"}' },
    ]);
  });

  it('is shown, and priced, by the name of the model where there is one', async () => {
    await serve();
    assert.equal((await planner()).id, 'lake-4o');
    const named = await planner({ model: 'gpt-4o' });
    assert.equal(named.id, 'gpt-4o');
    assert.ok((await exchange(named, ask('Hi'))).result.ok);
  });

  it('says what is wrong', async () => {
    await serve({ replies: [FILTERED] });
    assert.match(await faultOf('unauthorized', { apiKey: 'wrong' }), /refused the API key.*Set API Key/);
    const gone = await faultOf('model-not-found', {
      azure: { deployment: 'gone', apiVersion: '2024-10-21' },
    });
    assert.match(gone, /no deployment gone: set the setting memento\.planner\.azure\.deployment/);
    assert.match(
      await faultOf('not-found', { azure: { deployment: 'lake-4o', apiVersion: '2024' } }),
      /the API version/,
    );
    assert.match(await faultOf('bad-reply'), /content filter of .* stopped the request/);
  });

  it('waits as long as the server says in milliseconds', async () => {
    const message = 'Requests to the ChatCompletions_Create Operation have exceeded token rate limit.';
    await serve({
      replies: [
        {
          status: 429,
          headers: { 'retry-after-ms': '30', 'retry-after': '60' },
          body: { error: { code: '429', message } },
        },
        { text: 'Now.' },
      ],
    });
    const { result, waits } = await exchange(await planner(), ask('Hi'));
    assert.ok(result.ok);
    assert.equal(waits.length, 1);
  });

  it('has no default endpoint, and wants a deployment and a key', async () => {
    await serve();
    const resolve = (role: Partial<RoleConfig>) =>
      resolveModels(
        {
          planner: { provider: 'azure', source: 'settings', apiKey: 'k', ...role },
          executor: { provider: 'auto', source: 'settings' },
        },
        { signal },
      );
    assert.match(faultIn(await resolve({}), 'bad-request'), /endpoint of your resource/);
    const baseUrl = 'https://lake.openai.azure.com';
    assert.match(faultIn(await resolve({ baseUrl }), 'no-model'), /No deployment of lake\.openai/);
    assert.match(
      faultIn(await resolve({ baseUrl, apiKey: '' }), 'unauthorized'),
      /needs an API key: run “Memento: Set API Key”\.$/,
    );
    // Its hosts are known without being named.
    assert.match(faultIn(await resolve({ baseUrl, provider: 'auto' }), 'no-model'), /No deployment/);
  });

  it('is used from the environment where nothing of OpenAI’s is set', async () => {
    await serve({ deployments: ['lake-4o', 'small'], replies: [{ text: 'plans' }, { text: 'works' }] });
    const env = {
      AZURE_OPENAI_ENDPOINT: server.endpoint,
      AZURE_OPENAI_API_KEY: KEY,
      AZURE_OPENAI_DEPLOYMENT: 'lake-4o',
      OPENAI_API_VERSION: '2024-10-21',
      MEMENTO_EXECUTOR_MODEL: 'small',
      MEMENTO_AUDIO_MODEL: 'whisper',
    };
    const pair = await resolveModels(modelConfigFromEnvironment(env), { signal });
    assert.ok(pair.ok && pair.value.planner && pair.value.executor && pair.value.transcriber);
    for (const model of [pair.value.planner, pair.value.executor]) await exchange(model, ask('Hi'));
    assert.deepEqual(
      server.requests.map(({ path }) => path.split('/')[3]),
      ['lake-4o', 'small'],
    );
    const heard = await pair.value.transcriber.transcribe(
      { name: 'a.wav', bytes: new Uint8Array(4) },
      signal,
    );
    assert.ok(heard.ok);
    assert.equal(heard.value.text, 'Heard by whisper.');
    assert.equal(modelConfigFromEnvironment({ ...env, OPENAI_API_KEY: 'k' }).planner.provider, 'auto');
  });
});

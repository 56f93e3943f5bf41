import assert from 'node:assert/strict';
import { readPrices } from '../../../src/core/agent/prices';
import type { Prices } from '../../../src/core/agent/limits';
import { modelConfigFromEnvironment } from '../../../src/models';
import { hasFailed, testModels, type TestedModel } from '../../../src/models/testModels';
import type { ModelRequest, ModelServerOptions, ScriptedReply } from '../../fakes/modelServer';
import { withServer } from './support';

/** A model that can do all of it. */
function able({ body, text }: ModelRequest): ScriptedReply {
  if (text.includes('Count from 1')) return { text: '1 2 3 4 5 6 7 8 9 10' };
  if (text.includes('Which colour')) return { text: 'Red.' };
  if (text.includes('boats')) return { text: '{"harbourName":"Ebeltoft","boatCount":7}' };
  if (text.includes('4217')) return { text: 'It is 4,217 mm.' };
  if (body.tools) return { toolCalls: [{ name: 'water_level', arguments: { harbour: 'Ebeltoft' } }] };
  return { text: '{"tool":"water_level","arguments":{"harbour":"Ebeltoft"}}' };
}

/** What is found of a server's model, each check as `name: verdict`. */
async function found(options: ModelServerOptions, env: object = {}, prices: Prices = {}) {
  let tested: readonly TestedModel[] = [];
  await withServer(options, async (server) => {
    const config = modelConfigFromEnvironment({ OPENAI_BASE_URL: server.url, ...env });
    tested = await testModels(config, { signal: new AbortController().signal, prices });
  });
  return tested;
}
const verdicts = ([first]: readonly TestedModel[]) =>
  Object.fromEntries((first?.checks ?? []).map(({ name, verdict }) => [name, verdict]));
const words = ([first]: readonly TestedModel[], name: string) =>
  first?.checks.find((check) => check.name === name)?.words ?? '';

const ALL_WORKS = { reachable: 'works', streaming: 'works', tools: 'works', json: 'works' };
const UNKNOWN = { context: 'instead', price: 'instead' };

describe('testing a model', () => {
  it('finds that all works, once for planner and executor', async () => {
    const tested = await found({ replies: able });
    assert.deepEqual(verdicts(tested), { ...ALL_WORKS, ...UNKNOWN });
    assert.deepEqual(
      tested.map(({ roles, model }) => [roles, model]),
      [[['planner', 'executor'], 'test-model']],
    );
    assert.equal(tested.some(hasFailed), false);
  });

  it('knows window and price where they are known', async () => {
    const prices = { 'gpt-4o': { input: 2.5, output: 10 } };
    const tested = await found({ replies: able }, { MEMENTO_PLANNER_MODEL: 'gpt-4o' }, prices);
    assert.match(words(tested, 'context'), /128,000 tokens/);
    assert.match(words(tested, 'price'), /\$2\.5 a million/);
  });

  it('tells a reply that comes in one piece', async () => {
    const tested = await found({ replies: able, wire: { whole: true } });
    assert.deepEqual(verdicts(tested), { ...ALL_WORKS, ...UNKNOWN, streaming: 'instead' });
  });

  it('tries the JSON protocol where there is no function calling', async () => {
    const tested = await found({ replies: able, rejects: ['tools'] });
    assert.deepEqual(verdicts(tested), { ...ALL_WORKS, ...UNKNOWN, tools: 'instead' });
    assert.match(words(tested, 'tools'), /No function calling: the JSON tool protocol is used, and works/);
  });

  it('tells a model that calls nothing, and one that leaves the result out', async () => {
    const mute = await found({
      replies: (request) => (request.body.tools ? { text: 'About 4 m.' } : able(request)),
    });
    assert.equal(verdicts(mute)['tools'], 'fails');
    const deaf = await found({
      replies: (request) => (request.text.includes('4217') ? { text: 'I do not know.' } : able(request)),
    });
    assert.match(words(deaf, 'tools'), /left the result out/);
    assert.equal(deaf.some(hasFailed), true);
  });

  it('tells how JSON is had where schemas are refused, or taken and not kept to', async () => {
    const mode = await found({ replies: able, rejects: ['json_schema'] });
    assert.match(words(mode, 'json'), /JSON mode, without a schema/);
    const none = await found({ replies: able, rejects: ['response_format'] });
    assert.match(words(none, 'json'), /No JSON mode/);
    const loose = await found({
      replies: (request) =>
        request.text.includes('Write that as JSON') ? { text: '{"boats":7}' } : able(request),
    });
    assert.match(words(loose, 'json'), /taken and not kept to/);
    const prose = await found({
      replies: (request) => (request.text.includes('boats') ? { text: 'Seven boats.' } : able(request)),
    });
    assert.equal(verdicts(prose)['json'], 'fails');
  });

  it('shows a picture to the vision model', async () => {
    const tested = await found({ replies: able }, { MEMENTO_VISION_MODEL: 'eyes' });
    const vision = tested.find(({ roles }) => roles.includes('vision'));
    assert.deepEqual(
      vision?.checks.map(({ words: said }) => said),
      ['It sees images.'],
    );
  });

  it('ends with the remedy where nothing answers', async () => {
    const tested = await found({ replies: () => ({ status: 401 }) });
    assert.deepEqual(verdicts(tested), { reachable: 'fails' });
    assert.equal(tested[0]?.checks[0]?.fault?.code, 'unauthorized');
    const several = await found({ models: ['a', 'b'] });
    assert.equal(several[0]?.fault?.code, 'no-model');
  });

  it('has nothing to do for the extractive pair', async () => {
    const tested = await testModels(modelConfigFromEnvironment({}), {
      signal: new AbortController().signal,
      prices: {},
    });
    assert.deepEqual(
      tested.map(({ model, checks }) => [model, checks.length]),
      [[undefined, 0]],
    );
  });
});

describe('the table of prices', () => {
  it('is read entry by entry; what is wrong is named', () => {
    const good = { input: 0, output: 1.5 };
    const { prices, wrong } = readPrices({
      good,
      text: '1',
      half: { input: 1 },
      minus: { input: -1, output: 1 },
      none: null,
    });
    assert.deepEqual(prices, { good });
    assert.deepEqual(wrong, ['text', 'half', 'minus', 'none']);
    assert.deepEqual(readPrices(undefined), { prices: {}, wrong: [] });
    assert.deepEqual(readPrices([]).wrong, ['[]']);
  });
});

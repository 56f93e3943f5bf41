import assert from 'node:assert/strict';
import * as z from 'zod';
import { CallCache, type MadeCall } from '../../../../src/core/agent/callCache';
import { canonicalJson } from '../../../../src/core/common/canonicalJson';
import { defineTool, failure } from '../../../../src/core/tools/tool';

const tool = (name: string, readOnly: boolean) =>
  defineTool({
    name,
    readOnly,
    description: '',
    parameters: z.unknown(),
    run: async () => failure('never called here'),
  });
const read = tool('read', true);
const write = tool('write', false);

describe('the calls of a run', () => {
  let cache: CallCache;
  let made: string[];
  beforeEach(() => {
    cache = new CallCache();
    made = [];
  });
  const ask = async (called: typeof read, args: unknown, ok = true) => {
    const { repeated, result } = await cache.answer(called, args, async (): Promise<MadeCall> => {
      const content = `${called.name} ${made.push(canonicalJson(args))}`;
      await Promise.resolve();
      return { result: { ok, content, preview: '' }, cited: [] };
    });
    return `${result.content}${repeated ? ', repeated' : ''}`;
  };

  it('the same one is made once, whatever the order of its arguments', async () => {
    assert.equal(await ask(read, { path: 'a', lines: { from: 1, to: 2 } }), 'read 1');
    assert.equal(await ask(read, { lines: { to: 2, from: 1 }, path: 'a' }), 'read 1, repeated');
    assert.equal(await ask(read, { path: 'a', lines: { from: 1, to: 3 } }), 'read 2');
    assert.equal(await ask(tool('other', true), { path: 'a', lines: { from: 1, to: 3 } }), 'other 3');
  });

  it('alike ones at once are made once', async () => {
    const answers = await Promise.all([ask(read, 'a'), ask(read, 'a'), ask(read, 'b')]);
    assert.deepEqual(answers.sort(), ['read 1', 'read 1, repeated', 'read 2']);
  });

  it('a failure is tried again, by those that waited for it too', async () => {
    const [first, second] = await Promise.all([ask(read, 'a', false), ask(read, 'a', true)]);
    assert.deepEqual([first, second], ['read 1', 'read 2']);
    assert.equal(await ask(read, 'a'), 'read 2, repeated');
  });

  it('a throw is passed on, and tried again', async () => {
    const broken = cache.answer(read, 'a', () => Promise.reject(new Error('broken')));
    await assert.rejects(broken, /broken/);
    assert.equal(await ask(read, 'a'), 'read 1');
  });

  it('one that may change something is always made, and what was read before is read again', async () => {
    await ask(read, 'a');
    assert.equal(await ask(write, 'x'), 'write 2');
    assert.equal(await ask(write, 'x'), 'write 3');
    assert.equal(await ask(read, 'a'), 'read 4');
  });
});

describe('canonical JSON', () => {
  const cases: readonly (readonly [unknown, string])[] = [
    [{ b: 1, a: [{ d: null, c: undefined }] }, '{"a":[{"d":null}],"b":1}'],
    [[undefined, 'é"'], '[null,"é\\""]'],
    [undefined, 'null'],
    ['{"a":1}', '"{\\"a\\":1}"'],
  ];
  for (const [value, text] of cases) it(text, () => assert.equal(canonicalJson(value), text));
});

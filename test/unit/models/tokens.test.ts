import assert from 'node:assert/strict';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { contextWindow } from '../../../src/models/contextWindows';
import { tokenCounter } from '../../../src/models/tokens';

describe('tokens', () => {
  // Of tiktoken 0.7, as its documentation and OpenAI's cookbook show them.
  const counts: readonly (readonly [string, string, number])[] = [
    ['gpt-4', 'tiktoken is great!', 6],
    ['gpt-3.5-turbo', 'antidisestablishmentarianism', 6],
    ['gpt-4o', 'tiktoken is great!', 6],
    ['gpt-4', 'お誕生日おめでとう', 9],
    ['gpt-4o', 'お誕生日おめでとう', 8],
    ['gpt-4o-mini', '2 + 2 = 4', 7],
  ];
  for (const [model, text, count] of counts) {
    it(`${model}: ${text}`, async () => assert.equal(await tokenCounter(model).count(text), count));
  }

  it('what looks like a special token is a text', async () => {
    assert.ok((await tokenCounter('gpt-4o').count('<|endoftext|>')) > 1);
  });

  it('a model of another maker is an estimate', () => {
    const exact = ['gpt-4o-2024-08-06', 'openai/gpt-4.1', 'o3-mini', 'gpt-5', 'gpt-4-0613'];
    const estimates = ['llama3.1', 'claude-sonnet-4', 'test-model', 'gpt-4all', 'o30', ''];
    for (const model of exact) assert.equal(tokenCounter(model).exact, true, model);
    for (const model of estimates) assert.equal(tokenCounter(model).exact, false, model);
  });

  it('a long text without white space is counted exactly', async () => {
    const texts = [
      '绞车放下探测器，三十二米深，水温四度。'.repeat(40),
      'key1:{"a":[1,2],"b":null},'.repeat(60),
    ];
    for (const text of texts)
      assert.equal(await tokenCounter('gpt-4o').count(text), countTokens(text), text.slice(0, 20));
  });

  it('a long run is counted in pieces, and about as many', async () => {
    const counter = tokenCounter('gpt-4o');
    const word = await counter.count('绞'.repeat(256));
    assert.equal(await counter.count('绞'.repeat(256_000)), 1_000 * word);
    const line = 'x'.repeat(200);
    assert.equal(
      await counter.count(`${line} ${line}`),
      (await counter.count(line)) + (await counter.count(` ${line}`)),
    );
  });
});

describe('context windows', () => {
  const windows: readonly (readonly [string, number | undefined])[] = [
    ['gpt-4', 8_192],
    ['gpt-4o-mini', 128_000],
    ['openai/gpt-4.1-nano', 1_047_576],
    ['gpt-3.5-turbo-0125', 16_385],
    ['llama3.1:8b', 128_000],
    ['llama3:8b', 8_192],
    ['test-model', undefined],
  ];
  for (const [model, window] of windows) it(model, () => assert.equal(contextWindow(model), window));
});

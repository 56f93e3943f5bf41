import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { countTokens } from '../../../src/models/tokens';
import { createTokenThread } from '../../../src/node/tokens';
import { silentLogger } from '../../fakes/memoryRuns';
import { temporaryFolder } from '../../fakes/temporaryFolder';

const workerFile = path.resolve(import.meta.dirname, '../../../dist/token-worker.js');

describe('the thread that counts tokens', () => {
  const folder = temporaryFolder();

  it('counts as this thread does, several texts at once', async () => {
    const thread = createTokenThread(workerFile, silentLogger);
    const texts = ['tiktoken is great!', '', 'お誕生日おめでとう', '<|endoftext|>', 'a'.repeat(1_000)];
    for (const vocabulary of ['o200k_base', 'cl100k_base'] as const) {
      const counts = await Promise.all(texts.map((text) => thread.count(text, vocabulary)));
      assert.deepEqual(counts, await Promise.all(texts.map((text) => countTokens(text, vocabulary))));
    }
    await thread.dispose();
  });

  it('estimates where it does not start, or dies, says so once, and starts anew', async () => {
    const warnings: string[] = [];
    const logger = { ...silentLogger, warn: (message: string) => void warnings.push(message) };
    const nowhere = createTokenThread(path.join(path.dirname(workerFile), 'none.js'), logger);
    assert.equal(await nowhere.count('x'.repeat(300), 'o200k_base'), 100);
    assert.equal(await nowhere.count('水'.repeat(300), 'o200k_base'), 300);
    assert.equal(warnings.length, 1);
    const file = path.join(folder(), 'dies.mjs');
    await writeFile(file, 'process.exit(1)');
    const dying = createTokenThread(file, silentLogger);
    assert.equal(await dying.count('x'.repeat(300), 'o200k_base'), 100);
    await writeFile(file, `await import(${JSON.stringify(workerFile)})`);
    assert.equal(await dying.count('tiktoken is great!', 'cl100k_base'), 6);
    await dying.dispose();
  });
});

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createWorkerEncoder } from '../../../../../src/node/encoder';
import { type Outcome, runFolder } from '../../../../../bench/extractive/runs';
import { sampleSets } from '../../../../../bench/extractive/questions';

const project = path.resolve(import.meta.dirname, '../../../../..');
const dist = path.join(project, 'dist');

/** The whole pair with the real encoder and search over examples/sample-workspace. Measured: 25 of 30 and 19 of 20. */
describe('the sample workspace', function () {
  this.timeout(300_000);
  let outcomes: readonly Outcome[] = [];
  const count = (is: (outcome: Outcome) => boolean) => outcomes.filter(is).length;

  before(async () => {
    if (!existsSync(path.join(dist, 'workspace-worker.js')))
      execFileSync(process.execPath, ['esbuild.mjs'], { cwd: project, stdio: 'inherit' });
    const encoder = createWorkerEncoder({
      assets: path.join(dist, 'encoder'),
      workerFile: path.join(dist, 'encoder-worker.js'),
    });
    const set = sampleSets(project).find(({ name }) => name === 'sample, test');
    assert.ok(set);
    try {
      outcomes = await runFolder(set, encoder, dist);
    } finally {
      await encoder.dispose();
    }
  });

  it('answers nearly all of thirty questions with the right words of the right file', () => {
    const right = count(({ right: is }) => is);
    assert.ok(right >= 24, `${right} of 30`);
  });

  it('abstains from nearly all of twenty that the files do not answer', () => {
    const abstained = count(({ asked, abstained: is }) => asked.answers === undefined && is);
    assert.ok(abstained >= 18, `${abstained} of 20`);
  });

  it('quotes nothing that does not stand in its file', () => {
    const wrong = outcomes.filter(({ verified }) => !verified).map(({ asked }) => asked.text);
    assert.deepEqual(wrong, []);
  });
});

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { createCalculator } from '../../../src/node/calculator';

const project = path.resolve(import.meta.dirname, '../../..');
const workerFile = path.join(project, 'dist/calculator-worker.js');

describe('the calculator’s thread', function () {
  this.timeout(60_000);
  const { signal } = new AbortController();
  let calculator: ReturnType<typeof createCalculator>;

  before(() => {
    if (!existsSync(workerFile))
      execFileSync(process.execPath, ['esbuild.mjs'], { cwd: project, stdio: 'inherit' });
  });
  beforeEach(() => (calculator = createCalculator({ workerFile, limitMs: 2_000 })));
  afterEach(() => calculator.dispose());

  it('calculates one expression after the other', async () => {
    const results = await Promise.all(
      ['18 % * 340', '1 +', '2^10'].map((expression) => calculator.calculate(expression, signal)),
    );
    assert.deepEqual(
      results.map((result) => (result.ok ? result.value : 'fault')),
      ['61.2', 'fault', '1024'],
    );
  });

  for (const expression of ['sum(1:1e9)', 'ones(100000, 100000)', 'f(n) = f(n + 1) + f(n + 2); f(0)']) {
    it(`ends ${expression}, and calculates on`, async () => {
      const result = await calculator.calculate(expression, signal);
      assert.ok(!result.ok, 'it has no value');
      const next = await calculator.calculate('1 + 1', signal);
      assert.deepEqual(next, { ok: true, value: '2' });
    });
  }

  it('stops when it is not waited for any more', async () => {
    const abort = new AbortController();
    const calculating = calculator.calculate('sum(1:1e9)', abort.signal);
    abort.abort(new Error('not wanted'));
    await assert.rejects(calculating, /not wanted/);
  });
});

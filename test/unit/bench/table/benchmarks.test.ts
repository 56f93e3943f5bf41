import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, it } from 'mocha';
import { argumentsFor, benchmarksIn, told } from '../../../../bench/table/benchmarks';

const all = benchmarksIn(path.resolve(import.meta.dirname, '../../../../bench'));

describe('the benchmarks', () => {
  it('are told by the comment that each begins with', () => {
    const source = `/**
 * How long it takes. And more.
 *   npm run bench -- some [--data FOLDER] [--quick]
 * Takes about 1.5 min.
 */
import x from 'y'; /** --other */`;
    assert.deepEqual(told(source), {
      summary: 'How long it takes.',
      options: new Set(['--data', '--quick']),
      takes: 90,
    });
    assert.deepEqual(told('import x'), { summary: '', options: new Set(), takes: undefined });
  });

  it('all keep to the contract: they say what they measure, and take --json and --quick', () => {
    assert.ok(all.length >= 12);
    for (const { name, summary, options } of all) {
      assert.ok(summary.length > 20, `${name} says what it measures`);
      assert.ok(options.has('--json') && options.has('--quick'), `${name} takes --json and --quick`);
    }
  });

  it('are quick unless they are short anyway, or all is wanted', () => {
    const benchmark = (takes: number | undefined, ...options: readonly string[]) => ({
      ...{ name: 'some', file: '', summary: '', takes },
      options: new Set(options),
    });
    const short = benchmark(30, '--quick');
    const long = benchmark(600, '--quick');
    assert.deepEqual(argumentsFor(short, 'usual'), []);
    assert.deepEqual(argumentsFor(short, 'quick'), ['--quick']);
    assert.deepEqual(argumentsFor(long, 'usual'), ['--quick']);
    assert.deepEqual(argumentsFor(long, 'full'), []);
    assert.deepEqual(argumentsFor(benchmark(undefined, '--quick'), 'usual'), ['--quick']);
    assert.deepEqual(argumentsFor(benchmark(600), 'quick'), []);
  });
});

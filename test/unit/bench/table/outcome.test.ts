import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, it } from 'mocha';
import { benchmarksIn } from '../../../../bench/table/benchmarks';
import { type Ended, outcomeOf, run } from '../../../../bench/table/outcome';

const figures = (...some: readonly object[]) => `${JSON.stringify({ figures: some })}\n`;
const RIGHT = { what: 'recall', value: 1, unit: '', atLeast: 1 };
const WRONG = { ...RIGHT, value: 0.9 };
const outcome = (ended: Partial<Ended>) => outcomeOf({ code: 0, stdout: '', stderr: '', ...ended });

describe('what came of a benchmark', () => {
  it('is in its last line', () => {
    const { figures: found, failed } = outcome({ stdout: `{"row":1}\n${figures(RIGHT)}` });
    assert.deepEqual(found, [RIGHT]);
    assert.equal(failed, undefined);
  });

  it('is no failure where a limit was missed, and one where none was', () => {
    assert.equal(outcome({ code: 1, stdout: figures(WRONG) }).failed, undefined);
    const stderr = 'Node says\nError: the disk is full\n    at here (x.ts:1:1)\n\nNode.js v20\n';
    assert.equal(outcome({ code: 1, stdout: figures(RIGHT), stderr }).failed, 'Error: the disk is full');
  });

  it('names the fault of one that printed no figures', () => {
    const cases = [
      [{ code: 1, stderr: 'TypeError: no\n    at x\n' }, 'TypeError: no'],
      [{ code: 1, stderr: 'Killed\n' }, 'Killed'],
      [{ code: 1 }, 'it ended with exit code 1 and said nothing'],
      [{ code: null }, 'it ended with exit code none and said nothing'],
      [{ stdout: 'done\n' }, 'its last line has no figures that can be read'],
      [
        { stdout: figures({ what: 'x', value: null, unit: '' }) },
        'its last line has no figures that can be read',
      ],
      [
        { stdout: figures(...Array<object>(13).fill(RIGHT)) },
        'its last line has no figures that can be read',
      ],
      [{ code: null, endedAfter: 6 }, 'no end after 6 min'],
    ] as const;
    for (const [ended, failed] of cases) assert.equal(outcome(ended).failed, failed);
  });

  it('says what did not run here, in part or in whole', () => {
    const stderr = 'Skipped: there is no qed in /data.\n';
    assert.deepEqual(outcome({ stderr }), {
      figures: [],
      skipped: ['there is no qed in /data.'],
      failed: undefined,
    });
    assert.deepEqual(outcome({ stderr, stdout: figures(RIGHT) }).figures, [RIGHT]);
  });
});

describe('a benchmark', () => {
  it('runs in a process of its own, with --json and its options', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'memento-table-'));
    try {
      const program = `/** Counts. */
        const figure = { what: process.argv.slice(2).join(' '), value: 1, unit: '' };
        console.log(JSON.stringify({ figures: [figure] }));`;
      writeFileSync(path.join(folder, 'counting.mjs'), program);
      writeFileSync(path.join(folder, 'notes.txt'), '');
      const [benchmark, ...others] = benchmarksIn(folder);
      assert.ok(benchmark);
      assert.deepEqual(others, []);
      const { figures: found, failed } = outcomeOf(await run(benchmark, ['--quick'], 1));
      assert.deepEqual([found[0]?.what, failed], ['--json --quick', undefined]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

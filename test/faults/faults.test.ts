import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { messageOf } from '../../src/core/common/result';
import { without } from './mutants';
import { isMutant, PAGE, toldCells } from './page';
import { outcomeOf, PATIENCE } from './row';
import { ROWS, TABLE } from './table';

const ROOT = path.resolve(import.meta.dirname, '../..');
const textOf = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

/** Each row makes its fault happen; docs/FAULTS.md tells them. */
describe('faults', function () {
  this.timeout(2 * PATIENCE);

  for (const { title, rows } of TABLE) {
    describe(title, () => {
      for (const { id, fault, shown } of rows) {
        it(`${id}: ${fault}`, async function () {
          if (!('see' in shown)) {
            assert.ok(textOf(shown.file).includes(`'${shown.test}'`), `${shown.file} has no such test`);
            return;
          }
          const why = shown.unable?.();
          if (why !== undefined) {
            console.log(`      skipped: ${why}`);
            this.skip();
          }
          const { seen, asExpected } = await outcomeOf(shown);
          assert.ok(asExpected, `seen: ${seen}; expected: ${String(shown.like)}`);
        });
      }
    });
  }
});

describe('the table of faults', () => {
  it('has names of its own for all rows', () => {
    assert.equal(new Set(ROWS.map(({ id }) => id)).size, ROWS.length);
  });

  it('has guards that stand once in the sources', () => {
    const problems = ROWS.flatMap(({ id, shown }) => {
      if (!('see' in shown) || !isMutant(shown.guard)) return [];
      const source = textOf(shown.guard.file);
      try {
        return without(shown.guard, source) === source ? [`${id}: changes nothing`] : [];
      } catch (error) {
        return [`${id}: ${messageOf(error)}`];
      }
    });
    assert.deepEqual(problems, []);
  });

  it('is the one of the page: else `npm run faults`', () => {
    const told = textOf(PAGE)
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) =>
        line
          .split(/(?<!\\)\|/)
          .slice(1, 6)
          .map((cell) => cell.trim()),
      );
    assert.deepEqual(told, ROWS.map(toldCells));
  });

  it('is of rows that all held when the page was made', () => {
    assert.match(textOf(PAGE), /^- (\d+) of \1 faults end as expected\.\n- (\d+) of \2 guards/m);
    assert.doesNotMatch(textOf(PAGE), /not as expected|does not need its guard|not tried here/);
  });
});

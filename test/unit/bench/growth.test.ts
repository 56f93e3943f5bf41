import assert from 'node:assert/strict';
import { exponent } from '../../../bench/growth/exponent';
import { reading } from '../../../bench/growth/runs';

const costs = (sizes: readonly number[], cost: (size: number) => number) =>
  exponent(sizes.map((size) => ({ size, cost: cost(size) })));
const near = (value: number, wanted: number) => assert.ok(Math.abs(value - wanted) < 0.01, `${value}`);

describe('a growth exponent', () => {
  it('is the power of the size', () => {
    near(
      costs([100, 300, 1000], (n) => 3 * n),
      1,
    );
    near(
      costs([100, 300, 1000], (n) => n * n),
      2,
    );
    near(
      costs([100, 300, 1000], () => 7),
      0,
    );
  });

  it('leaves out sizes under a tenth of the largest, whose cost is mostly fixed', () => {
    near(
      costs([1, 10, 100, 1000], (n) => (n < 100 ? 1e6 : n)),
      1,
    );
    assert.ok(Number.isNaN(costs([1, 1000], (n) => n)));
  });
});

describe('a run that reads', () => {
  it('reads no file twice, whether in one task or in several', () => {
    for (const tasks of [1, 3]) {
      const calls = reading(12, tasks)
        .plans.flat()
        .flatMap((task) => task.calls);
      assert.equal(new Set(calls.map((call) => JSON.stringify(call))).size, 12);
    }
  });
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  bandPath,
  barSlots,
  countTicks,
  everyNth,
  linearScale,
  linePath,
  niceTicks,
  ordinalTicks,
} from '../../../../src/core/common/plot';

describe('the geometry of plots', () => {
  it('scales from end to end, either way round', () => {
    const y = linearScale([0, 1], [200, 0]);
    assert.deepEqual([0, 0.25, 1].map(y), [200, 150, 0]);
    assert.equal(linearScale([3, 3], [0, 10])(3), 5);
  });

  const ticks: readonly (readonly [number, number, number, readonly number[]])[] = [
    [0, 1, 5, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [-0.26, 0.59, 5, [-0.4, -0.2, 0, 0.2, 0.4, 0.6]],
    [0, 97, 4, [0, 50, 100]],
    [0, 810, 12, [0, 100, 200, 300, 400, 500, 600, 700, 800, 900]],
    [5, 5, 4, [5]],
  ];
  for (const [low, high, count, expected] of ticks) {
    it(`has round ticks from ${low} to ${high}`, () =>
      assert.deepEqual(niceTicks(low, high, count), expected));
  }

  it('has ticks that enclose every value, evenly, and not many more than were asked for', () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(
        value,
        fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
        fc.integer({ min: 1, max: 12 }),
        (low, length, count) => {
          const found = niceTicks(low, low + length, count);
          const step = found[1]! - found[0]!;
          assert.ok(found[0]! <= low + step * 1e-6 && found.at(-1)! >= low + length - step * 1e-6);
          assert.ok(found.length <= count + 2, `${found.length}`);
        },
      ),
    );
  });

  it('counts in whole numbers', () => {
    assert.deepEqual(countTicks(2, 4), [0, 1, 2]);
    assert.deepEqual(countTicks(0, 4), [0, 1]);
    assert.deepEqual(countTicks(24, 4), [0, 10, 20, 30]);
  });

  it('counts places in an order from the first to the last, and none between or beyond them', () => {
    assert.deepEqual(ordinalTicks(1, 9), [1]);
    assert.deepEqual(ordinalTicks(2, 9), [1, 2]);
    assert.deepEqual(ordinalTicks(24, 4), [1, 10, 20]);
  });

  it('writes paths to a hundredth of a pixel', () => {
    const upper = [
      { x: 0, y: 1 },
      { x: 10.005, y: 2 / 3 },
    ];
    const lower = upper.map(({ x, y }) => ({ x, y: y + 5 }));
    assert.equal(linePath(upper), 'M0 1L10.01 0.67');
    assert.equal(bandPath(upper, lower), 'M0 1L10.01 0.67L10.01 5.67L0 6Z');
    assert.deepEqual([linePath([]), bandPath([], [])], ['', '']);
  });

  it('places bars side by side in their box', () => {
    assert.deepEqual(barSlots(2, { left: 10, width: 100 }, 30), [
      { x: 20, width: 30, middle: 35 },
      { x: 70, width: 30, middle: 85 },
    ]);
    for (const { x, width } of barSlots(900, { left: 0, width: 300 })) assert.ok(x > -1 && x + width < 301);
  });

  it('leaves out labels that would touch', () => {
    assert.deepEqual([everyNth(7, 800, 76), everyNth(31, 300, 76), everyNth(0, 0, 76)], [1, 8, 1]);
  });
});

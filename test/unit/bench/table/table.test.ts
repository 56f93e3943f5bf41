import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type Figure, isMet } from '../../../../bench/table/figure';
import { faultsIn, type Measured, tableOf } from '../../../../bench/table/table';

const measured = (changes: Partial<Measured>): Measured => ({
  ...{ benchmark: 'some', isBusy: false, figures: [], earlier: [], skipped: [], failed: undefined },
  ...changes,
});
const figure = (value: number, limits: Partial<Figure> = {}): Figure => ({
  what: 'a search',
  value,
  unit: 'ms',
  ...limits,
});

describe('a figure', () => {
  it('is within its limits, or not, or has none', () => {
    assert.equal(isMet(figure(5)), undefined);
    assert.equal(isMet(figure(5, { atMost: 5 })), true);
    assert.equal(isMet(figure(5.1, { atMost: 5 })), false);
    assert.equal(isMet(figure(5, { atLeast: 5 })), true);
    assert.equal(isMet(figure(4.9, { atLeast: 5, atMost: 6 })), false);
    assert.equal(isMet(figure(NaN, { atMost: 5 })), false);
  });
});

describe('the table of benchmarks', () => {
  const all = [
    measured({
      benchmark: 'first',
      figures: [figure(5, { atMost: 10 }), figure(12_345, { atMost: 10 }), figure(0.5, { atLeast: 1 })],
      earlier: [{ date: '2026-01-02T03:04:05Z', value: 4 }, undefined, undefined],
    }),
    measured({ benchmark: 'second', skipped: ['there is no data.'] }),
    measured({ benchmark: 'third', failed: 'Error: no' }),
  ];

  it('shows each figure, its limit, whether it is met, and what was before', () => {
    assert.deepEqual(tableOf(all).split('\n'), [
      'benchmark  figure        value  limit          before, on this machine',
      'first      a search       5 ms   ≤ 10  met     4 ms on 2026-01-02, now × 1.25',
      'first      a search  12,345 ms   ≤ 10  MISSED',
      'first      a search     0.5 ms    ≥ 1  MISSED',
      'second     skipped: there is no data.',
      'third      FAILED: Error: no',
    ]);
  });

  it('counts missed limits and failures, and not what was skipped', () => {
    assert.equal(faultsIn(all), 3);
    assert.equal(faultsIn(all.slice(1, 2)), 0);
  });
});

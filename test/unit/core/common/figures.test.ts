import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  counted,
  dollars,
  percent,
  points,
  pointsBetween,
  pointsWithin,
  span,
} from '../../../../src/core/common/figures';

describe('figures in words', () => {
  it('are shares and points, with their sign', () => {
    assert.deepEqual([percent(0.634), percent(1)], ['63%', '100%']);
    assert.deepEqual([0.104, -0.17, 0.001, -0.004].map(points), ['+10', '−17', '0', '0']);
    const measured = { value: 0.06, low: -0.12, high: 0.24 };
    assert.equal(pointsBetween(measured), 'between −12 and +24 points');
    assert.equal(pointsWithin(measured), '+6 (−12 to +24)');
  });

  it('are counts, prices and times', () => {
    assert.deepEqual(
      [counted(1, 'case'), counted(0, 'case'), counted(1_200, 'case')],
      ['1 case', '0 cases', '1,200 cases'],
    );
    assert.deepEqual([0, 0.0004, 0.012, 3.5].map(dollars), ['$0.000', 'under $0.001', '$0.012', '$3.50']);
    assert.deepEqual([850, 4_200, 90_000, 7_200_000].map(span), ['850 ms', '4.2 s', '1.5 min', '2.0 h']);
  });
});

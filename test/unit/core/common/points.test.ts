import assert from 'node:assert/strict';
import { pointsWithInterval } from '../../../../src/core/common/points';

describe('pointsWithInterval', () => {
  for (const [mean, low, high, expected] of [
    [0.12, -0.03, 0.27, '+12 points (90 %: −3 to +27)'],
    [0.008, -0.4, 0.016, '+1 point (90 %: −40 to +2)'],
    [-0.012, -0.02, -0.004, '−1 point (90 %: −2 to 0)'],
    [-0.001, -0.11, 0.11, '0 points (90 %: −11 to +11)'],
  ] as const) {
    it(expected, () => assert.equal(pointsWithInterval({ mean, low, high }), expected));
  }
});

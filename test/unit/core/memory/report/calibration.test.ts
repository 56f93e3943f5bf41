import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  brierScore,
  calibrationError,
  type Prediction,
  reliability,
} from '../../../../../src/core/memory/report/calibration';

/** `0.8 yes, 0.3 no` */
const said = (text: string): Prediction[] =>
  text.split(', ').map((part) => {
    const [predicted, outcome] = part.split(' ');
    return { predicted: Number(predicted), accepted: outcome === 'yes' };
  });
const near = (value: number | undefined, expected: number) =>
  assert.ok(value !== undefined && Math.abs(value - expected) < 1e-12, `${value} for ${expected}`);

describe('calibration', () => {
  it('Brier: the mean squared error', () => {
    near(brierScore(said('1 yes, 0 no')), 0);
    near(brierScore(said('0 yes, 1 no')), 1);
    near(brierScore(said('0.8 yes, 0.3 no')), (0.04 + 0.09) / 2);
  });

  it('ECE: how far the shares are from what was predicted, by count', () => {
    near(calibrationError(said('0.5 yes, 0.5 no')), 0);
    near(calibrationError(said('0.95 yes, 0.95 no, 0.95 yes, 0.15 no')), 0.75 * (0.95 - 2 / 3) + 0.25 * 0.15);
  });

  it('ECE: errors in one bin cancel, in two bins they do not', () => {
    const predictions = said('0.4 yes, 0.6 no');
    near(calibrationError(predictions, 1), 0);
    near(calibrationError(predictions, 2), 0.6);
  });

  it('rows: the bins that have predictions, each with its lower end, the last with both', () => {
    const rows = reliability(said('0 no, 0.25 yes, 0.5 no, 0.74 yes, 1 yes'), 4);
    assert.deepEqual(
      rows.map(({ low, high, count }) => [low, high, count]),
      [
        [0, 0.25, 1],
        [0.25, 0.5, 1],
        [0.5, 0.75, 2],
        [0.75, 1, 1],
      ],
    );
    near(rows[2]?.meanPredicted, 0.62);
    near(rows[2]?.shareAccepted, 0.5);
    assert.deepEqual(
      reliability(said('0.1 no, 0.9 yes'), 4).map(({ low }) => low),
      [0, 0.75],
    );
  });

  it('says nothing about nothing', () => {
    assert.equal(brierScore([]), undefined);
    assert.equal(calibrationError([]), undefined);
    assert.deepEqual(reliability([]), []);
  });
});

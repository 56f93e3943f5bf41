import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { armCurve } from '../../../../../src/core/memory/report/armCurve';
import type { Trial } from '../../../../../src/core/memory/report/confidenceSequence';
import { wilson } from '../../../../../src/core/memory/report/intervals';

/** In words: `c1` an accepted control, `o0` a rejected other. */
const trials = (text: string): Trial[] =>
  text.split(' ').map((word) => ({
    control: word.startsWith('c'),
    controlRate: 0.5,
    reward: word.endsWith('1') ? 1 : 0,
  }));

describe('the curve of the experiment’s arms', () => {
  it('begins once both arms have a judged run, and counts all so far', () => {
    assert.deepEqual(
      armCurve(trials('o1 o0 c0 o1')).map(({ judged, others, controls }) => [
        judged,
        others.value,
        controls.value,
      ]),
      [
        [3, 1 / 2, 0],
        [4, 2 / 3, 0],
      ],
    );
  });

  it('has nothing to show of one arm alone, or of none', () => {
    assert.deepEqual(armCurve(trials('o1 o0 o1')), []);
    assert.deepEqual(armCurve([]), []);
  });

  it('is thinned out, and ends with all runs and their intervals', () => {
    const curve = armCurve(trials(Array(333).fill('o1 c0 o0').join(' ')));
    assert.ok(curve.length <= 61 && curve.length > 50, String(curve.length));
    assert.deepEqual(curve.at(-1), {
      judged: 999,
      others: wilson({ judged: 666, accepted: 333 }),
      controls: wilson({ judged: 333, accepted: 0 }),
    });
  });
});

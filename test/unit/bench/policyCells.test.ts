import assert from 'node:assert/strict';
import { cellsOf, type Worlds } from '../../../bench/policy/cells';
import * as ours from '../../../bench/policy/worlds';

/** Worlds as a file may bring them: a step takes no more cases than can be shown, and options may be unknown to them. */
const strict = (known: readonly string[]): Worlds => ({
  kinds: { right: ours.kinds.right },
  world(kind, seed, options = {}) {
    const taken = Object.fromEntries(Object.entries(options).filter(([name]) => known.includes(name)));
    const made = ours.world(kind, seed, { ...taken, runs: 60 });
    return {
      ...made,
      step(t, shown) {
        assert.ok(shown.length <= made.k);
        return made.step(t, shown);
      },
    };
  },
});
const variants = (known: readonly string[]) => cellsOf(strict(known), true).map(({ variant }) => variant);

describe('the cells of the policy benchmark', () => {
  it('leave out variants of which a world takes no notice', () => {
    assert.deepEqual(variants([]), ['', 'growing']);
    assert.deepEqual(variants(['flip', 'delay']), ['', '50 % flips', 'growing', '20 % flips', 'delay 20']);
  });
});

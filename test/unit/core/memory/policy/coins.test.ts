import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { coinSeed, flipCoins } from '../../../../../src/core/memory/policy/coins';
import type { Design } from '../../../../../src/core/memory/retrieved';
import { shownCases } from '../../../../../src/core/memory/runRecord';
import { chosenCase } from '../../../../fakes/runRecords';
import { runId } from './worlds';

const chosen = ['a', 'b', 'c', 'd'];
const designs = (control: number, drop: number, count = 20_000) =>
  Array.from({ length: count }, (_, n) =>
    flipCoins(coinSeed(runId(n)), { control, drop }, chosen, 'learned/1'),
  );
const share = <T>(all: readonly T[], where: (each: T) => boolean) => all.filter(where).length / all.length;
/** Five standard deviations of a share of 20,000. */
const near = (got: number, wanted: number) =>
  assert.ok(
    Math.abs(got - wanted) < 5 * Math.sqrt((wanted * (1 - wanted)) / 20_000),
    `${got}, not ${wanted}`,
  );

describe('the coins of the memory experiment', () => {
  it('fall at their rates; a control drops nothing', () => {
    const all = designs(0.2, 0.1);
    near(
      share(all, ({ control }) => control),
      0.2,
    );
    near(
      share(all, ({ dropped }) => dropped !== null),
      0.8 * 0.1,
    );
    assert.ok(all.every(({ control, dropped }) => !control || dropped === null));
  });

  it('leave out every chosen case equally often', () => {
    const all = designs(0, 1);
    for (const id of chosen) {
      near(
        share(all, ({ dropped }) => dropped === id),
        0.25,
      );
    }
  });

  it('never fall at a rate of 0 and always at 1', () => {
    assert.ok(designs(0, 0, 500).every(({ control, dropped }) => !control && dropped === null));
    assert.ok(designs(1, 1, 500).every(({ control, dropped }) => control && dropped === null));
  });

  it('are a function of the seed, and log what is needed to check them', () => {
    const seed = coinSeed(runId(7));
    const flip = () => flipCoins(seed, { control: 0.5, drop: 0.5 }, chosen, 'learned/1');
    assert.deepEqual(flip(), flip());
    const { controlRate, dropRate, policyVersion, seed: logged } = flip();
    assert.deepEqual([controlRate, dropRate, policyVersion, logged], [0.5, 0.5, 'learned/1', seed]);
  });

  it('are independent of each other: the control rate does not move the other coin', () => {
    for (let n = 0; n < 200; n++) {
      const seed = coinSeed(runId(n));
      const [without, rare] = [0, 0.05].map((control) =>
        flipCoins(seed, { control, drop: 0.3 }, chosen, 'learned/1'),
      );
      if (rare && !rare.control) assert.equal(rare.dropped, without?.dropped);
    }
  });

  it('have nothing to drop where nothing was chosen', () => {
    assert.equal(flipCoins(1, { control: 0, drop: 1 }, [], 'learned/1').dropped, null);
  });

  it('leave the planner what they say, and what is pinned', () => {
    const design = flipCoins(1, { control: 0, drop: 0 }, chosen, 'learned/1');
    const cases = chosen.map((id) => chosenCase(id, { pinned: id === 'd' }));
    const shown = (parts: Partial<Design>) =>
      shownCases({ chosen: cases, design: { ...design, ...parts } }).map(({ caseId }) => caseId);
    assert.deepEqual(shown({}), chosen);
    assert.deepEqual(shown({ dropped: 'b' }), ['a', 'c', 'd']);
    assert.deepEqual(shown({ control: true }), ['d']);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { SeededRandom } from '../../../../../src/core/memory/policy/random';
import { cosineOf, kernelOf, place } from '../../../../../src/core/memory/policy/questionKernel';
import { CaseRecords } from '../../../../../src/core/memory/report/caseRecords';
import { QuestionKernels } from '../../../../../src/core/memory/report/questionKernels';
import type { RunOutcome } from '../../../../../src/core/memory/runRecord';
import { type RunParts, someOutcome } from '../../../../fakes/runOutcomes';
import { judged, question } from '../policy/worlds';

const NO_MEANS = new Map();
const records = (outcomes: readonly RunOutcome[]) => new CaseRecords(outcomes, new QuestionKernels(NO_MEANS));

/** A run on a question of some kind: alike within a kind (cosine 1), not at all beyond. */
function ofKind(n: number, kind: number, reward: 1 | 0 | null, parts: RunParts = {}): RunOutcome {
  const values = new Float32Array(4);
  values[kind] = 1;
  return someOutcome(n, { vector: { encoder: 'test', values }, reward, ...parts });
}

/** So many judged runs on questions of a kind, the first `accepted` of them accepted. */
const many = (from: number, count: number, accepted: number, kind: number, parts: RunParts = {}) =>
  Array.from({ length: count }, (_, n) => ofKind(from + n, kind, n < accepted ? 1 : 0, parts));

describe('the record of a case', () => {
  it('counts the runs that were shown it, and what came of them', () => {
    const outcomes = [
      ofKind(0, 0, 1, { chosen: ['a', 'b'] }),
      ofKind(1, 0, 0, { chosen: ['a'] }),
      ofKind(2, 0, null, { chosen: ['a'] }),
      ofKind(3, 0, 1, { chosen: ['a', 'b'], design: { dropRate: 0.1, dropped: 'a' } }),
      ofKind(4, 0, 1, { chosen: ['a'], design: { controlRate: 0.1, control: true } }),
      ofKind(5, 0, 1, { chosen: ['a'], reused: 'x' }),
    ];
    const { shown, judged: of, accepted, dropped, droppedAccepted } = records(outcomes).of('a');
    assert.deepEqual([shown, of, accepted, dropped, droppedAccepted], [3, 2, 1, 1, 1]);
  });

  it('has no advantage before the first judged showing, or with nothing to compare with', () => {
    const nothing = records(many(0, 5, 3, 0)).of('a');
    assert.deepEqual([nothing.shown, nothing.advantage, nothing.suspected], [0, null, false]);
    assert.equal(nothing.words, 'Not shown in any run yet.');
    assert.equal(records(many(0, 9, 0, 0, { chosen: ['a'] })).of('a').advantage, null);
  });

  it('is ahead by reward − V of like questions, V with four prior counts at the mean of the others', () => {
    // 12 like runs with 9 accepted, 4 unlike ones with none: a mean of 9/16.
    const outcomes = [...many(0, 2, 2, 0, { chosen: ['a'] }), ...many(10, 12, 9, 0), ...many(30, 4, 0, 1)];
    const { advantage } = records(outcomes).of('a');
    const value = (9 + 4 * (9 / 16)) / (12 + 4);
    assert.ok(advantage && Math.abs(advantage.value - (1 - value)) < 1e-6, `${advantage?.value}`);
    assert.ok(advantage.low < advantage.value && advantage.high > advantage.value);
  });

  it('is less certain the less is known of such questions without it', () => {
    const width = (like: number) => {
      const outcomes = [
        ...many(0, 10, 5, 0, { chosen: ['a'] }),
        ...many(20, like, like / 2, 0),
        ...many(200, 20, 10, 1),
      ];
      const { advantage } = records(outcomes).of('a');
      return advantage ? advantage.high - advantage.low : NaN;
    };
    assert.ok(width(0) > width(4) && width(4) > width(40), `${width(0)} ${width(4)} ${width(40)}`);
  });

  it('suspects harm from eight judged showings on, and says so with the counts', () => {
    const usual = many(100, 40, 32, 0);
    const shownIn = (count: number) =>
      records([...usual, ...many(0, count, 0, 0, { chosen: ['a'] })]).of('a');
    assert.equal(shownIn(7).suspected, false);
    const { suspected, confirmed, advantage, words } = shownIn(8);
    assert.deepEqual([suspected, confirmed], [true, false]);
    assert.ok(advantage && advantage.high < 0);
    assert.match(
      words,
      /^Suspected of harm\. Shown in 8 runs, 8 judged, 0 accepted: −\d+ points \(between −/,
    );
  });

  it('suspects nothing where such questions fail anyway', () => {
    const outcomes = [...many(0, 10, 0, 0, { chosen: ['a'] }), ...many(20, 20, 1, 0), ...many(50, 60, 60, 1)];
    assert.equal(records(outcomes).of('a').suspected, false);
  });

  it('confirms harm where leaving it out by chance did better', () => {
    const design = { dropRate: 0.5 };
    const outcomes = [
      ...many(0, 12, 0, 0, { chosen: ['a'], design }),
      ...many(20, 12, 12, 0, { chosen: ['a'], design: { ...design, dropped: 'a' } }),
      ...many(40, 12, 9, 0),
    ];
    const { confirmed, suspected, leaveOneOut, words } = records(outcomes).of('a');
    assert.deepEqual([suspected, confirmed, leaveOneOut?.value], [true, true, -1]);
    assert.match(
      words,
      /^Harm is confirmed by leave-one-out\. .* Left out by chance 12 times, 12 of them accepted/,
    );
  });

  it('confirms nothing that is not suspected: three runs each way are soon there by chance', () => {
    const design = { dropRate: 0.5 };
    const { leaveOneOut, confirmed } = records([
      ...many(0, 3, 0, 0, { chosen: ['a'], design }),
      ...many(20, 3, 3, 0, { chosen: ['a'], design: { ...design, dropped: 'a' } }),
    ]).of('a');
    assert.ok(leaveOneOut && leaveOneOut.high < 0);
    assert.equal(confirmed, false);
  });

  it('has an interval that holds the true effect in 95 of 100 cases', () => {
    const random = new SeededRandom(5);
    let held = 0;
    for (let world = 0; world < 400; world++) {
      const outcomes = Array.from({ length: 120 }, (_, n) => {
        const kind = random.integer(3);
        const shown = random.next() < 0.2;
        const chance = [0.3, 0.6, 0.8][kind]! - (shown ? 0.2 : 0);
        return ofKind(n, kind, random.next() < chance ? 1 : 0, shown ? { chosen: ['a'] } : {});
      });
      const { advantage } = records(outcomes).of('a');
      if (advantage && advantage.low <= -0.2 && advantage.high >= -0.2) held++;
    }
    assert.ok(held >= 372, `${held} of 400`);
  });
});

describe('the kernels between questions', () => {
  it('are those of each pair, whenever and with whatever else they are asked for', () => {
    const runs = Array.from({ length: 149 }, (_, n) => {
      const asked = question(n % 5, n % 3);
      return judged(n, [], 1, { question: n % 7 === 0 ? { ...asked, vector: undefined } : asked });
    });
    const kernels = new QuestionKernels(NO_MEANS);
    kernels.numbersOf(runs.slice(0, 66));
    kernels.numbersOf(runs.slice(3, 71));
    const numbers = kernels.numbersOf(runs);
    const placed = runs.map((run) => place(run.question, NO_MEANS));
    for (const [a, one] of placed.entries()) {
      for (const [b, other] of placed.entries()) {
        const kernel = kernels.row(numbers[a]!)[numbers[b]!]!;
        assert.ok(Math.abs(kernel - kernelOf(cosineOf(one, other))) < 1e-6, `${a} and ${b}`);
      }
    }
  });

  it('lets go of runs that are no longer asked for', () => {
    const runs = Array.from({ length: 600 }, (_, n) => judged(n, [], 1));
    const kernels = new QuestionKernels(NO_MEANS);
    kernels.numbersOf(runs);
    assert.ok(Math.max(...kernels.numbersOf(runs.slice(0, 10))) < 600);
    assert.ok(kernels.row(kernels.numbersOf([...runs.slice(0, 10), judged(700, [], 1)])[10]!).length < 600);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { newcombe } from '../../../../../src/core/memory/report/intervals';
import { leaveOneOut, leftOutCases } from '../../../../../src/core/memory/report/leaveOneOut';
import type { RunOutcome } from '../../../../../src/core/memory/runRecord';
import { chosenCase, someOutcome } from '../../../../fakes/runOutcomes';

const run = (n: number, dropped: string | null, reward: 1 | 0 | null, chosen = ['a', 'b']): RunOutcome =>
  someOutcome(n, { reward, chosen, design: { dropped, dropRate: 0.4 } });
const counts = ({ judged, accepted }: { judged: number; accepted: number }) => `${accepted}/${judged}`;

describe('leave one out', () => {
  const outcomes = [
    run(0, null, 1),
    run(1, null, 1),
    run(2, null, 0),
    run(3, 'a', 0),
    run(4, 'a', 0),
    run(5, 'b', 1),
    run(6, 'b', null),
    run(7, null, null),
  ];

  it('compares, case by case, the judged runs that kept it with those that did not', () => {
    const cases = leftOutCases(outcomes);
    const [a, b] = [cases.get('a'), cases.get('b')];
    assert.deepEqual(a && [counts(a.kept), counts(a.dropped)], ['3/4', '0/2']);
    assert.deepEqual(b && [counts(b.kept), counts(b.dropped)], ['2/5', '1/1']);
    assert.deepEqual(a?.difference, newcombe({ judged: 4, accepted: 3 }, { judged: 2, accepted: 0 }));
  });

  it('pools whole runs', () => {
    const { pooled, words } = leaveOneOut(outcomes);
    assert.deepEqual([counts(pooled.kept), counts(pooled.dropped)], ['2/3', '1/3']);
    assert.match(words, /67% of 3 .* 33% of 3: \+33 points \(between −/);
  });

  it('leaves out controls, pinned cases and runs without the coin', () => {
    const outside = [
      someOutcome(0, { reward: 1, chosen: ['a'], design: { dropRate: 0 } }),
      someOutcome(1, { reward: 1, chosen: ['a'], design: { dropRate: 0.4, control: true } }),
      someOutcome(2, {
        reward: 1,
        decision: { chosen: [chosenCase('a', { pinned: true })] },
        design: { dropRate: 0.4 },
      }),
      run(3, 'a', 0),
    ];
    assert.deepEqual(leaveOneOut(outside).pooled, {
      kept: { judged: 0, accepted: 0 },
      dropped: { judged: 1, accepted: 0 },
      difference: null,
    });
    assert.match(
      leaveOneOut(outside).words,
      /^Not measured yet: 1 judged run had a case left out, 0 had none/,
    );
    assert.match(leaveOneOut([]).words, /^Not measured yet: leave-one-out is off/);
  });

  it('compares only runs in which a case was as likely to be left out', () => {
    // Alone it is left out twice as often, and its runs are worse: within either kind nothing differs.
    const alone = [run(0, null, 0, ['a']), run(1, 'a', 0, ['a']), run(2, 'a', 0, ['a'])];
    const beside = [run(3, null, 1), run(4, null, 1), run(5, 'a', 1)];
    const a = leftOutCases([...alone, ...beside]).get('a');
    assert.equal(a?.difference?.value, 0);
    assert.deepEqual([a && counts(a.kept), a && counts(a.dropped)], ['2/3', '1/3']);
  });
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { dateGroups, judgementGroups } from '../../../src/vscode/caseGroups';

describe('groups of cases', () => {
  const keysOf = (now: Date) => dateGroups(now).map(({ key }) => key);

  it('leaves out a group that those before it have all of', () => {
    // A Thursday, a Monday, and the first of a month on a Wednesday.
    assert.deepEqual(keysOf(new Date(2026, 4, 14, 9)), ['today', 'yesterday', 'week', 'month', 'older']);
    assert.deepEqual(keysOf(new Date(2026, 4, 11, 9)), ['today', 'yesterday', 'month', 'older']);
    assert.deepEqual(keysOf(new Date(2026, 6, 1, 9)), ['today', 'yesterday', 'week', 'older']);
  });

  it('has each moment in one group', () => {
    const time = fc.date({ min: new Date(2020, 0), max: new Date(2030, 0), noInvalidDate: true });
    fc.assert(
      fc.property(time, time, (now, at) => {
        const holds = dateGroups(now).filter(
          ({ query: { from = -Infinity, before = Infinity } }) =>
            at.getTime() >= from && at.getTime() < before,
        );
        assert.equal(holds.length, 1);
      }),
    );
  });

  it('shows a case that a judgement is suggested of once', () => {
    const [suggested, unjudged] = judgementGroups(['r1']);
    assert.deepEqual(suggested?.query, { judgement: 'unjudged', ofRuns: ['r1'] });
    assert.deepEqual(unjudged?.query, { judgement: 'unjudged', notOfRuns: ['r1'] });
  });
});

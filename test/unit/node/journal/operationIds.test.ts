import assert from 'node:assert/strict';
import fc from 'fast-check';
import { OperationIds } from '../../../../src/node/journal/operationIds';

describe('OperationIds', () => {
  it('are later than all that were made or seen, whatever the clocks say', () => {
    const time = fc.integer({ min: 0, max: 2 ** 41 });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), time), { maxLength: 30 }), (moves) => {
        let now = 0;
        const [one, two] = [new OperationIds(() => now), new OperationIds(() => now)];
        let latest = '';
        for (const [first, at] of moves) {
          now = at;
          const [maker, reader] = first ? [one, two] : [two, one];
          const id = maker.next();
          assert.equal(id > latest, true, `${id} after ${latest}`);
          reader.observe(id);
          latest = id;
        }
      }),
    );
  });
});

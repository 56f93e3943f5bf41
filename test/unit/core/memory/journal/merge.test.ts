import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Case } from '../../../../../src/core/memory/case';
import { readState } from '../../../../../src/core/memory/sql/caseStates';
import { caseOfState, type CaseState, merge } from '../../../../../src/core/memory/journal/merge';
import type { CaseOperation as Operation } from '../../../../../src/core/memory/journal/operation';
import { SqlCaseBank } from '../../../../../src/core/memory/sql/sqlBank';
import { memoryDatabase, someCase } from '../../../../fakes/memoryBank';

const record = someCase({ id: 'c1' });
const id = (n: number) => `01J${`${n}`.padStart(23, '0')}`;

type Parts<T = Operation> = T extends Operation ? Omit<T, 'id' | 'caseId'> : never;
const operation = (n: number, parts: Parts, caseId = 'c1'): Operation => ({ id: id(n), caseId, ...parts });

const add = (n: number, parts: Partial<Case> = {}) =>
  operation(n, { type: 'add', case: { ...record, ...parts } });
const judge = (n: number, reward: 1 | 0 | null) =>
  operation(n, { type: 'judge', judgement: { reward, reason: null, at: n } });
const forget = (n: number) => operation(n, { type: 'forget', at: n });
const restore = (n: number) => operation(n, { type: 'restore' });
const purge = (n: number) => operation(n, { type: 'purge' });

const NOTHING_KNOWN: CaseState = {
  purged: undefined,
  content: undefined,
  edits: {},
  reworded: undefined,
  verdict: undefined,
  forgottenAt: undefined,
  vectors: new Map(),
};

const after = (...operations: Operation[]): CaseState => operations.reduce(merge, NOTHING_KNOWN);
/** What is shown of the case: its reward, and whether it is forgotten; or that there is none. */
function told(...operations: Operation[]): string {
  const shown = caseOfState(after(...operations));
  return shown ? `${shown.reward}${shown.forgottenAt === null ? '' : ' forgotten'}` : 'none';
}

const values = fc.constantFrom(new Float32Array([1, 0]), new Float32Array([0, 1]));
const parts: fc.Arbitrary<Parts> = fc.oneof(
  fc.record({
    type: fc.constant('add' as const),
    case: fc.constantFrom(record, { ...record, question: 'Other?' }, {
      ...record,
      reward: 1,
      judgedAt: 3,
    } as Case),
    vector: fc.option(fc.record({ encoder: fc.constantFrom('a', 'b'), values }), { nil: undefined }),
  }),
  fc.record({
    type: fc.constant('embed' as const),
    vector: fc.record({ encoder: fc.constant('a'), values }),
  }),
  fc.record({
    type: fc.constant('judge' as const),
    judgement: fc.record({
      reward: fc.constantFrom(1, 0, null),
      reason: fc.option(fc.string()),
      at: fc.nat(9),
    }),
  }),
  fc.record({
    type: fc.constant('edit' as const),
    changes: fc.record(
      {
        question: fc.constantFrom('Reworded?', 'Reworded again?'),
        pinned: fc.boolean(),
        tags: fc.array(fc.string({ maxLength: 3 }), { maxLength: 2 }),
      },
      { requiredKeys: [] },
    ),
  }),
  fc.record({ type: fc.constant('forget' as const), at: fc.nat(9) }),
  fc.constant({ type: 'restore' as const }),
  fc.constant({ type: 'purge' as const }),
);

/** Operations with ids of their own, in the order of their ids. */
const history = fc
  .array(fc.tuple(parts, fc.constantFrom('c1', 'c2')), { maxLength: 12 })
  .map((all) =>
    all.map(([each, caseId], n) =>
      operation(n, each.type === 'add' ? { ...each, case: { ...each.case, id: caseId } } : each, caseId),
    ),
  );

/** The same operations as two or more readers may meet them: in another order, some of them twice. */
const interleaved = history.chain((operations) =>
  fc.tuple(
    fc.constant(operations),
    fc
      .shuffledSubarray([...operations, ...operations.map((each) => ({ ...each }))], {
        minLength: operations.length * 2,
      })
      .map((all) => all),
  ),
);

describe('merge', () => {
  it('gives the same in any order, with any operation twice', () => {
    fc.assert(
      fc.property(interleaved, ([inOrder, met]) => {
        for (const caseId of ['c1', 'c2']) {
          const of = (all: readonly Operation[]) => all.filter((each) => each.caseId === caseId);
          assert.deepEqual(after(...of(met)), after(...of(inOrder)));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('gives the same in the tables', () => {
    fc.assert(
      fc.property(interleaved, ([inOrder, met]) => {
        const db = memoryDatabase();
        const bank = new SqlCaseBank(db);
        for (const each of met) bank.apply(each);
        for (const caseId of ['c1', 'c2']) {
          const expected = after(...inOrder.filter((each) => each.caseId === caseId));
          assert.deepEqual(readState(db, caseId), expected);
          assert.deepEqual(bank.get(caseId), caseOfState(expected));
        }
        db.close();
      }),
      { numRuns: 200 },
    );
  });

  for (const [name, operations, expected] of [
    ['the later judgement holds', [add(1), judge(3, 0), judge(2, 1)], '0'],
    ['a judgement waits for its case', [judge(2, 1), add(1)], '1'],
    ['a forgotten case that is judged stays forgotten', [add(1), forget(2), judge(3, 1)], '1 forgotten'],
    ['a restored case is there with its judgement', [add(1), judge(2, 1), forget(3), restore(4)], '1'],
    ['a restore of before is no help', [add(1), forget(3), restore(2)], 'null forgotten'],
    ['a purged case is gone', [add(1), forget(2), purge(3)], 'none'],
    ['for good', [purge(3), restore(4), add(1), judge(2, 1)], 'none'],
    ['until it is added anew', [add(1), judge(2, 1), purge(3), add(4)], 'null'],
  ] as const) {
    it(name, () => assert.equal(told(...operations), expected));
  }
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Operation } from '../../../../../src/core/memory/journal/operation';
import { SqlCaseBank } from '../../../../../src/core/memory/sql/sqlBank';
import { changingBank, memoryDatabase, someCase } from '../../../../fakes/memoryBank';
import { runRecord } from '../../../../fakes/runRecords';

const id = (n: number) => `01J${`${n}`.padStart(23, '0')}`;
const run = (n: number, question: string): Operation => {
  const { vector: _, ...record } = runRecord('r1', { question });
  return { type: 'run', id: id(n), runId: 'r1', record };
};
const purge = (n: number): Operation => ({ type: 'purge', id: id(n), caseId: 'c1', runId: 'r1' });

function told(...operations: readonly Operation[]): string | undefined {
  const bank = new SqlCaseBank(memoryDatabase());
  for (const operation of operations) bank.apply(operation);
  return bank.outcomeOf('r1')?.record.question;
}

describe('recorded runs', () => {
  it('come back as they were recorded, with what is said of them by then', () => {
    const bank = changingBank();
    const vector = { encoder: 'e', values: new Float32Array([0.6, -0.8]) };
    const record = runRecord('r1', { question: 'What \ud800 is it?', vector });
    bank.record(record);
    assert.deepEqual(
      bank.outcomes().map(({ record: found, reward }) => [found, reward]),
      [[record, null]],
    );
    bank.add(someCase({ id: 'c1', runId: 'r1' }));
    bank.judge('c1', { reward: 0, reason: null, at: 1 });
    assert.equal(bank.outcomeOf('r1')?.reward, 0);
    assert.deepEqual(
      bank.judgedOutcomes(5).map(({ record: { runId } }) => runId),
      ['r1'],
    );
    bank.judge('c1', { reward: null, reason: null, at: 2 });
    assert.deepEqual(bank.judgedOutcomes(5), []);
  });

  it('go with their case, and come back with it', () => {
    const bank = changingBank();
    bank.record(runRecord('r1'));
    bank.add(someCase({ id: 'c1', runId: 'r1' }));
    bank.forget('c1', 5);
    assert.deepEqual(bank.outcomes(), []);
    bank.restore('c1');
    assert.equal(bank.outcomes().length, 1);
  });

  for (const [name, operations, expected] of [
    ['the later record holds', [run(2, 'new'), run(1, 'old')], 'new'],
    ['a purge takes the record', [run(1, 'old'), purge(2)], undefined],
    ['also one that comes after it', [purge(2), run(1, 'old')], undefined],
    ['but no later one', [purge(2), run(3, 'new')], 'new'],
    ['whatever the order', [run(3, 'new'), purge(2)], 'new'],
  ] as const) {
    it(name, () => assert.equal(told(...operations), expected));
  }

  it('are the same in any order of their operations, with any twice', () => {
    const operations = fc
      .array(fc.tuple(fc.constantFrom(run, purge), fc.string()), { maxLength: 6 })
      .map((all) => all.map(([make, question], n) => make(n, question)));
    const met = operations.chain((all) =>
      fc.tuple(
        fc.constant(all),
        fc.shuffledSubarray([...all, ...all.map((each) => ({ ...each }))], { minLength: all.length * 2 }),
      ),
    );
    fc.assert(fc.property(met, ([inOrder, other]) => assert.equal(told(...other), told(...inOrder))));
  });
});

describe('onDidChangeRun', () => {
  it('names the runs of which something changed', () => {
    const bank = changingBank();
    const told: (string | undefined)[] = [];
    bank.onDidChangeRun((runId) => told.push(runId));
    bank.add(someCase({ id: 'c1', runId: 'r1' }));
    bank.judge('c1', { reward: 1, reason: null, at: 1 });
    bank.record(runRecord('r2'));
    bank.replaceDatabase(memoryDatabase());
    assert.deepEqual(told, ['r1', 'r1', 'r2', undefined]);
  });
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { DecisionRequest } from '../../../../../src/core/memory/bank';
import type { Case } from '../../../../../src/core/memory/case';
import { decide } from '../../../../../src/core/memory/decision/decide';
import { PolicyMemory } from '../../../../../src/core/memory/policy/policyMemory';
import { shownCases } from '../../../../../src/core/memory/runRecord';
import { type ChangingBank, changingBank, someCase } from '../../../../fakes/memoryBank';
import { chosenCase, decisionRecord, runRecord } from '../../../../fakes/runRecords';

const QUESTION = 'How deep can the winch go?';
const similar = (n: number) => `How deep can the winch number${n} go?`;
const ulid = (n: number) => `01J${`${n}`.padStart(23, '0')}`;

const request = (parts: Partial<DecisionRequest> = {}): DecisionRequest => ({
  runId: ulid(999),
  question: QUESTION,
  vector: undefined,
  policy: 'learned',
  k: 4,
  rates: { control: 0, drop: 0 },
  now: Date.UTC(2026, 5, 1),
  ...parts,
});

/** A bank of accepted cases `c1` … with questions like QUESTION. */
function bankOf(count: number, parts: (n: number) => Partial<Case> = () => ({})): ChangingBank {
  const bank = changingBank();
  for (let n = 1; n <= count; n++) {
    bank.add(someCase({ id: `c${n}`, question: similar(n), reward: 1, judgedAt: 1, ...parts(n) }));
  }
  return bank;
}

/** A run on a question like QUESTION in which the case was shown, judged. */
function judgedRun(bank: ChangingBank, n: number, caseId: string, reward: 1 | 0): void {
  const runId = ulid(n);
  const decision = decisionRecord({ chosen: caseId === '' ? [] : [chosenCase(caseId)] });
  bank.record(runRecord(runId, { question: QUESTION, decision }));
  const id = `of-${n}`;
  bank.add(someCase({ id, runId, question: `Nothing alike ${n}`, outcome: 'abstained' }));
  bank.judge(id, { reward, reason: null, at: n });
}

const decided = (bank: ChangingBank, parts?: Partial<DecisionRequest>) =>
  decide(bank, new PolicyMemory(bank, new Map()), request(parts));
const examples = (bank: ChangingBank, parts?: Partial<DecisionRequest>) =>
  decided(bank, parts)
    .listed.filter(({ use }) => use === 'example')
    .map(({ case: { id } }) => id);

describe('decide', () => {
  it('is the order of similarity before anything is judged, whatever the policy', () => {
    const bank = bankOf(6);
    const expected = examples(bank, { policy: 'similarity' });
    assert.equal(expected.length, 4);
    assert.deepEqual(examples(bank), expected);
    assert.deepEqual(examples(bank, { policy: 'paper' }), expected);
  });

  it('estimates nothing before anything is judged', () => {
    const { listed, record } = decided(bankOf(2));
    assert.deepEqual(
      listed.map(({ value, advantage }) => [value, advantage]),
      [
        [null, null],
        [null, null],
      ],
    );
    assert.equal(record.expected, null);
  });

  it('moves a case up that helped, and withholds one that harmed, with the reason in words', () => {
    const bank = bankOf(6);
    for (let n = 1; n <= 12; n++) {
      judgedRun(bank, 3 * n, 'c6', 1);
      judgedRun(bank, 3 * n + 1, 'c1', 0);
      judgedRun(bank, 3 * n + 2, '', n % 2 === 0 ? 1 : 0);
    }
    const { listed, record } = decided(bank);
    const told = new Map(listed.map((each) => [each.case.id, each]));
    assert.equal(listed[0]?.case.id, 'c6');
    assert.match(told.get('c6')!.why, /Shown for 12 similar questions, 12 accepted; \d+ points above/);
    assert.equal(told.get('c1')?.use, 'withheld');
    assert.match(
      told.get('c1')!.why,
      /Shown for 12 similar questions, 0 accepted; \d+ points below what such questions get, so it is withheld\.$/,
    );
    const { mean, low, high } = told.get('c6')!.advantage!;
    assert.ok(low < mean && mean < high && mean > 0);
    assert.ok(record.expected! > 0.5);
  });

  it('may show nothing, and says why', () => {
    const bank = bankOf(1);
    for (let n = 1; n <= 30; n++) judgedRun(bank, n, n % 3 === 0 ? '' : 'c1', n % 3 === 0 ? 1 : 0);
    const { listed, whyNone, record } = decided(bank);
    assert.deepEqual(
      listed.map(({ case: { id }, use }) => [id, use]),
      [['c1', 'withheld']],
    );
    assert.match(
      whyNone,
      /^Showing no case is the better choice here: of 1 similar one, even the best is expected to do \d+ points worse than showing nothing\.$/,
    );
    assert.deepEqual(record.chosen, []);
    // The other policies still show it.
    assert.deepEqual(examples(bank, { policy: 'similarity' }), ['c1']);
  });

  it('says what the network of policy paper thinks', () => {
    const bank = bankOf(2);
    for (let n = 1; n <= 4; n++) judgedRun(bank, n, 'c1', 1);
    const [first] = decided(bank, { policy: 'paper' }).listed;
    assert.match(first!.why, /The network estimates the chance of success with it at \d+ %\./);
    assert.ok(first!.value! > 0 && first!.value! < 1);
  });

  it('shows a pinned case whatever policy and coins say, within k', () => {
    const bank = bankOf(6, (n) => ({ pinned: n === 5 }));
    for (let n = 1; n <= 12; n++) judgedRun(bank, n, 'c5', 0);
    const { listed, record } = decided(bank, { k: 2, rates: { control: 1, drop: 0 } });
    assert.equal(listed[0]?.case.id, 'c5');
    assert.match(listed[0].why, /You pinned it\./);
    assert.deepEqual(
      shownCases(record).map(({ caseId }) => caseId),
      ['c5'],
    );
    assert.equal(examples(bank, { k: 2 }).length, 2);
    assert.deepEqual(examples(bank, { k: 1 }), ['c5']);
  });

  it('shows a control nothing, and lists what it would have been shown', () => {
    const bank = bankOf(3);
    bank.add(someCase({ id: 'bad', question: similar(7), reward: 0, reason: 'wrong year' }));
    const { listed, record } = decided(bank, { rates: { control: 1, drop: 1 } });
    assert.deepEqual(
      listed.map(({ use, shown }) => [use, shown]),
      [
        ['example', false],
        ['example', false],
        ['example', false],
        ['avoid', false],
      ],
    );
    assert.equal(record.design.control, true);
    assert.equal(record.eligible, true);
    assert.deepEqual([shownCases(record), record.avoided], [[], null]);
  });

  it('leaves one out', () => {
    const bank = bankOf(3);
    const { listed, record } = decided(bank, { rates: { control: 0, drop: 1 } });
    const { dropped } = record.design;
    assert.ok(dropped !== null);
    assert.deepEqual(
      listed.filter(({ shown }) => !shown).map(({ case: { id } }) => id),
      [dropped],
    );
    assert.equal(shownCases(record).length, 2);
  });

  it('says of an imported case when it was imported', () => {
    const now = Date.UTC(2026, 5, 1);
    const imported = { from: 'memento', at: now - 3_600_000 } as const;
    const bank = bankOf(1, () => ({ provenance: { ...someCase().provenance, imported } }));
    assert.match(decided(bank).listed[0]?.why ?? '', /accepted, imported 1 hour ago: its plan is offered/);
  });

  it('takes no case as an example that has nothing to follow', () => {
    assert.deepEqual(examples(bankOf(1, () => ({ plan: [], answer: '' }))), []);
  });

  it('shows the lessons that still hold', () => {
    const lessons = [
      { id: 'l1', text: 'Look in the log first.' },
      { id: 'l2', text: 'Ask the sea.' },
    ];
    const bank = bankOf(1, () => ({ lessons }));
    for (const n of [1, 2]) {
      bank.record(runRecord(ulid(n), { decision: decisionRecord({ lessons: ['l2'] }) }));
      bank.add(someCase({ id: `j${n}`, runId: ulid(n), reward: 0, judgedAt: 1 }));
    }
    const { listed, record } = decided(bank);
    assert.deepEqual(
      listed[0]?.lessons.map(({ id }) => id),
      ['l1'],
    );
    assert.deepEqual(record.lessons, ['l1']);
  });

  it('counts no lesson as shown of a case that the coins or the policy withhold', () => {
    const lessons = [{ id: 'l1', text: 'Look in the log first.' }];
    const bank = bankOf(1, () => ({ lessons }));
    bank.add(
      someCase({
        id: 'bad',
        question: similar(7),
        reward: 0,
        reason: 'no',
        lessons: [{ id: 'l2', text: 'B' }],
      }),
    );
    assert.deepEqual(decided(bank).record.lessons, ['l1', 'l2']);
    assert.deepEqual(decided(bank, { rates: { control: 1, drop: 0 } }).record.lessons, []);
    assert.deepEqual(decided(bank, { rates: { control: 0, drop: 1 } }).record.lessons, ['l2']);
  });
});

describe('PolicyMemory', () => {
  /** A judgement of run `n`, withdrawn with null; `case` shown in it. */
  const step = fc.record({
    run: fc.integer({ min: 1, max: 8 }),
    shown: fc.constantFrom('c1', 'c2', 'c3', ''),
    what: fc.constantFrom<1 | 0 | null | 'forget' | 'restore'>(1, 0, null, 'forget', 'restore'),
  });

  for (const policy of ['learned', 'paper'] as const) {
    it(`${policy}: any history of judgements values cases as a rebuild does, to 1e-9`, () => {
      fc.assert(
        fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
          const bank = bankOf(3);
          const kept = new PolicyMemory(bank, new Map());
          for (const { run, shown, what } of steps) {
            const id = `of-${run}`;
            if (!bank.get(id)) judgedRun(bank, run, shown, 1);
            if (what === 'forget') bank.forget(id, 1);
            else if (what === 'restore') bank.restore(id);
            else bank.judge(id, { reward: what, reason: null, at: 1 });
            decide(bank, kept, request({ policy }));
          }
          const [online, rebuilt] = [kept, new PolicyMemory(bank, new Map())].map((memory) =>
            decide(bank, memory, request({ policy })),
          );
          const values = (decision: typeof online) => decision!.candidates.map(({ value }) => value ?? 0);
          for (const [i, value] of values(rebuilt).entries()) {
            assert.ok(Math.abs(value - values(online)[i]!) < 1e-9);
          }
          assert.deepEqual(
            online!.listed.map(({ case: { id }, use }) => [id, use]),
            rebuilt!.listed.map(({ case: { id }, use }) => [id, use]),
          );
        }),
        { numRuns: 60 },
      );
    });
  }

  it('learns nothing from a run that took over an answer', () => {
    const bank = changingBank();
    bank.record(runRecord(ulid(1), { reused: 'c1' }));
    bank.add(someCase({ id: 'c2', runId: ulid(1), reward: 1, judgedAt: 1 }));
    assert.deepEqual(new PolicyMemory(bank, new Map()).judgedRuns, []);
  });
});

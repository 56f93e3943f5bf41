import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { CaseOrder, CaseQuery } from '../../../../../src/core/memory/bank';
import type { StoredVector } from '../../../../../src/core/memory/storedVector';
import type { Case } from '../../../../../src/core/memory/case';
import { SCHEMA_VERSION, schemaVersion } from '../../../../../src/core/memory/sql/schema';
import { SqlCaseBank } from '../../../../../src/core/memory/sql/sqlBank';
import { changingBank, memoryDatabase, someCase } from '../../../../fakes/memoryBank';
import { runRecord } from '../../../../fakes/runRecords';

const vector = (...values: number[]): StoredVector => {
  const length = Math.hypot(...values);
  return { encoder: 'test', values: Float32Array.from(values, (value) => value / length) };
};
const emptyBank = () => changingBank();
const questions = (cases: readonly Case[]) => cases.map((record) => record.question);

/** Any text that JavaScript can hold: NUL, halves of surrogate pairs, what NFKC changes. */
const text = fc.string({
  unit: fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 3 }),
    fc.constantFrom('\0', '\ud800', '\udc00', 'ﬁ', "'", '"'),
  ),
});
const time = fc.integer({ min: 0, max: 8.64e15 });
const ulid = fc.string({
  unit: fc.constantFrom(...Array.from('0123456789ABCDEFGHJKMNPQRSTVWXYZ')),
  minLength: 26,
  maxLength: 26,
});
const strings = fc.array(text, { maxLength: 3 });
const arbitraryCase: fc.Arbitrary<Case> = fc.record({
  id: ulid,
  runId: ulid,
  question: text,
  plan: fc.array(fc.record({ id: fc.nat(), description: text, dependsOn: fc.array(fc.nat()) }), {
    maxLength: 3,
  }),
  answer: text,
  shortAnswer: text,
  outcome: fc.constantFrom('answered' as const, 'abstained' as const, 'exhausted' as const),
  reward: fc.constantFrom(1 as const, 0 as const, null),
  reason: fc.option(text),
  createdAt: time,
  judgedAt: fc.option(time),
  forgottenAt: fc.option(time),
  pinned: fc.boolean(),
  tags: strings,
  lessons: fc.array(fc.record({ id: ulid, text }), { maxLength: 3 }),
  provenance: fc.record({
    models: fc.record({ planner: text, executor: text }),
    tools: strings,
    retrievedCases: strings,
    usedCases: strings,
    sources: fc.array(fc.record({ source: text, title: text, hash: fc.option(text) }), { maxLength: 3 }),
  }),
});

describe('SqlCaseBank', () => {
  it('gives back exactly the case that was added, whatever is in it', () => {
    const bank = emptyBank();
    fc.assert(
      fc.property(arbitraryCase, (parts) => {
        const record = { ...parts, id: someCase().id };
        bank.add(record, vector(1, 2, 3));
        assert.deepEqual(bank.get(record.id), JSON.parse(JSON.stringify(record)));
      }),
      { numRuns: 300 },
    );
  });

  it('gives it back from an export too', () => {
    fc.assert(
      fc.property(arbitraryCase, (record) => {
        const db = memoryDatabase();
        changingBank(db).add(record);
        assert.deepEqual(
          new SqlCaseBank(memoryDatabase(db.export())).get(record.id),
          JSON.parse(JSON.stringify(record)),
        );
      }),
      { numRuns: 20 },
    );
  });

  it('says which schema it has, and leaves a newer one alone', () => {
    const db = memoryDatabase();
    new SqlCaseBank(db);
    assert.equal(schemaVersion(db), SCHEMA_VERSION);
    db.run('PRAGMA user_version = 99');
    new SqlCaseBank(db);
    assert.equal(schemaVersion(db), 99);
  });

  it('judges, and withdraws a judgement', () => {
    const bank = emptyBank();
    const record = someCase();
    bank.add(record);
    assert.deepEqual(bank.judge(record.id, { reward: 0, reason: 'too old', at: 7 }), {
      ...record,
      reward: 0,
      reason: 'too old',
      judgedAt: 7,
    });
    assert.deepEqual(bank.judge(record.id, { reward: null, reason: null, at: 8 }), record);
    assert.equal(bank.judge('none', { reward: 1, reason: null, at: 9 }), undefined);
  });

  it('keeps a judgement when the case is added once more', () => {
    const bank = emptyBank();
    const record = someCase();
    bank.add(record);
    bank.judge(record.id, { reward: 1, reason: null, at: 7 });
    bank.add(record);
    assert.equal(bank.get(record.id)?.reward, 1);
  });

  it('hides a forgotten case until it is restored', () => {
    const bank = emptyBank();
    const record = someCase({ question: 'Where is the winch?' });
    bank.add(record, vector(1, 0));
    const found = () => bank.candidates('Where is the winch?', vector(1, 0), 5).length;
    assert.equal(found(), 1);
    assert.equal(bank.forget(record.id, 5), true);
    assert.deepEqual([bank.list({ offset: 0, limit: 9 }).total, found(), bank.counts().total], [0, 0, 0]);
    assert.equal(bank.get(record.id)?.forgottenAt, 5);
    assert.equal(bank.restore(record.id), true);
    assert.deepEqual([bank.list({ offset: 0, limit: 9 }).total, found(), bank.counts().total], [1, 1, 1]);
    assert.deepEqual([bank.forget('none', 5), bank.restore('none')], [false, false]);
  });

  it('names what was forgotten before a time, whatever was asked before', () => {
    const bank = emptyBank();
    const [a, b] = [someCase(), someCase()];
    for (const record of [a, b]) bank.add(record);
    assert.deepEqual(bank.forgottenBefore(9), []);
    bank.forget(b.id, 7);
    bank.forget(a.id, 5);
    assert.deepEqual(
      [5, 6, 9].map((time) => bank.forgottenBefore(time).length),
      [0, 1, 2],
    );
    bank.restore(a.id);
    assert.deepEqual([bank.forgottenBefore(6), bank.forgottenBefore(9)], [[], [b.id]]);
    bank.replaceDatabase(memoryDatabase());
    assert.deepEqual(bank.forgottenBefore(9), []);
  });

  it('lists what can be restored, the last forgotten first', () => {
    const bank = emptyBank();
    const [a, b, c] = ['a', 'b', 'c'].map((question) => someCase({ question }));
    for (const record of [a, b, c]) bank.add(record!);
    bank.forget(c!.id, 5);
    bank.forget(a!.id, 7);
    const page = bank.list({ offset: 0, limit: 10, forgotten: true });
    assert.deepEqual([questions(page.cases), page.total], [['a', 'c'], 2]);
    assert.deepEqual(questions(bank.list({ offset: 1, limit: 1, forgotten: true }).cases), ['c']);
    assert.deepEqual(questions(bank.list({ offset: 0, limit: 10, forgotten: false }).cases), ['b']);
    bank.restore(a!.id);
    assert.deepEqual(questions(bank.list({ offset: 0, limit: 10, forgotten: true }).cases), ['c']);
  });

  it('finds the case of a run', () => {
    const bank = emptyBank();
    const record = someCase();
    bank.add(record);
    bank.add(someCase());
    assert.deepEqual(bank.ofRun(record.runId), record);
    assert.equal(bank.ofRun('none'), undefined);
  });

  it('lists the newest first, page by page', () => {
    const bank = emptyBank();
    for (const [createdAt, question] of [
      [2, 'b'],
      [1, 'a'],
      [3, 'c'],
    ] as const)
      bank.add(someCase({ question, createdAt }));
    assert.deepEqual(questions(bank.list({ offset: 0, limit: 2 }).cases), ['c', 'b']);
    assert.deepEqual(questions(bank.list({ offset: 2, limit: 2 }).cases), ['a']);
    assert.equal(bank.list({ offset: 2, limit: 2 }).total, 3);
  });

  for (const [search, found] of [
    ['WINCH', ['q1']],
    ['drum  rope', ['q1']],
    ['rope answer2', []],
    ['answer2', ['q2']],
    ['veralt', ['q2']],
    ['绞车', ['q3']],
    ['', ['q3', 'q2', 'q1']],
    ["don't", ['q3']],
  ] as const) {
    it(`finds “${search}” in question, plan, answer or reason`, () => {
      const bank = emptyBank();
      const plan = [{ id: 1, description: 'Look for the drum', dependsOn: [] }];
      bank.add(someCase({ id: 'q1', question: 'Which rope has the winch?', plan }));
      bank.add(someCase({ id: 'q2', answer: 'answer2' }));
      bank.add(someCase({ id: 'q3', question: '绞车在哪里？ Don’t say' }));
      bank.judge('q2', { reward: 0, reason: 'veraltet', at: 1 });
      const page = bank.list({ offset: 0, limit: 9, text: search });
      assert.deepEqual([page.cases.map((record) => record.id), page.total], [found, found.length]);
    });
  }

  it('searches reasons given after the first search', () => {
    const bank = emptyBank();
    bank.add(someCase({ id: 'a' }));
    assert.equal(bank.list({ offset: 0, limit: 9, text: 'outdated' }).total, 0);
    bank.judge('a', { reward: 0, reason: 'outdated', at: 1 });
    bank.add(someCase({ question: 'Is it outdated?' }));
    assert.equal(bank.list({ offset: 0, limit: 9, text: 'outdated' }).total, 2);
  });

  it('lists a judgement, a time or the cases of some runs, each page with how many there are', () => {
    const bank = emptyBank();
    for (const [question, reward, createdAt] of [
      ['a', 1, 10],
      ['b', 0, 20],
      ['c', null, 30],
      ['d', null, 40],
    ] as const)
      bank.add(someCase({ question, reward, createdAt, runId: `run-${question}` }));
    const listed = (query: Partial<CaseQuery>) => {
      const { cases, total } = bank.list({ offset: 0, limit: 1, ...query });
      return [questions(cases), total];
    };
    assert.deepEqual(listed({ judgement: 'accepted' }), [['a'], 1]);
    assert.deepEqual(listed({ judgement: 'rejected' }), [['b'], 1]);
    assert.deepEqual(listed({ judgement: 'unjudged' }), [['d'], 2]);
    assert.deepEqual(listed({ judgement: 'unjudged', offset: 1 }), [['c'], 2]);
    assert.deepEqual(listed({ from: 20, before: 40 }), [['c'], 2]);
    assert.deepEqual(listed({ before: 10 }), [[], 0]);
    assert.deepEqual(listed({ ofRuns: ['run-a', 'run-b'] }), [['b'], 2]);
    assert.deepEqual(listed({ ofRuns: [] }), [[], 0]);
    assert.deepEqual(listed({ judgement: 'unjudged', notOfRuns: ['run-d'] }), [['c'], 1]);
    assert.deepEqual(listed({ limit: 0 }), [[], 4]);
  });

  it('orders by question, and by how many plans used a case', () => {
    const bank = emptyBank();
    for (const question of ['b', 'A', 'c']) bank.add(someCase({ id: question, question }));
    bank.record(runRecord('r1', { usedCases: ['A'] }));
    bank.record(runRecord('r2', { usedCases: ['c', 'A'] }));
    const listed = (order: CaseOrder) => questions(bank.list({ offset: 0, limit: 9, order }).cases);
    assert.deepEqual(listed('question'), ['A', 'b', 'c']);
    assert.deepEqual(listed('used'), ['A', 'c', 'b']);
  });

  it('counts by judgement', () => {
    const bank = emptyBank();
    for (const reward of [1, 1, 0, null] as const) bank.add(someCase({ reward }));
    assert.deepEqual(bank.counts(), { total: 4, accepted: 2, rejected: 1, unjudged: 1 });
  });
});

describe('SqlCaseBank.candidates', () => {
  const winch = someCase({ question: 'How deep can the winch go?' });
  const cable = someCase({ question: 'What is the length of the cable?' });
  const chinese = someCase({ question: '绞车能下多深？' });

  function filled() {
    const bank = emptyBank();
    bank.add(winch, vector(1, 0.1));
    bank.add(cable, vector(0.1, 1));
    bank.add(chinese);
    return bank;
  }

  it('ranks by vector and by words together', () => {
    const found = filled().candidates('How deep does the winch go?', vector(1, 0), 9);
    assert.deepEqual(questions(found.map((candidate) => candidate.case)), [winch.question, cable.question]);
    assert.ok(found[0]!.cosine! > 0.99 && found[0]!.similarity > 0.9);
    assert.ok(found[1]!.similarity < 0.3);
  });

  it('finds by words alone where there is no vector', () => {
    const found = filled().candidates('绞车有多深？', undefined, 9);
    assert.deepEqual(questions(found.map((candidate) => candidate.case)), [chinese.question]);
    assert.equal(found[0]!.cosine, undefined);
    assert.ok(found[0]!.lexical > 0.3);
  });

  it('compares vectors of one encoder only', () => {
    const other = { ...vector(1, 0), encoder: 'other' };
    assert.deepEqual(filled().candidates('Zymurgy?', other, 9), []);
  });

  it('puts the same question first, the accepted case before the newer ones', () => {
    const bank = filled();
    const accepted = someCase({ question: 'how  deep can the WINCH go?', reward: 1, createdAt: 1 });
    bank.add(accepted);
    for (let i = 0; i < 30; i++) bank.add(someCase({ question: winch.question }), vector(1, 0));
    const [first] = bank.candidates(winch.question, vector(1, 0), 40);
    assert.deepEqual([first!.case.id, first!.similarity], [accepted.id, 1]);
  });

  it('keeps to the limit and to [0, 1]', () => {
    const bank = emptyBank();
    for (let i = 0; i < 50; i++) bank.add(someCase(), vector(Math.cos(i), Math.sin(i)));
    const found = bank.candidates('What is thing 7?', vector(1, 0), 10);
    assert.equal(found.length, 10);
    assert.ok(found.every(({ similarity }) => similarity >= 0 && similarity <= 1));
  });

  it('answers the same after another copy of the database took its place', () => {
    const bank = filled();
    bank.candidates(winch.question, vector(1, 0), 9);
    const db = memoryDatabase();
    const other = changingBank(db);
    other.add(cable, vector(0.1, 1));
    const late = someCase({ question: 'How deep can the new winch go?' });
    other.add(late, vector(1, 0.2));
    bank.replaceDatabase(db);
    const ids = (from: SqlCaseBank) =>
      from.candidates(winch.question, vector(1, 0), 9).map(({ case: { id } }) => id);
    assert.deepEqual(ids(bank), [late.id, cable.id]);
    assert.deepEqual(ids(bank), ids(other));
  });

  it('answers the same however much was prepared ahead', () => {
    const db = memoryDatabase();
    const filler = changingBank(db);
    for (let i = 0; i < 450; i++) {
      filler.add(someCase({ question: `What is part ${i} of the winch?` }), vector(i, 1));
    }
    const late = { id: '01J00000000000000000000000', question: 'How deep can the new winch go?' };
    const answers = [0, 1, 2, 5, 99].map((slices) => {
      const bank = changingBank(memoryDatabase(db.export()));
      for (let slice = 0; slice < slices && bank.prepare(); slice++);
      bank.add(someCase(late), vector(3, 1));
      const found = bank.candidates('How deep is part 77 of the winch?', vector(9, 1), 9);
      const { cases, total } = bank.list({ offset: 0, limit: 9, text: 'winch deep' });
      return { found: found.map((candidate) => candidate.case.id), listed: cases.map(({ id }) => id), total };
    });
    for (const answer of answers) assert.deepEqual(answer, answers[0]);
    assert.deepEqual(answers[0]!.listed, [late.id]);
    assert.equal(answers[0]!.found.length, 9);
  });

  it('ranks by an exact scan: nearest first, whatever was added, replaced and forgotten', () => {
    const angle = fc.double({ min: 0, max: Math.PI, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(angle, fc.boolean()), { minLength: 1, maxLength: 15 }), (angles) => {
        const bank = emptyBank();
        const records = angles.map(([a, forgotten]) => ({
          a,
          forgotten,
          record: someCase({ question: '?' }),
        }));
        bank.candidates('!', vector(1, 0), 20);
        for (const { a, record } of records) bank.add(record, vector(Math.cos(a), Math.sin(a)));
        for (const { forgotten, record } of records) if (forgotten) bank.forget(record.id, 1);
        const expected = records
          .filter(({ forgotten }) => !forgotten)
          .map(({ a }) => a)
          .sort((a, b) => a - b);
        const found = bank.candidates('!', vector(1, 0), 20).map(({ cosine }) => cosine!);
        assert.equal(found.length, expected.length);
        for (const [i, cosine] of found.entries())
          assert.ok(Math.abs(cosine - Math.cos(expected[i]!)) < 1e-6);
      }),
    );
  });
});

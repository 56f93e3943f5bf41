import assert from 'node:assert/strict';
import type { CaseBank } from '../../../../src/core/memory/bank';
import type { Case } from '../../../../src/core/memory/case';
import { retrieveCases, type Retrieval, storedVector } from '../../../../src/core/memory/retrieval';
import { coinSeed } from '../../../../src/core/memory/policy/coins';
import { hashEncoder } from '../../../fakes/hashEncoder';
import { memoryBank, someCase } from '../../../fakes/memoryBank';

const QUESTION = 'How deep can the winch go?';
const DAY_MS = 24 * 60 * 60 * 1000;
const NOW = Date.UTC(2026, 5, 1);
const encoder = hashEncoder();

async function bankOf(...parts: Partial<Case>[]): Promise<CaseBank> {
  const bank = await memoryBank();
  for (const part of parts) {
    const record = someCase(part);
    await bank.add(record, await storedVector(encoder, record.question));
  }
  return bank;
}

const retrieve = (bank: CaseBank, more: Partial<Retrieval> = {}) =>
  retrieveCases({
    bank,
    encoder,
    runId: '01J0000000000000000000RUN1',
    question: QUESTION,
    policy: 'similarity',
    k: 4,
    rates: { control: 0, drop: 0 },
    now: NOW,
    signal: new AbortController().signal,
    changedSources: async () => [],
    ...more,
  });

/** One line a case: id, use and why. */
const told = async (bank: CaseBank, more?: Partial<Retrieval>) =>
  (await retrieve(bank, more)).cases.map(({ caseId, use, why }) => `${caseId} ${use}: ${why}`);

const similar = (n: number) => `How deep can the winch number${n} go?`;

describe('retrieveCases', () => {
  it('offers what was accepted and what was not judged as examples', async () => {
    const bank = await bankOf(
      { id: 'a', question: QUESTION, reward: 1, judgedAt: NOW - 3 * DAY_MS },
      { id: 'b', question: similar(1), createdAt: NOW - 61 * DAY_MS },
      { id: 'c', question: 'Who likes cheese?', reward: 1 },
    );
    const lines = await told(bank);
    assert.equal(
      lines[0],
      'a example: The same question, accepted 3 days ago: its plan is offered as an example.',
    );
    assert.match(
      lines[1]!,
      /^b example: (Very s|S)imilar question \(0\.\d\d\), asked 2 months ago, not judged yet: its plan is offered as an example\.$/,
    );
    assert.equal(lines.length, 2);
  });

  it('shows one rejected case with its reason, and lists at most two more', async () => {
    const bank = await bankOf(
      { id: 'far', question: 'How deep and how wide can the new winch go?', reward: 0, reason: 'too short' },
      { id: 'near', question: QUESTION, reward: 0, reason: 'numbers were out of date' },
      { id: 'mute', question: similar(1), reward: 0 },
      { id: 'mute2', question: similar(2), reward: 0, reason: '  ' },
      { id: 'mute3', question: similar(3), reward: 0 },
    );
    const { cases, shown } = await retrieve(bank, { k: 0 });
    assert.deepEqual(
      cases.map(({ use }) => use),
      ['avoid', 'withheld', 'withheld'],
    );
    assert.equal(
      cases[0]!.why,
      'The same question. Rejected: “numbers were out of date”. The planner is told to avoid this.',
    );
    assert.deepEqual(
      new Set(cases.slice(1).map(({ why }) => why.replace(/“.*”/, '“…”'))),
      new Set([
        'Rejected without a reason, so it is listed but not shown to the planner.',
        'Rejected: “…”. A more similar rejected case is shown to the planner instead.',
      ]),
    );
    assert.deepEqual(
      shown.map(({ case: { id }, use }) => `${id} ${use}`),
      ['near avoid'],
    );
  });

  it('takes K as a ceiling, one case a question, the accepted one before a newer one', async () => {
    const bank = await bankOf(
      ...[1, 2, 3, 4, 5].map((n) => ({ question: similar(n), reward: 1 as const })),
      { id: 'old', question: QUESTION, reward: 1 },
      { id: 'new', question: QUESTION },
      { id: 'mute', question: similar(9), reward: 0 },
    );
    const { cases } = await retrieve(bank, { k: 3 });
    assert.deepEqual(
      cases.map(({ use }) => use),
      ['example', 'example', 'example', 'withheld'],
    );
    assert.equal(cases[0]!.caseId, 'old');
    assert.ok(!cases.some(({ caseId }) => caseId === 'new'));
  });

  it('shows nothing that is not relevant, and logs what was considered', async () => {
    const bank = await bankOf({
      id: 'x',
      question: 'Can the north of the town go without cheese?',
      reward: 1,
    });
    const { cases, candidates, whyNone, decision } = await retrieve(bank);
    assert.deepEqual(cases, []);
    assert.deepEqual(
      candidates.map(({ caseId, value }) => [caseId, value]),
      [['x', null]],
    );
    assert.equal(whyNone, 'No past case is similar enough to this question to be shown.');
    assert.deepEqual([decision.eligible, decision.chosen], [false, []]);
    assert.deepEqual(decision.design, {
      control: false,
      controlRate: 0,
      dropped: null,
      dropRate: 0,
      policyVersion: 'similarity/1',
      seed: coinSeed('01J0000000000000000000RUN1'),
    });
  });

  it('takes a run with no answer as an example only where it was accepted', async () => {
    const bank = await bankOf(
      { id: 'a', question: similar(1), outcome: 'abstained' },
      { id: 'b', question: similar(2), outcome: 'exhausted' },
      { id: 'c', question: similar(3), outcome: 'abstained', reward: 1 },
    );
    assert.deepEqual(
      (await retrieve(bank)).cases.map(({ caseId }) => caseId),
      ['c'],
    );
  });

  it('says which sources have changed, and asks only for cases that are listed', async () => {
    const bank = await bankOf(
      { id: 'a', question: QUESTION, reward: 1, judgedAt: NOW },
      { question: 'Cheese?' },
    );
    const asked: string[] = [];
    const { cases } = await retrieve(bank, {
      changedSources: async (record) => {
        asked.push(record.id);
        return ['notes.md', 'b.md'];
      },
    });
    assert.deepEqual(asked, ['a']);
    assert.deepEqual(cases[0]!.changedSources, ['notes.md', 'b.md']);
    assert.match(cases[0]!.why, /accepted just now: .* 2 of its sources have changed since\.$/);
  });

  it('offers the newest accepted case of the same question to reuse', async () => {
    const question = '  how deep CAN the “winch” go? ';
    const bank = await bankOf(
      { id: 'older', question, reward: 1, createdAt: 5 },
      { id: 'newer', question: 'How deep can the "winch" go?', reward: 1, createdAt: 6 },
      { id: 'unjudged', question, createdAt: 7 },
      { id: 'abstained', question, reward: 1, outcome: 'abstained', createdAt: 8 },
    );
    assert.equal((await retrieve(bank, { question: 'How deep can the "winch" go?' })).reuse?.id, 'newer');
    assert.equal((await retrieve(bank)).reuse, undefined);
  });

  it('looks nothing up with the policy none', async () => {
    const bank = await bankOf({ question: QUESTION, reward: 1 });
    const { cases, shown, candidates, reuse, notices, decision } = await retrieve(bank, { policy: 'none' });
    assert.deepEqual([cases, shown, candidates, reuse], [[], [], [], undefined]);
    assert.deepEqual(
      [notices.map(({ code }) => code), decision.design.policyVersion],
      [['memory-off'], 'none/1'],
    );
  });

  it('says that a question is matched by words only, where there is something to match', async () => {
    const blind = { ...encoder, encode: async (texts: readonly string[]) => texts.map(() => undefined) };
    const bank = await bankOf({ id: 'a', question: '绞车能下多深？', reward: 1 });
    const found = await retrieve(bank, { encoder: blind, question: '绞车能下多深' });
    assert.deepEqual(
      found.cases.map(({ caseId }) => caseId),
      ['a'],
    );
    assert.deepEqual(
      found.notices.map(({ code }) => code),
      ['matched-by-words'],
    );
    assert.deepEqual((await retrieve(await memoryBank(), { encoder: blind })).notices, []);
  });

  it('goes on by words where the encoder fails', async () => {
    const broken = { ...encoder, encode: () => Promise.reject(new Error('no memory')) };
    const bank = await bankOf({ id: 'a', question: QUESTION, reward: 1 });
    const { cases, notices } = await retrieve(bank, { encoder: broken });
    assert.deepEqual(
      cases.map(({ caseId }) => caseId),
      ['a'],
    );
    assert.deepEqual(notices, [
      {
        code: 'encoder-failed',
        message: 'Past questions are matched by words only, as the encoder failed: no memory',
      },
    ]);
  });

  it('rejects when it is aborted', async () => {
    const bank = await bankOf({ question: QUESTION });
    await assert.rejects(retrieve(bank, { signal: AbortSignal.abort() }), { name: 'AbortError' });
    const controller = new AbortController();
    const changedSources = async () => {
      controller.abort();
      return [];
    };
    await assert.rejects(retrieve(bank, { signal: controller.signal, changedSources }), {
      name: 'AbortError',
    });
  });
});

describe('storedVector', () => {
  it('has none for an empty text', async () => {
    assert.equal(await storedVector(encoder, ' \n'), undefined);
    assert.equal((await storedVector(encoder, 'winch'))?.encoder, 'hash-64');
  });

  it('lists lessons of a control as of any other run, and gives the planner none', async () => {
    const lessons = [{ id: 'l1', text: 'Look in the log first.' }];
    const bank = await bankOf({ question: QUESTION, reward: 1, lessons });
    const run = await retrieve(bank);
    const control = await retrieve(bank, { rates: { control: 1, drop: 0 } });
    assert.deepEqual(control.cases, run.cases);
    assert.deepEqual(run.cases[0]?.lessons, ['Look in the log first.']);
    assert.deepEqual(
      run.shown.map((each) => each.lessons),
      [lessons],
    );
    assert.deepEqual(control.shown, []);
  });

  it('lists no lessons of a case that is withheld', async () => {
    const bank = await bankOf({
      question: QUESTION,
      reward: 0,
      lessons: [{ id: 'l1', text: 'Look in the log first.' }],
    });
    const { cases } = await retrieve(bank);
    assert.deepEqual(
      cases.map(({ use, lessons }) => [use, lessons]),
      [['withheld', []]],
    );
  });
});

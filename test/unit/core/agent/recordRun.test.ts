import assert from 'node:assert/strict';
import { failed } from '../../../../src/core/common/result';
import { changingBank, memoryBank, someCase } from '../../../fakes/memoryBank';
import { eventsOf, startScripted, type Script } from '../../../fakes/scriptedCrew';

const QUESTION = 'How deep is the northern lake?';
const ANSWER = { kind: 'answer' as const, answer: 'Deep.', shortAnswer: 'Deep', abstained: false };

/** A run over a bank with one accepted case of a question that is like this one. */
async function done(script: Partial<Script>) {
  const bank = changingBank();
  bank.add(
    someCase({ id: 'past', question: 'How deep is the northern harbour lake?', reward: 1, judgedAt: 1 }),
  );
  const { run, inputs } = await startScripted({
    steps: [ANSWER],
    question: QUESTION,
    ...script,
    parts: { bank: await memoryBank(bank), policy: 'learned', ...script.parts },
  });
  const events = await eventsOf(run);
  return { bank, inputs, events, run, outcome: bank.outcomeOf(run.id) };
}

describe('the record of a run', () => {
  it('has what was decided, and its question and vector', async () => {
    const { outcome, inputs, events } = await done({});
    assert.deepEqual(
      inputs[0]?.cases.map(({ case: { id } }) => id),
      ['past'],
    );
    const { record, reward } = outcome!;
    assert.deepEqual(
      [record.question, record.vector?.encoder, record.outcome, reward],
      [QUESTION, 'hash-64', 'answered', null],
    );
    assert.deepEqual(
      record.decision.chosen.map(({ caseId }) => caseId),
      ['past'],
    );
    assert.ok(events.some(({ type }) => type === 'case.stored'));
  });

  it('of a run that failed is there, without its question, and never counts against a case', async () => {
    const { outcome, bank } = await done({
      steps: [async () => failed('unreachable', 'The server is gone.')],
    });
    assert.deepEqual(
      [outcome?.record.outcome, outcome?.record.question, outcome?.record.vector, outcome?.reward],
      ['failed', '', undefined, null],
    );
    assert.deepEqual(bank.judgedOutcomes(9), []);
  });

  it('of a cancelled run too', async () => {
    const bank = changingBank();
    const { run } = await startScripted({
      steps: [
        async () => {
          run.cancel();
          return new Promise<never>(() => undefined);
        },
      ],
      question: QUESTION,
      parts: { bank: await memoryBank(bank) },
    });
    await eventsOf(run);
    assert.deepEqual(
      [bank.outcomeOf(run.id)?.record.outcome, bank.outcomeOf(run.id)?.record.question],
      ['cancelled', ''],
    );
    assert.equal(bank.counts().total, 0);
  });

  it('of a control: the planner sees nothing, and the event tells the user what any run would', async () => {
    const { inputs, events, outcome } = await done({ parts: { rates: { control: 1, drop: 0 } } });
    assert.deepEqual(inputs[0]?.cases, []);
    const retrieved = events.find((event) => event.type === 'cases.retrieved');
    assert.deepEqual(
      retrieved?.cases.map(({ caseId, use }) => [caseId, use]),
      [['past', 'example']],
    );
    assert.deepEqual(
      [outcome?.record.decision.design.control, outcome?.record.decision.eligible],
      [true, true],
    );
  });

  it('a control is offered no earlier answer; who asks for it is no control', async () => {
    const bank = changingBank();
    bank.add(someCase({ id: 'same', question: QUESTION, reward: 1, judgedAt: 1 }));
    const once = async (reuse: boolean) => {
      const { run } = await startScripted({
        steps: [ANSWER],
        question: QUESTION,
        parts: { bank: await memoryBank(bank), rates: { control: 1, drop: 1 }, reuse },
      });
      const types = (await eventsOf(run)).map(({ type }) => type);
      return { types, record: bank.outcomeOf(run.id)!.record };
    };
    const control = await once(false);
    assert.ok(!control.types.includes('reuse.offered'));
    const asked = await once(true);
    assert.ok(asked.types.includes('reuse.taken'));
    assert.deepEqual([asked.record.reused, asked.record.decision.design.control], ['same', false]);
  });
});

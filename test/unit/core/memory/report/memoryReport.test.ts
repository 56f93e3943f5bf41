import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { CaseBank } from '../../../../../src/core/memory/bank';
import { memoryBank, someCase } from '../../../../fakes/memoryBank';
import { type RunParts, someOutcome } from '../../../../fakes/runOutcomes';

/** A run with its case, judged where the parts say so. Gives the case's id. */
async function keep(bank: CaseBank, n: number, parts: RunParts): Promise<string> {
  const { record, reward } = someOutcome(n, parts);
  const { id } = await rememberCase(bank, record.runId, record.question);
  await bank.record(record);
  if (reward !== null) await bank.judge(id, { reward, reason: null, at: record.at + 60_000 });
  return id;
}

async function rememberCase(bank: CaseBank, runId: string, question: string) {
  const kept = someCase({ runId, question });
  await bank.add(kept);
  return kept;
}

const coin = { controlRate: 0.5, dropRate: 0.1 };

describe('the report of a bank', () => {
  it('of an empty memory says of everything that there is nothing yet', async () => {
    const report = await (await memoryBank()).report();
    const { version, at, ...sections } = report;
    assert.deepEqual([version, typeof at], [1, 'number']);
    for (const [name, { words }] of Object.entries(sections)) {
      assert.match(words, /^(Not measured yet: |No run |There are no cases)/, name);
    }
    assert.deepEqual(JSON.parse(JSON.stringify(report)), report, 'it is plain JSON');
  });

  it('counts what is recorded, and suspects a case that its runs speak against', async () => {
    const bank = await memoryBank();
    const bad = await keep(bank, 0, { reward: 1 });
    for (let n = 1; n <= 60; n++) await keep(bank, n, { reward: n % 10 === 0 ? 0 : 1 });
    for (let n = 61; n <= 72; n++) await keep(bank, n, { reward: 0, chosen: [bad] });
    const { suspects, acceptance, history, coverage } = await bank.report();
    assert.deepEqual(
      suspects.cases.map(({ caseId, question, judged, accepted, suspected, confirmed }) => [
        caseId,
        question,
        judged,
        accepted,
        suspected,
        confirmed,
      ]),
      [[bad, 'question 0', 12, 0, true, false]],
    );
    assert.match(suspects.words, /^1 case is suspected of harm, none confirmed by leave-one-out; 1 case/);
    assert.deepEqual([acceptance.judged, history.accepted, coverage.covered], [73, 55, 12]);
    const [record, none] = await bank.records([bad, 'no such case']);
    const { question, ...listed } = suspects.cases[0]!;
    assert.deepEqual([record, question], [listed, 'question 0']);
    assert.deepEqual([none?.caseId, none?.shown], ['no such case', 0]);
  });

  it('leaves out runs that were imported', async () => {
    const bank = await memoryBank();
    const { record } = someOutcome(0, { reward: 1, chosen: ['c1'] });
    await bank.record({ ...record, imported: true });
    const { id } = await rememberCase(bank, record.runId, record.question);
    await bank.judge(id, { reward: 1, reason: null, at: 1 });
    const { acceptance, coverage } = await bank.report();
    assert.deepEqual([acceptance.judged, coverage.runs], [0, 0]);
    assert.equal((await bank.records(['c1']))[0]?.shown, 0);
  });

  it('goes with the judgements: a withdrawn one leaves what was before it', async () => {
    const bank = await memoryBank();
    const id = await keep(bank, 0, { reward: 1 });
    await keep(bank, 1, { reward: 1, chosen: [id] });
    const before = await bank.report();
    const other = await keep(bank, 2, { chosen: [id] });
    const counts = async () => {
      const { acceptance, history } = await bank.report();
      return [acceptance.accepted, acceptance.judged, history.rejected];
    };
    assert.deepEqual(await counts(), [2, 2, 0]);
    await bank.judge(other, { reward: 0, reason: null, at: 9 });
    assert.deepEqual(await counts(), [2, 3, 1]);
    await bank.judge(other, { reward: null, reason: null, at: 10 });
    await bank.forget(other, 11);
    assert.deepEqual(await bank.report(), before);
  });

  it('does not tell which arm an unjudged run is in', async () => {
    const seen = async (control: boolean) => {
      const bank = await memoryBank();
      const past = someCase({ id: '01J00000000000000000000000', runId: 'r', createdAt: 5 });
      await bank.add(past);
      for (let n = 1; n < 6; n++)
        await keep(bank, n, { reward: 1, chosen: [past.id], design: { ...coin, control: n % 2 === 0 } });
      const design = { ...coin, control, dropped: control ? null : past.id };
      await keep(bank, 6, { chosen: [past.id], design });
      const report = await bank.report();
      assert.equal(report.experiment.pending, 1);
      return { ...report, record: await bank.records([past.id]) };
    };
    assert.deepEqual(await seen(true), await seen(false));
  });

  it('takes a control’s judgement into the experiment', async () => {
    const bank = await memoryBank();
    const past = await keep(bank, 0, { reward: 1 });
    await keep(bank, 1, { reward: 0, chosen: [past], design: { ...coin, control: true } });
    await keep(bank, 2, { reward: 1, chosen: [past], design: coin });
    const { experiment } = await bank.report();
    assert.deepEqual(
      [experiment.controls.judged, experiment.others.accepted, experiment.status],
      [1, 1, 'few'],
    );
  });
});

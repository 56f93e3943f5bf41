import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Case } from '../../../../../src/core/memory/case';
import { labelOf, planOf, planText } from '../../../../../src/core/memory/transfer/planText';
import type { MemoryRecord } from '../../../../../src/core/memory/transfer/record';
import { anyCase, anyPlan, anyRun, anyText, anyVectors } from '../../../../fakes/arbitraryRecords';
import { memoryBank, someCase } from '../../../../fakes/memoryBank';
import { casesOf, exported, importText, runsOf } from '../../../../fakes/transfer';

const caseRecord = fc.record({ type: fc.constant('case' as const), case: anyCase, vectors: anyVectors });
const runRecord = fc.record({ type: fc.constant('run' as const), run: anyRun });
const records = fc
  .tuple(fc.array(caseRecord, { maxLength: 4 }), fc.array(runRecord, { maxLength: 3 }))
  .map(([cases, runs]): MemoryRecord[] => [...cases, ...runs]);

async function bankWith(all: readonly MemoryRecord[]) {
  const bank = await memoryBank();
  await bank.importAll(all);
  return bank;
}

describe('export, then import', () => {
  it('is the identity in the lossless format, byte for byte', () =>
    fc.assert(
      fc.asyncProperty(records, async (all) => {
        const { text } = await exported(await bankWith(all));
        const other = await memoryBank();
        await importText(other, text);
        assert.equal((await exported(other)).text, text);
      }),
      { numRuns: 100 },
    ));

  it('gives back every field of cases, vectors and runs', () =>
    fc.assert(
      fc.asyncProperty(records, async (all) => {
        const bank = await bankWith(all);
        const other = await memoryBank();
        await importText(other, (await exported(bank)).text);
        const unmarked = ({ provenance: { imported, ...provenance }, ...rest }: Case) => ({
          ...rest,
          provenance: imported?.from === 'lossless' ? provenance : { ...provenance, imported },
        });
        const [before, after] = [await bank.recordsAfter('', 100), await other.recordsAfter('', 100)];
        const plain = (record: MemoryRecord) =>
          record.type === 'case'
            ? { ...record, case: JSON.parse(JSON.stringify(unmarked(record.case))) as unknown }
            : record;
        assert.deepEqual(after.map(plain), before.map(plain));
        assert.equal(before.length > 0, all.length > 0);
      }),
      { numRuns: 100 },
    ));

  const judged = fc.array(
    fc.record({ question: anyText, plan: anyPlan, reward: fc.constantFrom(1 as const, 0 as const) }),
    {
      maxLength: 6,
    },
  );
  const facts = (cases: readonly Pick<Case, 'question' | 'plan' | 'reward'>[]) =>
    cases.map(({ question, plan, reward }) => JSON.stringify([question, plan, reward])).sort();

  for (const format of ['memento', 'reward'] as const) {
    it(`keeps questions, plans and labels in the paper's format “${format}”`, () =>
      fc.assert(
        fc.asyncProperty(judged, async (all) => {
          const asked = all.filter(({ question }) => question.trim() !== '');
          const bank = await bankWith(
            asked.map((parts) => ({ type: 'case', case: someCase(parts), vectors: [] })),
          );
          const other = await memoryBank();
          if (asked.length > 0) await importText(other, (await exported(bank, format)).text);
          assert.deepEqual(facts(await casesOf(other)), facts(asked));
        }),
        { numRuns: 50 },
      ));
  }

  it('keeps the rows of the training format', async () => {
    const shown = [someCase({ reward: 1 }), someCase({ reward: 0 })];
    const row = (query: string, { question, plan, reward }: Case, truth: boolean) =>
      JSON.stringify({
        query,
        case: question,
        case_label: reward === 1 ? 'positive' : 'negative',
        plan: planText(plan),
        truth_label: truth,
      });
    const rows = ['Why?', 'How?'].flatMap((query, i) => shown.map((each) => row(query, each, i === 0)));
    const bank = await memoryBank();
    await importText(bank, rows.join('\n'));
    const { text, counts } = await exported(bank, 'training');
    assert.deepEqual(text.trim().split('\n').sort(), [...rows].sort());
    assert.deepEqual(counts, { cases: 0, runs: 0, rows: 4, leftOut: 0 });
    assert.equal((await runsOf(bank)).length, 2);
  });
});

describe('plans in the wild', () => {
  const reads = (what: string, value: unknown, expected: readonly string[] | undefined) =>
    it(what, () =>
      assert.deepEqual(
        planOf(value)?.map(({ id, description }) => `${id} ${description}`),
        expected,
      ),
    );

  reads('the release’s JSON text', '{"plan":[{"id":1,"description":"Look"},{"id":2,"description":"See"}]}', [
    '1 Look',
    '2 See',
  ]);
  reads('the object itself', { plan: [{ id: 3, description: 'Look' }] }, ['3 Look']);
  reads('a list', [{ id: 1, description: 'Look' }], ['1 Look']);
  reads('a list of texts', ['Look', 'See'], ['1 Look', '2 See']);
  reads('missing ids', [{ description: 'Look' }, { id: 1, description: 'See' }], ['1 Look', '2 See']);
  reads('ids that are texts', [{ id: '7', description: 'Look' }], ['7 Look']);
  reads('ids that are none', [{ id: 'first', description: 'Look' }], ['1 Look']);
  reads(
    'the same id twice',
    [
      { id: 1, description: 'Look' },
      { id: 1, description: 'See' },
    ],
    ['1 Look', '2 See'],
  );
  reads('plain text', 'Look it up.\nThen answer.', ['1 Look it up.\nThen answer.']);
  reads('a numbered list', '1. Look\n2) See', ['1 Look', '2 See']);
  reads('no plan', null, []);
  reads('an empty text', '  ', []);
  reads('a number', 7, undefined);
  reads('a task without a description', [{ id: 1 }], undefined);

  it('keeps what depends on what, of tasks that are there', () => {
    const plan = [
      { id: 1, description: 'Look', dependsOn: [] },
      { id: 2, description: 'See', dependsOn: [1, 9, 2] },
    ];
    assert.deepEqual(
      planOf(plan)?.map(({ dependsOn }) => dependsOn),
      [[], [1]],
    );
    assert.deepEqual(planOf(planText(planOf(plan) ?? [])), planOf(plan));
  });
});

describe('labels in the wild', () => {
  const labels: readonly (readonly [unknown, 1 | 0 | null])[] = [
    ['positive', 1],
    ['Negative ', 0],
    [1, 1],
    [0, 0],
    ['1', 1],
    [true, 1],
    ['false', 0],
    [null, null],
    [undefined, null],
    ['unknown', null],
    [0.5, null],
    [{}, null],
    ['constructor', null],
  ];
  for (const [label, reward] of labels) {
    it(`${JSON.stringify(label)} is ${reward === null ? 'not judged' : reward}`, () =>
      assert.equal(labelOf(label), reward));
  }
});

import assert from 'node:assert/strict';
import type { Case } from '../../../../../src/core/memory/case';
import { lexicalSimilarity } from '../../../../../src/core/memory/search/lexicalSimilarity';
import { embedMissing } from '../../../../../src/core/memory/embedMissing';
import { losslessLine } from '../../../../../src/core/memory/transfer/lossless';
import { readImport } from '../../../../../src/core/memory/transfer/readImport';
import { planImport } from '../../../../../src/core/memory/transfer/planImport';
import { writeImport } from '../../../../../src/core/memory/transfer/writeImport';
import { hashEncoder } from '../../../../fakes/hashEncoder';
import { memoryBank, someCase } from '../../../../fakes/memoryBank';
import {
  casesOf,
  ENCODER,
  exported,
  fileOf,
  IMPORTED_AT,
  importText,
  jsonl,
  pieces,
  preview,
  runsOf,
} from '../../../../fakes/transfer';

const past = (question: string, label: string | null = 'positive', plan = 'Look') => ({
  case: question,
  plan: `{"plan":[{"id":1,"description":"${plan}"}]}`,
  case_label: label,
});
const row = (query: string, question: string, truth: boolean | null, label = 'positive') => ({
  query,
  ...past(question, label),
  truth_label: truth,
});
const questions = (cases: readonly Case[]) => cases.map(({ question }) => question).sort();

describe('an import', () => {
  it('marks its cases, which are otherwise what the file says', async () => {
    const bank = await memoryBank();
    await importText(bank, jsonl(past('Why?', 'negative')));
    const [found] = await casesOf(bank);
    assert.deepEqual(found && { ...found, id: '', runId: '' }, {
      id: '',
      runId: '',
      question: 'Why?',
      plan: [{ id: 1, description: 'Look', dependsOn: [] }],
      answer: '',
      shortAnswer: '',
      outcome: 'answered',
      reward: 0,
      reason: null,
      createdAt: IMPORTED_AT,
      judgedAt: IMPORTED_AT,
      forgottenAt: null,
      pinned: false,
      tags: [],
      lessons: [],
      provenance: {
        models: { planner: '', executor: '' },
        tools: [],
        retrievedCases: [],
        usedCases: [],
        sources: [],
        imported: { from: 'memento', at: IMPORTED_AT },
      },
    });
  });

  it('counts before it writes, and writes nothing by counting', async () => {
    const bank = await memoryBank();
    await bank.add(someCase({ question: 'Why?', plan: [{ id: 9, description: ' look ', dependsOn: [] }] }));
    const text = jsonl(
      past('Why?'),
      past('How?', 'negative'),
      past('When?', null),
      past('How?', 'negative'),
      'garbage',
    );
    assert.deepEqual(await preview(bank, text), {
      accepted: 1,
      rejected: 2,
      unjudged: 1,
      linked: 2,
      toEmbed: 4,
      runs: 0,
      here: 0,
      runsHere: 0,
      different: 0,
      forgotten: 0,
      badLines: { count: 1, first: [{ line: 5, reason: 'is not JSON' }] },
      unknownFields: 0,
      badVectors: 0,
      repeated: 0,
      selfCases: 0,
      disputed: 0,
    });
    assert.equal((await bank.counts()).total, 1);
  });

  it('of the same file twice changes nothing the second time', async () => {
    const bank = await memoryBank();
    const text = jsonl(past('Why?'), past('Why?'), row('How?', 'Why?', true), {
      question: 'Why?',
      plan: 'Look',
      reward: 1,
    });
    const first = await importText(bank, text);
    const { text: before } = await exported(bank);
    const second = await importText(bank, text);
    assert.deepEqual([first.accepted, first.runs, first.here], [4, 1, 0]);
    assert.deepEqual([second.accepted, second.runs, second.here, second.runsHere], [0, 0, 4, 1]);
    assert.equal((await exported(bank)).text, before);
  });

  const bankFile = jsonl(past('Why?'), past('How?', 'negative'));
  const rewards = jsonl({ question: 'Why?', plan: past('Why?').plan, reward: 1 });
  const training = jsonl(row('When?', 'Why?', true), row('When?', 'How?', true, 'positive'));
  for (const [name, files] of [
    ['a bank, then training rows', [bankFile, training]],
    ['training rows, then a bank', [training, bankFile]],
    ['the older format between them', [bankFile, rewards, training]],
  ] as const) {
    it(`of ${name} has a case once that is in both, which the runs were shown`, async () => {
      const bank = await memoryBank();
      for (const file of files) await importText(bank, file);
      const cases = (await casesOf(bank)).filter(({ plan }) => plan.length > 0);
      assert.deepEqual(
        cases.map(({ question, reward }) => `${question} ${reward}`).sort(),
        // One label is another case: the file says that it was shown with it.
        ['How? 0', 'How? 1', 'Why? 1'],
      );
      const [run] = await runsOf(bank);
      const why = cases.find(({ question }) => question === 'Why?');
      assert.ok(run?.decision.chosen.some(({ caseId }) => caseId === why?.id));
    });
  }

  it('links duplicates to the first of them, and merges nothing', async () => {
    const bank = await memoryBank();
    const mine = someCase({ question: 'WHY ?', plan: [{ id: 4, description: 'look', dependsOn: [] }] });
    await bank.add(mine);
    await importText(
      bank,
      jsonl(
        past('Why ?'),
        past('Why ?', 'negative'),
        past('How?'),
        past('How?'),
        past('How?', 'positive', 'See'),
      ),
    );
    const linked = (await casesOf(bank)).map(({ id, question, plan, provenance }) => ({
      id,
      question,
      step: plan[0]?.description,
      first: provenance.duplicateOf,
    }));
    assert.equal(linked.length, 6);
    assert.deepEqual(
      linked.filter(({ question }) => question === 'Why ?').map(({ first }) => first),
      [mine.id, mine.id],
    );
    const how = linked.filter(({ question, step }) => question === 'How?' && step === 'Look');
    assert.deepEqual(
      how.map(({ first }) => first).filter((first) => first !== undefined),
      how.filter(({ first }) => first === undefined).map(({ id }) => id),
    );
    assert.deepEqual(
      linked.filter(({ step }) => step === 'See').map(({ first }) => first),
      [undefined],
    );
    assert.deepEqual((await bank.get(mine.id))?.provenance, mine.provenance);
  });

  it('leaves judgements and edits of now alone', async () => {
    const bank = await memoryBank();
    await importText(bank, jsonl(past('Why?')));
    const [found] = await casesOf(bank);
    await bank.judge(found!.id, { reward: 0, reason: 'no', at: 1 });
    assert.equal((await importText(bank, jsonl(past('Why?')))).different, 0);
    assert.equal((await bank.get(found!.id))?.reward, 0);
  });

  it('does not bring back what was forgotten', async () => {
    const bank = await memoryBank();
    await importText(bank, jsonl(past('Why?'), past('How?')));
    const [found] = await casesOf(bank);
    await bank.forget(found!.id, 1);
    const { here, forgotten } = await importText(bank, jsonl(past('Why?'), past('How?')));
    assert.deepEqual([here, forgotten, (await bank.counts()).total], [2, 1, 1]);
  });

  it('that was cancelled is gone on with by the next one', async () => {
    const bank = await memoryBank();
    const text = jsonl(...Array.from({ length: 500 }, (_, i) => past(`Why ${i}?`)));
    const plan = await planImport(await fileOf(text), bank, { encoderId: ENCODER.id });
    const stop = new AbortController();
    const options = { signal: stop.signal, onProgress: () => stop.abort() };
    await assert.rejects(writeImport(plan, bank, options), { name: 'AbortError' });
    assert.equal((await bank.counts()).total, 200);
    const { here, accepted, linked } = await importText(bank, text);
    assert.deepEqual([here, accepted, linked, (await bank.counts()).total], [200, 300, 0, 500]);
  });
});

describe('an import of training rows', () => {
  const text = jsonl(
    row('How deep is the lake?', 'How deep is the harbour?', true),
    row('How deep is the lake?', 'How deep is the harbour?', true),
    row('How deep is the lake?', 'How deep is the lake?', true),
    row('How deep is the lake?', 'Who built the mill?', true, 'negative'),
    row('Who built the church?', 'Who built the mill?', null, 'negative'),
    row('When?', 'Who built the mill?', true, 'negative'),
    row('When?', 'How deep is the harbour?', false),
  );

  it('makes a case of each case, and a judged run of each query', async () => {
    const bank = await memoryBank();
    const counts = await importText(bank, text);
    const { accepted, rejected, unjudged, runs, repeated, selfCases, disputed, badLines } = counts;
    assert.deepEqual(
      { accepted, rejected, unjudged, runs, repeated, selfCases, disputed, bad: badLines.count },
      { accepted: 3, rejected: 1, unjudged: 2, runs: 3, repeated: 1, selfCases: 1, disputed: 1, bad: 0 },
    );
    assert.deepEqual(questions(await casesOf(bank)), [
      'How deep is the harbour?',
      'How deep is the lake?',
      'How deep is the lake?',
      'When?',
      'Who built the church?',
      'Who built the mill?',
    ]);
  });

  it('records what each run was shown, by words alone', async () => {
    const bank = await memoryBank();
    await importText(bank, text);
    const run = (await runsOf(bank)).find(({ question }) => question === 'How deep is the lake?');
    const of = await bank.ofRun(run?.runId ?? '');
    assert.deepEqual([of?.question, of?.reward, of?.plan, of?.answer], ['How deep is the lake?', 1, [], '']);
    const lexical = lexicalSimilarity('How deep is the lake?', 'How deep is the harbour?');
    const [first, second] = run?.decision.chosen ?? [];
    assert.deepEqual(first && { ...first, caseId: (await bank.get(first.caseId))?.question }, {
      caseId: 'How deep is the harbour?',
      lexical,
      similarity: lexical,
      standing: lexical,
      label: 1,
      value: lexical,
      advantage: null,
      pinned: false,
    });
    assert.equal(second?.label, 0);
    assert.equal(run?.decision.eligible, false);
    assert.equal(run.decision.policy, 'none');
  });

  it('warms up the policies that learn, also where an encoder reads the questions', async () => {
    const bank = await memoryBank();
    const lakes = Array.from({ length: 12 }, (_, i) => [
      row(`How deep is lake ${i}?`, 'How deep is the harbour?', true),
      row(`How wide is lake ${i}?`, 'Who built the deep lake mill?', false),
    ]);
    await importText(bank, jsonl(...lakes.flat()));
    const encoder = hashEncoder();
    await embedMissing(bank, encoder);
    const [values] = await encoder.encode(['How deep is lake 99?']);
    const { listed } = await bank.decide({
      runId: someCase().id,
      question: 'How deep is lake 99?',
      vector: values && { encoder: encoder.id, values },
      policy: 'learned',
      k: 4,
      rates: { control: 0, drop: 0 },
      now: 0,
    });
    const harbour = listed.find((each) => each.case.question === 'How deep is the harbour?');
    assert.ok((harbour?.advantage?.mean ?? 0) > 0, JSON.stringify(listed));
  });
});

describe('an import of the lossless format', () => {
  const header = { format: 'memento-memory', version: 1 };
  const line = (record: Case, vectors: object[] = []) => {
    const written = JSON.parse(losslessLine({ type: 'case', case: record, vectors: [] })) as {
      readonly case: object;
    };
    return { ...written, vectors };
  };

  it('leaves a case alone that is here, and says where the file differs', async () => {
    const bank = await memoryBank();
    const [same, other] = [someCase(), someCase()];
    await bank.add(same);
    await bank.add(other);
    const { here, different, accepted, unjudged } = await importText(
      bank,
      jsonl(header, line(same), line({ ...other, answer: 'No.' })),
    );
    assert.deepEqual([here, different, accepted + unjudged], [2, 1, 0]);
    assert.equal((await bank.get(other.id))?.answer, other.answer);
  });

  it('keeps the links of the file, and links to what is here', async () => {
    const [mine, theirs] = [someCase(), someCase()];
    const again = { ...someCase(), question: mine.question, plan: mine.plan };
    const link = {
      ...theirs,
      id: someCase().id,
      provenance: { ...theirs.provenance, duplicateOf: theirs.id },
    };
    const bank = await memoryBank();
    await bank.add(mine);
    await importText(bank, jsonl(header, line(again), line(theirs), line(link)));
    const linkOf = async (id: string) => (await bank.get(id))?.provenance.duplicateOf;
    assert.equal(await linkOf(again.id), mine.id);
    assert.equal(await linkOf(theirs.id), undefined);
    assert.equal(await linkOf(link.id), theirs.id);
  });

  it('keeps unknown fields out, and counts them', async () => {
    const record = line(someCase());
    const strange = {
      ...record,
      mood: 1,
      case: { ...record.case, colour: { hex: 'f00' }, forgottenAt: 5 },
    };
    const text = jsonl(header, JSON.stringify(strange).replace('"mood"', '"__proto__"'));
    const bank = await memoryBank();
    assert.equal((await importText(bank, text)).unknownFields, 3);
    const [found] = await casesOf(bank);
    assert.equal(Object.hasOwn(found ?? {}, 'colour'), false);
    assert.equal(found?.forgottenAt, null);
  });

  it('keeps vectors out that would spoil a comparison, and counts them', async () => {
    const floats = (...values: number[]) => Buffer.from(Float32Array.from(values).buffer).toString('base64');
    const vectors = [
      { encoder: 'a', values: floats(NaN, 1) },
      { encoder: 'b', values: floats(3, 4) },
      { encoder: 'c', values: 'no base64!' },
      { encoder: 'd', values: 'AAA=' },
      { encoder: ENCODER.id, values: floats(1, 0) },
      { encoder: 'e', values: floats(0.6, 0.8) },
      { encoder: 'f', values: '' },
    ];
    const text = jsonl(header, line(someCase(), vectors));
    const read = await readImport(pieces(text), { at: 0, encoder: ENCODER });
    assert.ok(read.ok);
    assert.equal(read.value.badVectors, 5);
    assert.deepEqual(
      read.value.cases[0]?.vectors.map(({ encoder, values }) => [encoder, values.length]),
      [
        ['e', 2],
        ['f', 0],
      ],
    );
  });

  it('takes no record before the header', async () => {
    const { badLines, cases } = await fileOf(jsonl(line(someCase()), header, line(someCase())));
    assert.deepEqual(
      [badLines.first, cases.length],
      [[{ line: 1, reason: 'comes before the line that names format and version' }], 1],
    );
  });

  it('takes two files that were joined, each record once', async () => {
    const record = line(someCase());
    const { repeated, cases } = await fileOf(jsonl(header, record, header, record));
    assert.deepEqual([repeated, cases.length], [1, 1]);
  });
});

describe('an export', () => {
  it('has nothing of what is forgotten', async () => {
    const bank = await memoryBank();
    const [kept, gone] = [someCase(), someCase({ question: 'A secret?', reward: 1 })];
    await bank.add(kept);
    await bank.add(gone);
    await importText(bank, jsonl(row('A secret query?', 'A secret case?', true)));
    const [run] = await runsOf(bank);
    await bank.forget(gone.id, 1);
    await bank.forget((await bank.ofRun(run?.runId ?? ''))?.id ?? '', 1);
    for (const format of ['lossless', 'memento', 'reward', 'training'] as const) {
      assert.doesNotMatch((await exported(bank, format)).text, /A secret\?|secret query/);
    }
    assert.equal((await exported(bank)).counts.cases, 2);
  });

  it('leaves out what the format has no label for, and says so', async () => {
    const bank = await memoryBank();
    await bank.add(someCase({ reward: 1 }));
    await bank.add(someCase({ reward: null }));
    assert.deepEqual((await exported(bank, 'memento')).counts, { cases: 1, runs: 0, rows: 0, leftOut: 1 });
    await importText(bank, jsonl(row('Why?', 'How?', null), row('When?', 'How?', true)));
    assert.deepEqual((await exported(bank, 'training')).counts, { cases: 0, runs: 0, rows: 1, leftOut: 1 });
  });

  it('of many pages has everything once', async () => {
    const bank = await memoryBank();
    await importText(
      bank,
      jsonl(...Array.from({ length: 450 }, (_, i) => row(`Why ${i}?`, `How ${i}?`, true))),
    );
    const { text, counts } = await exported(bank);
    assert.deepEqual([counts.cases, counts.runs], [900, 450]);
    assert.equal(new Set(text.split('\n')).size, 1 + 900 + 450 + 1);
  });
});

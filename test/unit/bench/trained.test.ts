import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Query } from '../../../bench/difficulty/data';
import type { Choice, Choices, Example } from '../../../bench/trained/choices';
import { isMet } from '../../../bench/table/figure';
import { figuresOf } from '../../../bench/trained/figures';
import {
  caseLines,
  fileOf,
  plansOf,
  questionsOf,
  releasedLines,
  rowLines,
} from '../../../bench/trained/files';
import type { Fold } from '../../../bench/trained/fold';
import { clocked, importText } from '../../../bench/trained/importing';
import { choiceRow, overlapRow } from '../../../bench/trained/measures';
import { pageOf } from '../../../bench/trained/page';
import { resultsOf } from '../../../bench/trained/results';
import { closenessTo, foldOf, splitOf, withRowsShuffled } from '../../../bench/trained/split';
import { hashEncoder } from '../../fakes/hashEncoder';
import { memoryBank } from '../../fakes/memoryBank';

const plan = (words: string) => JSON.stringify({ plan: [{ id: 1, description: words }] });
const bankLine = (question: string, label = 'positive') =>
  JSON.stringify({ case: question, plan: plan(`Find ${question}`), case_label: label });
const row = (query: string, question: string, truth = true) =>
  JSON.stringify({
    query,
    case: question,
    case_label: 'positive',
    plan: plan(`Look up ${question}`),
    truth_label: truth,
  });
const query = (text: string, succeeded = true): Query => ({
  id: text.toLowerCase(),
  text,
  succeeded,
  cases: [],
  inMemory: false,
});
const noVectors = (text: string) => ({ text, vector: undefined });

describe('trained: the released files', () => {
  const older = JSON.stringify({ question: 'How old?', plan: plan('Count'), reward: 1 });
  const lines = releasedLines(
    {
      cases: [bankLine('Who?'), older],
      training: [row('When?', 'Who?'), row('When?', 'Why?'), row('How?', 'Why?')],
    },
    1,
  );

  it('have each question once, of as many queries as are wanted', () => {
    assert.deepEqual(questionsOf(lines), ['Who?', 'How old?', 'When?', 'Why?']);
  });

  it('give their cases and their rows back', () => {
    assert.deepEqual(
      rowLines(lines.training).map((line) => JSON.parse(line) as unknown),
      [JSON.parse(row('When?', 'Who?')), JSON.parse(row('When?', 'Why?'))],
    );
    assert.deepEqual(
      caseLines([...lines.training, ...lines.training]).map(
        (line) => (JSON.parse(line) as { case: string }).case,
      ),
      ['Who?', 'Why?'],
    );
  });

  it('tell the plan of each question, that of the bank first', () => {
    assert.deepEqual(Object.fromEntries(plansOf(lines)), {
      'who?': 'Find Who?',
      'how old?': 'Count',
      'why?': 'Look up Why?',
    });
  });
});

describe('trained: the split', () => {
  const lines = releasedLines({
    cases: [bankLine('Where is A?'), bankLine('Where is B?'), bankLine('where  is b?'), bankLine('Who?')],
    training: [
      row('Where is A?', 'Who?'),
      row('When was C?', 'Who?'),
      row('When was C?', 'Where is B?'),
      row('When was D?', 'Who?'),
    ],
  });
  const lineQuestions = (split: ReturnType<typeof splitOf>) => ({
    cases: split.cases.map(({ question }) => question),
    rows: split.training.map((each) => `${each.query} ${each.shown.case}`),
    dropped: split.dropped,
  });

  it('keeps every line away that has a held-out question in any role, and queries out of the bank', () => {
    const split = splitOf(lines, closenessTo([query('Where is B?')], noVectors));
    assert.deepEqual(lineQuestions(split), {
      cases: ['Who?'],
      rows: ['Where is A? Who?', 'When was C? Who?', 'When was D? Who?'],
      dropped: { queriesInBank: 1, heldOut: 3, near: 0 },
    });
  });

  it('keeps near-duplicates away by the vectors, not what is only alike', () => {
    const directions = new Map([
      ['Held out?', [1, 0]],
      ['When was C?', [0.96, 0.28]],
      ['When was D?', [0.94, Math.sqrt(1 - 0.94 ** 2)]],
    ]);
    const encoded = (text: string) => {
      const values = directions.get(text);
      return { text, vector: values && { encoder: 'flat', values: Float32Array.from(values) } };
    };
    const split = splitOf(lines, closenessTo([query('Held out?')], encoded));
    assert.deepEqual(lineQuestions(split).rows, ['Where is A? Who?', 'When was D? Who?']);
    assert.deepEqual(split.dropped, { queriesInBank: 1, heldOut: 0, near: 2 });
  });

  it('spreads the questions over all folds, each always into the same one', () => {
    const folds = Array.from({ length: 50 }, (_, i) => foldOf({ id: `question ${i}` }, 5));
    assert.deepEqual([...new Set(folds)].sort(), [0, 1, 2, 3, 4]);
    assert.equal(foldOf({ id: 'question 1' }, 5), folds[1]);
  });

  it('shuffled, gives each query the whole list of one query, and leaves what became of it', () => {
    const training = Array.from({ length: 20 }, (_, i) =>
      ['a', 'b'].map((part) => row(`Query ${i}?`, `Case ${i} ${part}?`, i % 2 === 0)),
    ).flat();
    const before = releasedLines({ cases: [], training }).training;
    const after = withRowsShuffled(before, 1);
    const truths = (rows: typeof before) => new Map(rows.map((each) => [each.query, each.truth_label]));
    const slates = (rows: typeof before) =>
      [...truths(rows).keys()].map((name) =>
        rows
          .filter((each) => each.query === name)
          .map(({ shown }) => shown.case)
          .join(),
      );
    assert.deepEqual(truths(after), truths(before));
    assert.deepEqual(slates(after).sort(), slates(before).sort());
    const moved = slates(after).filter((slate, i) => slate !== slates(before)[i]).length;
    assert.ok(moved >= 15, `${moved}`);
  });
});

/** `a b`: accepted cases of these ids; `c!`: rejected. */
const choice = (text: string, shown: string): Choice => ({
  query: query(text),
  shown: shown
    .split(' ')
    .filter((word) => word !== '')
    .map((word): Example => {
      const id = word.replace('!', '');
      return {
        id,
        question: id,
        similarity: 0.5,
        accepted: id === word,
        advantage: null,
        plan: `Find ${id}`,
      };
    }),
  expected: null,
  duration: 1,
});

describe('trained: measures', () => {
  const known = {
    sources: new Map([
      ['q', 'nq'],
      ['a', 'nq'],
      ['b', 'tq'],
    ]),
    plans: new Map([['q', 'Find a']]),
  };

  it('are of the cases shown, over those of which enough is known', () => {
    const found = choiceRow(
      'some',
      [choice('Q', 'a b c! d'), choice('other', ''), choice('third', 'a d')],
      known,
    );
    assert.deepEqual([found.shown.value, found.none.value], [2, 1 / 3]);
    assert.equal(found.similarity.value, 0.5);
    assert.equal(found.accepted.value, 5 / 6);
    assert.equal(found.sameSource.value, 1 / 2);
    assert.ok(found.planSimilarity.value > 0 && found.planSimilarity.value < 1);
    assert.ok(Number.isNaN(found.advantage.value));
  });

  it('of choices that show nothing are none', () => {
    const found = choiceRow('none', [choice('Q', '')], known);
    assert.deepEqual([found.shown.value, found.none.value], [0, 1]);
    assert.ok(Number.isNaN(found.similarity.value) && Number.isNaN(found.sameSource.value));
  });

  it('of overlap leave questions out of the Jaccard index for which neither shows a case', () => {
    const [first, second] = [
      [choice('1', 'a b'), choice('2', ''), choice('3', 'a b c d'), choice('4', 'b a')],
      [choice('1', 'c'), choice('2', ''), choice('3', 'a b'), choice('4', 'a b')],
    ];
    const { jaccard, same } = overlapRow('pair', first, second);
    assert.equal(jaccard.value, (0 + 1 / 2 + 1) / 3);
    assert.equal(same.value, 2 / 4);
  });
});

describe('trained: imports', () => {
  it('go into the bank as the command brings them, with vectors and the judged runs', async () => {
    const bank = await memoryBank();
    const encoder = clocked(hashEncoder());
    const cases = await importText(
      fileOf([bankLine('Who built it?'), bankLine('Who lost it?')]),
      bank,
      encoder,
    );
    const rows = await importText(fileOf([row('When was it built?', 'Who built it?')]), bank, encoder);
    assert.deepEqual([cases.cases, cases.runs, cases.encoded], [2, 0, 2]);
    assert.deepEqual([rows.cases, rows.runs, rows.encoded], [2, 1, 2]);
    assert.deepEqual(await bank.withoutVector(encoder.id, 10), []);
    assert.ok(rows.encoder <= rows.embedding && encoder.milliseconds > 0);
  });
});

describe('trained: the page', () => {
  const long = `Which | river ${'runs on and '.repeat(20)}ends?`;
  const of = (shown: string) => [choice(long, shown), choice('Why?', 'a b')];
  const choices = (shown: string): Choices =>
    new Map([
      ['none', of('')],
      ['similarity', of(shown)],
      ['paper', of('b')],
      ['learned', of('')],
    ]);
  const fold = (shown: string): Fold => ({
    dropped: { queriesInBank: 1, heldOut: 2, near: 3 },
    cases: 10,
    runs: 5,
    cold: choices(shown),
    warm: choices(shown),
    shuffled: choices(shown),
    drawn: of('c'),
    closest: { cosine: 0.9, same: 0 },
    warming: times,
  });
  const times = { cases: 10, runs: 5, encoded: 10, import: 10, embedding: 90, encoder: 80 };
  const results = (shown: string) => {
    const imports = [{ name: 'cases', ...times }];
    return resultsOf([fold(shown)], { sources: new Map(), plans: new Map() }, noVectors, imports);
  };

  it('shows questions side by side, shortened, in tables that stay whole', () => {
    const page = pageOf(results('a c'), new Map([['a', 'nq']]));
    assert.match(page, /^\| a \(nq, 0\.50\) +\| b \(\?, 0\.50\) +\| \(none\) +\|$/m);
    assert.ok(page.includes('**Which / river runs on'));
    assert.ok(!page.includes('runs on and '.repeat(10)));
    for (const [, row = ''] of page.matchAll(/^(\|.*)$/gm)) assert.ok(row.endsWith(' |'), row);
  });

  it('has figures that miss their limit where a rejected case is shown', () => {
    const missed = (shown: string) =>
      figuresOf(results(shown)).filter((each) => each.what.includes('rejected') && isMet(each) === false)
        .length;
    assert.deepEqual([missed('a b'), missed('a b!')], [0, 1]);
    assert.ok(figuresOf(results('a')).length <= 12);
  });
});

import assert from 'node:assert/strict';
import { XMLParser } from 'fast-xml-parser';
import type { AttemptResult } from '../../../../src/core/evaluation/attemptResult';
import { isAttemptResult, readResults } from '../../../../src/core/evaluation/attemptResult';
import { detectable, pairedBootstrap } from '../../../../src/core/evaluation/report/bootstrap';
import { curveSvg } from '../../../../src/core/evaluation/report/curve';
import { summarise } from '../../../../src/core/evaluation/report/summary';
import { headline } from '../../../../src/core/evaluation/report/words';

const result = (parts: Partial<AttemptResult>): AttemptResult => ({
  key: `${parts.arm ?? 'none'}/${parts.iteration ?? 1}/${parts.standing ?? 'held-out'}/${parts.questionId ?? 'q'}`,
  arm: 'none',
  iteration: 1,
  standing: 'held-out',
  questionId: 'q',
  runId: 'r',
  outcome: 'answered',
  fault: null,
  answer: '',
  shortAnswer: '',
  scores: { exact: 0, f1: 0, cover: 0, gaia: 0, judge: null },
  judgeFault: '',
  support: null,
  reward: 0,
  shownCases: 0,
  usedCases: 0,
  spent: { inputTokens: 10, outputTokens: 5, modelCalls: 1, cost: 0.01 },
  judgeSpent: { inputTokens: 0, outputTokens: 0, modelCalls: 0, cost: 0 },
  toolCalls: 0,
  latencyMs: 100,
  kept: [],
  ...parts,
});

/** `none: 10, learned: 11`: a digit a question, 1 right, 0 wrong, ? unknown. */
const arms = (given: Readonly<Record<string, string>>, parts: Partial<AttemptResult> = {}) =>
  Object.entries(given).flatMap(([arm, digits]) =>
    Array.from(digits, (digit, i) =>
      result({
        arm: arm === 'none' ? 'none' : 'learned',
        questionId: `q${i}`,
        reward: digit === '?' ? null : digit === '1' ? 1 : 0,
        ...parts,
      }),
    ),
  );

describe('the paired bootstrap', () => {
  it('is exact where nothing differs', () => {
    assert.deepEqual(pairedBootstrap([0, 0, 0], 1), { value: 0, low: 0, high: 0 });
    assert.equal(pairedBootstrap([], 1), undefined);
  });

  it('agrees with the normal interval where there are many', () => {
    const differences = Array.from(
      { length: 400 },
      (_, i) => (i % 10 === 0 ? 1 : i % 10 === 1 ? -1 : 0) + (i % 4 === 0 ? 1 : 0),
    );
    const { value, low, high } = pairedBootstrap(differences, 7) ?? assert.fail();
    const sd = Math.sqrt(differences.reduce((sum, each) => sum + (each - value) ** 2, 0) / 400);
    assert.ok(Math.abs(low - (value - (1.96 * sd) / 20)) < 0.01);
    assert.ok(Math.abs(high - (value + (1.96 * sd) / 20)) < 0.01);
  });

  it('says that ten points take about 155 pairs', () => {
    assert.ok(detectable(155) < 0.1 && detectable(140) > 0.1);
  });
});

describe('the summary', () => {
  it('compares the arms on the same questions', () => {
    const { differences } = summarise(arms({ none: '1000', learned: '1110' }), ['none', 'learned'], 1);
    const [difference] = differences;
    assert.deepEqual(
      [difference?.pairs, difference?.won, difference?.lost, difference?.accuracy?.value],
      [4, 2, 0, 0.5],
    );
  });

  it('leaves what is unknown out of shares, and counts it', () => {
    const { rows, differences } = summarise(arms({ none: '10?', learned: '1?1' }), ['none', 'learned'], 1);
    assert.deepEqual(
      rows.map(({ accuracy, unknown }) => [accuracy?.value, unknown]),
      [
        [0.5, 1],
        [1, 1],
      ],
    );
    assert.deepEqual([differences[0]?.pairs, differences[0]?.unknown], [1, 2]);
  });

  it('does not know the cost where one price is unknown', () => {
    const free = { inputTokens: 0, outputTokens: 0, modelCalls: 1, cost: null };
    const { rows } = summarise([result({}), result({ questionId: 'p', spent: free })], ['none'], 1);
    assert.equal(rows[0]?.cost, null);
  });

  it('counts a question as passed at the first right attempt', () => {
    const all = [
      ...arms({ none: '100' }, { iteration: 1 }),
      ...arms({ none: '010' }, { iteration: 2 }),
      ...arms({ none: '000' }, { iteration: 3 }),
    ];
    const { passAtK } = summarise(all, ['none'], 1);
    assert.deepEqual(
      passAtK.map(({ share }) => Math.round(share * 3)),
      [1, 2, 2],
    );
  });

  it('draws accuracy by what was judged before', () => {
    const all = [
      ...arms({ learned: '110' }, { standing: 'first' }),
      ...arms({ learned: '10' }),
      ...arms({ learned: '1?1' }, { standing: 'repeat', iteration: 2 }),
      ...arms({ learned: '11' }, { iteration: 2 }),
    ];
    const { curves } = summarise(all, ['learned'], 1);
    assert.deepEqual(
      curves[0]?.points.map(({ judged, value }) => [judged, value]),
      [
        [3, 0.5],
        [5, 1],
      ],
    );
  });

  it('says plainly what it cannot show', () => {
    const words = headline(summarise(arms({ none: '1000', learned: '1110' }), ['none', 'learned'], 1)).join(
      '\n',
    );
    assert.match(
      words,
      /On 4 questions held out, never judged \(iteration 1\), “learned” was right on 75% and “none” on 25%: \+50/,
    );
    assert.match(words, /The interval includes 0/);
    assert.match(
      words,
      /With 4 questions a true difference of less than about \d\d points would mostly go unseen/,
    );
  });

  it('claims a difference where the interval lies beyond 0', () => {
    const many = { none: '0'.repeat(40), learned: '1'.repeat(20) + '0'.repeat(20) };
    assert.match(
      headline(summarise(arms(many), ['none', 'learned'], 1)).join('\n'),
      /lies above 0: on these questions it did better/,
    );
  });

  it('promises nothing where no question came out differently', () => {
    const words = headline(summarise(arms({ none: '10', learned: '10' }), ['none', 'learned'], 1));
    assert.match(words.join('\n'), /: no question came out differently\.\nWith 2 questions/);
  });

  it('has nothing to compare with one arm', () => {
    assert.match(
      headline(summarise(arms({ learned: '10' }), ['learned'], 1)).join('\n'),
      /There is nothing to compare/,
    );
  });
});

describe('the curve', () => {
  it('is a picture that stands alone and tells itself in words', () => {
    const all = [
      ...arms({ none: '10', learned: '11' }),
      ...arms({ none: '10', learned: '10' }, { standing: 'first' }),
    ];
    const svg = curveSvg(summarise(all, ['none', 'learned'], 1));
    const picture: unknown = new XMLParser().parse(svg);
    assert.equal(svg.match(/<circle/g)?.length, 2);
    assert.match(JSON.stringify(picture), /none 50 %; learned 100 %/);
    assert.doesNotMatch(svg, /NaN|undefined|Infinity/);
  });

  it('is not drawn of nothing', () => assert.equal(curveSvg({ curves: [{ arm: 'none', points: [] }] }), ''));
});

describe('the log of an evaluation', () => {
  it('gives back what was written, without a torn last line', () => {
    const lines = [result({ questionId: 'a' }), result({ questionId: 'b', reward: null, fault: 'gone' })].map(
      (each) => JSON.stringify(each),
    );
    const read = readResults([...lines, lines[0]?.slice(0, 90) ?? '', 'null', '{}', '']);
    assert.deepEqual(
      [...read.values()].map((each) => JSON.stringify(each)),
      lines,
    );
  });

  it('takes nothing for a result that lacks a field', () => {
    for (const name of Object.keys(result({}))) {
      const without = Object.fromEntries(Object.entries(result({})).filter(([key]) => key !== name));
      assert.equal(isAttemptResult(without), false, name);
    }
  });
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { gaiaScore } from '../../../../src/core/evaluation/scoring/gaia';
import { rewardOf, scoresOf } from '../../../../src/core/evaluation/scoring/grade';
import {
  coverMatch,
  exactMatch,
  normaliseAnswer,
  tokenF1,
} from '../../../../src/core/evaluation/scoring/squad';
import { supportScore } from '../../../../src/core/evaluation/scoring/support';

const near = (value: number, wanted: number) =>
  assert.ok(Math.abs(value - wanted) < 1e-9, `${value} is not ${wanted}`);

describe('SQuAD’s scores', () => {
  for (const [text, wanted] of [
    ['The  Cat, sat!', 'cat sat'],
    ['an "A-Team" the', 'ateam'],
    ['Theatre of the absurd', 'theatre of absurd'],
    ['á la carte', 'á la carte'],
    ['the', ''],
  ] as const) {
    it(`normalise ${text}`, () => assert.equal(normaliseAnswer(text), wanted));
  }

  it('take the best of the right answers', () => {
    assert.equal(exactMatch('the Beatles.', ['Queen', 'Beatles']), 1);
    assert.equal(exactMatch('Beatles band', ['Beatles']), 0);
    near(tokenF1('the Beatles band', ['Beatles', 'Queen']), 2 / 3);
  });

  it('count a word as often as both have it', () => {
    near(tokenF1('new new york', ['new york york']), 2 / 3);
    near(tokenF1('Paris', ['London']), 0);
  });

  it('of nothing but articles match nothing but articles', () => {
    assert.deepEqual([tokenF1('the', ['a']), tokenF1('the', ['cat'])], [1, 0]);
  });

  it('are 1 for the right answer itself, in [0, 1] for any', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
        assert.equal(exactMatch(a, [b, a]), 1);
        assert.equal(tokenF1(a, [a]), 1);
        const f1 = tokenF1(a, [b]);
        assert.ok(f1 >= 0 && f1 <= 1);
        assert.ok(exactMatch(a, [b]) <= f1 || normaliseAnswer(a) === '');
      }),
    );
  });
});

describe('cover match', () => {
  it('finds whole words of a right answer', () => {
    assert.equal(coverMatch('It was built in 1901 by Ann Lee.', '', ['Ann Lee']), 1);
    assert.equal(coverMatch('It was built by Joann Lee.', '', ['Ann Lee']), 0);
    assert.equal(coverMatch('In 19011.', '1901', ['1901']), 1);
  });

  it('takes yes and no from the short answer alone', () => {
    assert.equal(coverMatch('There is no doubt: it is.', 'Yes, it is', ['yes']), 1);
    assert.equal(coverMatch('There is no doubt: it is.', 'Yes', ['no']), 0);
    assert.equal(coverMatch('No.', '', ['no']), 0);
  });

  it('never takes an empty right answer for one', () => assert.equal(coverMatch('anything', '', ['the']), 0));
});

// Expected values: the scorer of GAIA's leaderboard, run by hand over its rules.
describe('GAIA’s scorer', () => {
  for (const [answer, right, wanted] of [
    ['17', '17', 1],
    ['17.0', '17', 1],
    ['$1,234.50', '1234.5', 1],
    ['89 %', '89', 1],
    ['about 17', '17', 0],
    ['1e3', '1000', 1],
    ['seventeen', '17', 0],
    ['St. Petersburg', 'st petersburg', 1],
    ['Saint Petersburg', 'St. Petersburg', 0],
    ['a, b, c', 'a,b,c', 1],
    ['a; b; c', 'a,b,c', 1],
    ['a, b', 'a, b, c', 0],
    ['1, two', '1.0, Two', 1],
    ['b, a', 'a, b', 0],
    ['FINAL', 'final', 1],
    ['', 'x', 0],
  ] as const) {
    it(`${JSON.stringify(answer)} for ${JSON.stringify(right)}: ${wanted}`, () =>
      assert.equal(gaiaScore(answer, [right]), wanted));
  }

  it('takes the best of several', () => assert.equal(gaiaScore('b', ['a', 'b']), 1));
});

describe('support', () => {
  const facts = [
    { title: 'Orla', text: 'It is 90 km long.' },
    { title: 'Ende', text: 'The Ende rises in the hills above the town, and flows through three lakes.' },
  ];

  it('counts facts that stand in evidence, and in what is cited', () => {
    const evidence = [
      'The Orla is a river.\nIt is  90 km long.',
      'The Ende rises in the hills above the town',
    ];
    assert.deepEqual(supportScore(facts, evidence, evidence.slice(1)), { found: 2, cited: 1, of: 2 });
  });

  it('takes no scrap for a fact', () => {
    assert.deepEqual(supportScore(facts, ['three lakes.'], []), { found: 0, cited: 0, of: 2 });
  });

  it('is unknown where the set marks none', () => assert.equal(supportScore([], ['x'], []), undefined));
});

describe('the reward', () => {
  const question = { answers: ['Ann Lee'] };
  const given = { outcome: 'answered', answer: 'It was Ann Lee [e1].', shortAnswer: 'Ann Lee' } as const;

  it('is what stands in for a person’s verdict', () => {
    const scores = scoresOf(question, given, 'incorrect');
    assert.deepEqual(
      (['exact', 'cover', 'gaia', 'judge'] as const).map((by) => rewardOf(by, scores)),
      [1, 1, 1, 0],
    );
  });

  it('is unknown where the judge gave no verdict', () => {
    assert.equal(rewardOf('judge', scoresOf(question, given, 'unknown')), null);
    assert.equal(rewardOf('judge', scoresOf(question, given, null)), null);
  });

  it('is none for an abstention that quotes the right words', () => {
    const scores = scoresOf(question, { ...given, outcome: 'abstained' }, 'correct');
    assert.deepEqual(scores, { exact: 0, f1: 0, cover: 0, gaia: 0, judge: 'incorrect' });
  });
});

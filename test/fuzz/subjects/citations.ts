import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkCitations } from '../../../src/core/tools/citationCheck';
import { equal, parseDecimal, plus, times } from '../../../src/core/tools/citations/decimal';
import { clockAt, dateAt } from '../../../src/core/tools/citations/dates';
import { markedClaims, withPlainMarks } from '../../../src/core/tools/citations/marks';
import { cardinal, roman } from '../../../src/core/tools/citations/numberWords';
import { plainText } from '../../../src/core/tools/citations/plainText';
import { findQuote, haystackOf, standsIn } from '../../../src/core/tools/citations/quotation';
import { quotingOf } from '../../../src/core/tools/citations/quotedWords';
import { textDirective } from '../../../src/core/agent/textFragment';
import { fuzz } from '../fuzz';
import { damaged, pump, pumped, textOf } from '../inputs';
import { someEvidence } from '../../unit/core/tools/citations/evidence';

const MARKS = [
  ...[
    '[e1]',
    '[e2]',
    '[E1]',
    '[e1-e3]',
    '[e1, e2]',
    '[e1 and 2]',
    '【e1】',
    '\\[e1\\]',
    '[^e1]',
    '[e',
    'e1]',
    '[e1-e999999]',
    '[1]',
  ],
  ...[
    'The bats passed 2046 times. ',
    'According to ',
    ', ',
    '. ',
    '\n',
    '\n\n',
    '- ',
    '> ',
    '| ',
    '```\n',
    '`',
    '“',
    '”',
    '"',
    '(',
    ')',
    '…',
  ],
  ...[
    'not ',
    '4 March 2023',
    '1,234.5',
    '5 %',
    '$5 million',
    '10⁵',
    '½',
    'km²',
    '**',
    '_',
    '[a](b)',
    '12:30',
    'XIV',
    'two hundred ',
    'e.g. ',
  ],
];
const SENTENCES = [
  'The winch lowers the CTD probe. Its cable, which had frayed, was replaced on 4 March 2023 by Ines Falk.',
  'The old mill at Harrow Bridge was built in 1782 and burned down in 1899. It was never rebuilt.',
  'Der See ist 41,5 m tief. 这座桥建于1782年。 The area is 20 km².',
];
const evidence = fc.oneof(
  fc.constantFrom(...SENTENCES),
  textOf(MARKS),
  damaged(fc.constantFrom(...SENTENCES), MARKS),
);
const answer = fc.oneof(
  textOf(MARKS),
  damaged(
    fc.constantFrom(...SENTENCES).map((text) => `${text} [e1]`),
    MARKS,
  ),
);

fuzz('citations: numbered in order, each mark checked', [answer, evidence], (text, source) => {
  const citations = checkCitations(text, (id) => (id === 'e1' ? someEvidence({ text: source }) : undefined));
  assert.deepEqual(
    citations.map(({ n }) => n),
    citations.map((_, i) => i + 1),
  );
  assert.equal(new Set(citations.map(({ evidence: id }) => id)).size, citations.length);
  for (const { evidence: id, verdict, claim, marks = [] } of citations) {
    assert.ok(marks.length > 0);
    if (id !== 'e1')
      assert.deepEqual([verdict, claim], ['unverified', 'unchecked'], 'nothing is known of it');
    for (const mark of marks) {
      assert.ok(mark.passage.length <= source.length + 10);
      if (mark.claim === 'contradicted') assert.equal(mark.verdict, 'unverified');
    }
  }
});

fuzz('citations: marks are written plainly once and for all', [answer], (text) => {
  const plain = withPlainMarks(text);
  assert.equal(withPlainMarks(plain), plain);
  assert.deepEqual(
    markedClaims(plain).map(({ ids }) => ids),
    markedClaims(text).map(({ ids }) => ids),
  );
});

fuzz(
  'citations: a claim with another number, or a negation more, is never supported',
  [fc.constantFrom(...SENTENCES.slice(0, 2)), fc.integer({ min: 3_000, max: 9_999 })],
  (source, number) => {
    for (const sentence of source.split(/(?<=\.) /)) {
      const check = (claim: string) =>
        checkCitations(`${claim} [e1]`, () => someEvidence({ text: source }))[0]?.claim;
      if (/\d{4}/.test(sentence))
        assert.notEqual(check(sentence.replace(/\d{4}/, String(number))), 'supported');
      const negated = sentence.replace(/ (was|lowers) /, ' never $1 ');
      if (negated !== sentence && !/never rebuilt/.test(sentence))
        assert.notEqual(check(negated), 'supported');
    }
  },
);

fuzz(
  'quotation: words of a text stand in it, where they are said to',
  [evidence, fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })],
  (source, a, b) => {
    const ranges = findQuote(
      source.slice(Math.floor(a * source.length), Math.floor(b * source.length)),
      haystackOf(source),
    );
    for (const { start, end } of ranges) assert.ok(start >= 0 && start <= end && end <= source.length);
    const word = /\p{Ll}{5,}/u.exec(source)?.[0];
    if (word !== undefined && /^[a-z ,.]*$/i.test(source)) assert.ok(standsIn(source, source), source);
  },
);

fuzz(
  'plain text: each unit has the place that it came from',
  [fc.oneof(evidence, fc.string({ unit: 'binary' }))],
  (text) => {
    const { text: plain, origins } = plainText(text);
    assert.equal(origins.length, plain.length + 1);
    assert.equal(origins.at(-1), text.length);
    for (let i = 1; i < origins.length; i++)
      assert.ok((origins[i - 1] ?? 0) <= (origins[i] ?? 0), 'places rise');
  },
);

fuzz(
  'citations: long answers and sources end',
  [pumped(MARKS, 20_000), pumped(MARKS, 20_000)],
  (a, b) => {
    checkCitations(`${pump(a)} [e1]`, () => someEvidence({ text: pump(b) }));
    quotingOf(pump(a));
    textDirective(pump(a), pump(b));
  },
  { runs: 10 },
);

const DIGITS = textOf(['1', '0', '9', '12', '345', '.', ',', "'", ' ', '.5', '007'], 12);
fuzz(
  'numbers: an exact decimal, or none; alike however it is grouped',
  [DIGITS, fc.boolean(), fc.integer(), fc.nat(6)],
  (text, comma, whole, places) => {
    const read = parseDecimal(text, comma);
    if (read !== undefined)
      assert.ok(read.coefficient >= 0n && (read.coefficient === 0n || read.coefficient % 10n !== 0n));
    const value = Math.abs(whole);
    const grouped = value.toLocaleString('en-US');
    const fraction = places === 0 ? '' : `.${'5'.repeat(places)}`;
    const first = parseDecimal(`${value}${fraction}0`, false);
    if (places > 0) {
      const second = parseDecimal(`${grouped}${fraction}`, false);
      assert.ok(first && second);
      if (value >= 1_000 || places !== 3) assert.ok(equal(first, second), `${grouped}${fraction}`);
    }
  },
);

const flat = fc.tuple(fc.nat(999_999), fc.integer({ min: -6, max: 6 }));
fuzz('numbers: sums and products do not depend on the order', [flat, flat, flat], (...all) => {
  const [a, b, c] = all.map(([coefficient, exponent]) =>
    times({ coefficient: BigInt(coefficient), exponent: 0 }, { coefficient: 1n, exponent }),
  );
  assert.ok(a && b && c);
  assert.ok(equal(plus(a, b), plus(b, a)) && equal(times(a, b), times(b, a)));
  assert.ok(equal(plus(plus(a, b), c), plus(a, plus(b, c))));
  assert.ok(equal(times(a, plus(b, c)), plus(times(a, b), times(a, c))));
});

const DATES = textOf(
  [
    '4',
    '31',
    '12',
    '2023',
    '1782',
    ' March ',
    ' Mar. ',
    '-',
    '/',
    '.',
    'th',
    ' of ',
    '年',
    '月',
    '日',
    ':',
    ' am',
    'T',
    'May',
  ],
  8,
);
fuzz('dates and times: of the calendar, or none', [DATES, fc.nat(20)], (text, at) => {
  const found = dateAt(text, at);
  if (found !== undefined) {
    const {
      date: { month, day },
      length,
    } = found;
    assert.ok(length > 0 && at + length <= text.length);
    assert.ok((month ?? 1) >= 1 && (month ?? 1) <= 12 && (day ?? 1) >= 1 && (day ?? 1) <= 31, text);
  }
  const clock = clockAt(text, at);
  if (clock !== undefined)
    assert.ok(clock.minutes >= 0 && clock.minutes <= 24 * 60 && clock.length > 0, text);
  assert.ok(Number.isInteger(cardinal(text.toLowerCase()) ?? 0) && Number.isInteger(roman(text) ?? 0));
});

import assert from 'node:assert/strict';
import { checkCitations } from '../../../../../src/core/tools/citationCheck';
import { findQuote, haystackOf } from '../../../../../src/core/tools/citations/quotation';
import { someEvidence } from './evidence';

/** The words that a quotation was found at; undefined where it does not stand there. */
function found(quote: string, text: string): string | undefined {
  const ranges = findQuote(quote, haystackOf(text));
  return ranges.length === 0 ? undefined : ranges.map(({ start, end }) => text.slice(start, end)).join(' | ');
}

describe('a quotation', () => {
  const STANDS: readonly (readonly [text: string, quote: string, at: string])[] = [
    ['The cable was replaced.', 'the  CABLE\nwas replaced', 'The cable was replaced.'],
    [
      'He was , until 1990 , the oldest .',
      'He was, until 1990, the oldest.',
      'He was , until 1990 , the oldest .',
    ],
    ['a role - playing game', 'a role-playing game', 'a role - playing game'],
    ['It’s “new”, he said.', `It's "new", he said`, 'It’s “new”, he said.'],
    ['the e\u00adffi\u00adcient pump', 'the efficient pump', 'the e\u00adffi\u00adcient pump'],
    ['the eﬃcient pump', 'the efficient pump', 'the eﬃcient pump'],
    ['the depart-\nment closed', 'the department closed', 'the depart-\nment closed'],
    ['the well-\nknown firm', 'the well-known firm', 'the well-\nknown firm'],
    ['the **north** [basin](a.md) is deep', 'the north basin is deep', 'the **north** [basin](a.md) is deep'],
    ['the lake[12] is deep', 'the lake is deep', 'the lake[12] is deep'],
    ['a Café in Zürich', 'a Cafe\u0301 in Zu\u0308rich', 'a Café in Zürich'],
    ['It was big. It rained. It was cold.', 'It was big … It was cold', 'It was big. | It was cold.'],
    ['The cable, which had frayed, was replaced.', 'The cable […] was replaced', 'The cable | was replaced.'],
    ['The cable, which had frayed, was replaced.', 'The cable ... was replaced', 'The cable | was replaced.'],
    ['He wrote teh letter.', 'He wrote teh [sic] letter', 'He wrote teh letter.'],
    ['这座桥建于1782年。', '座桥建于1782年', '座桥建于1782年'],
    ['它长 ５ 公里。', '它长 5 公里', '它长 ５ 公里'],
    ['a total of 1,234,567 people', 'a total of 1234567 people', 'a total of 1,234,567 people'],
  ];
  for (const [text, quote, at] of STANDS)
    it(`${quote}  ←  ${text}`, () => assert.equal(found(quote, text), at));

  const ABSENT: readonly (readonly [text: string, quote: string])[] = [
    ['The area of the lake is 20 km².', 'The area of the lake is 20 km'],
    ['The share of women is 5 %.', 'The share of women is 5'],
    ['The damage was $5 million.', 'was 5 million'],
    ['They paid $5 million.', '5 million'],
    ['It cost 50 pounds.', 'It cost 5'],
    ['It cost 5.3 pounds.', 'It cost 5'],
    ['It cost 1,500 pounds.', '500 pounds'],
    ['The low was -7 degrees.', '7 degrees'],
    ['Rotterdam is a port.', 'Rotter'],
    ['a party in town', 'art in town'],
    ['The gate was not closed in winter.', 'The gate was … closed in winter'],
    ['The gate was never, they say, closed.', 'The gate was [...] closed'],
    ['It was cold. It was big.', 'It was big … It was cold'],
    ['The cable was replaced in 2023.', 'The cable was replaced in 2024'],
    ['The cable was replaced.', 'The cable was repaired'],
    ['In 2000 300 came.', 'In 2000300 came'],
    ['anything', '…'],
    ['', 'anything at all'],
  ];
  for (const [text, quote] of ABSENT)
    it(`not ${quote}  ←  ${text}`, () => assert.equal(found(quote, text), undefined));
});

describe('an answer', () => {
  const texts: Readonly<Record<string, string>> = {
    e1: 'The harbour is 7.5 m deep at low water.\nIt was dredged in 2019.',
    e2: 'Vessels keep a clearance of at least 0.5 m.',
  };
  const lookUp = (id: string) =>
    texts[id] === undefined ? undefined : someEvidence({ id, text: texts[id] });
  /** Of each mark: evidence, verdict, claim, and the quotation where it was found. */
  const marksOf = (answer: string): string =>
    checkCitations(answer, lookUp)
      .flatMap(({ evidence, marks = [] }) => marks.map((mark) => ({ evidence, ...mark })))
      .map(
        ({ evidence, verdict, claim, quoteFound }) =>
          `${evidence} ${verdict} ${claim}${quoteFound ? ' quote' : ''}`,
      )
      .join(', ');

  const ROWS: readonly (readonly [name: string, answer: string, marks: string])[] = [
    [
      'a quotation alone claims nothing else',
      '“The harbour is 7.5 m deep at low water.” [e1]',
      'e1 quoted unchecked quote',
    ],
    [
      'a lead-in that names the source claims nothing',
      'The notes say: “The harbour is 7.5 m deep” [e1].',
      'e1 quoted unchecked quote',
    ],
    [
      'a quotation within a claim that is said',
      'The harbour “is 7.5 m deep at low water” [e1].',
      'e1 quoted supported quote',
    ],
    [
      'a real quotation under a wrong claim',
      'Whales live there: “The harbour is 7.5 m deep at low water.” [e1]',
      'e1 quoted unchecked quote',
    ],
    ['a false quotation', '“The harbour is 9.5 m deep at low water.” [e1]', 'e1 unverified contradicted'],
    [
      'a nearly true quotation is no claim that is supported',
      '“The harbour is deep at low water.” [e1]',
      'e1 unverified unchecked',
    ],
    ['a set-off quotation', '> The harbour is 7.5 m deep at low water. [e1]', 'e1 quoted unchecked quote'],
    [
      'one evidence for two claims, one of them false',
      'The harbour is 7.5 m deep at low water [e1]. It was dredged in 2018 [e1].',
      'e1 aligned supported, e1 unverified contradicted',
    ],
    [
      'two marks in one sentence',
      'The harbour is 7.5 m deep at low water [e1], and vessels keep a clearance of at least 0.5 m [e2].',
      'e1 aligned supported, e2 aligned supported',
    ],
    [
      'two pieces for one claim',
      'The harbour is 7.5 m deep at low water and vessels keep a clearance of at least 0.5 m [e1][e2].',
      'e1 aligned supported, e2 aligned supported',
    ],
    [
      'two pieces in one mark',
      'The harbour is 7.5 m deep at low water and vessels keep a clearance of at least 0.5 m [e1, e2].',
      'e1 aligned supported, e2 aligned supported',
    ],
    [
      'one of two pieces says nothing of it',
      'The harbour is 7.5 m deep at low water [e1; e2].',
      'e1 aligned supported, e2 unverified unchecked',
    ],
    [
      'a clause with another subject',
      'The brewery is 3 m deep [e2] and was dredged in 2019 [e1].',
      'e2 unverified unchecked, e1 unverified unchecked',
    ],
    [
      'list items',
      '- The harbour is 7.5 m deep at low water [e1]\n- Vessels keep a clearance of at least 0.5 m [e2]',
      'e1 aligned supported, e2 aligned supported',
    ],
    [
      'a table',
      '| what | how |\n|---|---|\n| The harbour | is 7.5 m deep [e1] |\n| Vessels | keep 0.7 m [e2] |',
      'e1 aligned supported, e2 unverified contradicted',
    ],
    ['a mark after the full stop', 'It was dredged in 2019. [e1]', 'e1 aligned supported'],
    ['a mark in code is text', 'Write `[e1]` after it.\n```\n[e2]\n```', ''],
    [
      'a mark at the end of two sentences, the first of them contradicted',
      'The harbour is 9.5 m deep at low water. It was dredged in 2019 [e1].',
      'e1 unverified contradicted',
    ],
    [
      'a sentence before it that the source does not speak of',
      'Whales live here. It was dredged in 2019 [e1].',
      'e1 aligned supported',
    ],
    ['an invented id', 'Whales live there [e9].', 'e9 unverified unchecked'],
    ['a mark with no claim', '[e1]', 'e1 unverified unchecked'],
    [
      'a title in quotation marks is a name',
      '“Low Water Book” says it was dredged in 2019 [e1].',
      'e1 unverified unchecked',
    ],
  ];
  for (const [name, answer, marks] of ROWS) it(name, () => assert.equal(marksOf(answer), marks));

  it('has the verdict of its weakest mark, and the lines of the passages', () => {
    const [citation] = checkCitations(
      'The harbour is 7.5 m deep at low water [e1]. It was dredged in 2018 [e1].',
      lookUp,
    );
    assert.deepEqual([citation?.verdict, citation?.claim], ['unverified', 'contradicted']);
    assert.equal(citation?.quote, 'It was dredged in 2019.');
    assert.deepEqual(
      citation?.marks?.map(({ locator }) => locator),
      [
        { kind: 'lines', start: 1, end: 1 },
        { kind: 'lines', start: 2, end: 2 },
      ],
    );
    assert.deepEqual(citation?.locator, { kind: 'lines', start: 1, end: 2 });
  });
});

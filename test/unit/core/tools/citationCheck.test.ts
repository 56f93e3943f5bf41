import assert from 'node:assert/strict';
import { checkCitations } from '../../../../src/core/tools/citationCheck';
import type { Evidence } from '../../../../src/core/tools/evidence';

const TEXT = 'The winch cable was replaced on 4 March 2023.\nIt had frayed near the drum.';
const evidence = (id: string): Evidence | undefined =>
  ['e1', 'e2'].includes(id)
    ? {
        id,
        callId: 'c',
        source: `${id}.md`,
        title: id,
        locator: { kind: 'lines', start: 1, end: 2 },
        text: TEXT,
        hash: '',
        readAt: 0,
      }
    : undefined;

/** An answer in; `n evidence verdict` of each citation out. */
const check = (answer: string): string =>
  checkCitations(answer, evidence)
    .map(({ n, evidence: id, verdict }) => `${n} ${id} ${verdict}`)
    .join(', ');

describe('citation check', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['a quotation that stands there', '“The winch cable was replaced on 4 March 2023.” [e1]', '1 e1 quoted'],
    ['white space, case and quotes do not matter', '"the  WINCH cable\twas replaced" [e1]', '1 e1 quoted'],
    ['an ellipsis between two parts', '“The winch cable … frayed near the drum” [e1]', '1 e1 quoted'],
    ['parts in the wrong order', '“frayed near the drum … The winch cable” [e1]', '1 e1 unverified'],
    ['a changed number', '“The winch cable was replaced on 5 March 2023.” [e1]', '1 e1 unverified'],
    ['no quotation, and a claim that is not said', 'The cable was painted [e1].', '1 e1 unverified'],
    ['no quotation, and a claim that is said', 'The winch cable was replaced [e1].', '1 e1 aligned'],
    ['a word in quotation marks proves nothing', 'The “winch” was bought new [e1].', '1 e1 unverified'],
    [
      'one true and one false quotation',
      '“It had frayed near the drum.” [e1] and “it was painted red” [e1]',
      '1 e1 unverified',
    ],
    ['evidence that does not exist', 'Sure [e9].', '1 e9 unverified'],
    ['several marks for one claim', '“It had frayed near the drum.” [e2][e1]', '1 e2 quoted, 2 e1 quoted'],
    ['a list of marks', '“It had frayed near the drum.” [e2, e1]', '1 e2 quoted, 2 e1 quoted'],
    ['a span of marks', '“It had frayed near the drum.” [e1-e2]', '1 e1 quoted, 2 e2 quoted'],
    ['a span that none means', '“It had frayed near the drum.” [e2-e1]', ''],
    ['a list in words', '“It had frayed near the drum.” [E1 and 2]', '1 e1 quoted, 2 e2 quoted'],
    ['other brackets', 'The winch cable was replaced 【e1】.', '1 e1 aligned'],
    ['escaped brackets', 'The winch cable was replaced \\[e1\\].', '1 e1 aligned'],
    ['a mark in code', 'See `a[e1-e2]`.', ''],
    ['a mark before its claim', '[e1] The winch cable was replaced on 5 March 2023.', '1 e1 unverified'],
    [
      'a mark that leads in',
      'According to [e1], the winch cable was replaced on 4 March 2023.',
      '1 e1 aligned',
    ],
    ['a mark that leads in to a false claim', 'According to [e1], the winch cable broke.', '1 e1 unverified'],
    ['no marks', 'Nothing is cited.', ''],
  ];
  for (const [name, answer, expected] of cases) it(name, () => assert.equal(check(answer), expected));

  it('names the lines of the quotation, not of the whole evidence', () => {
    const [citation] = checkCitations('“It had frayed near the drum.” [e1]', evidence);
    assert.deepEqual(citation?.locator, { kind: 'lines', start: 2, end: 2 });
    const [unquoted] = checkCitations('It had rusted [e1].', evidence);
    assert.deepEqual(unquoted?.locator, { kind: 'lines', start: 1, end: 2 });
  });
});

import assert from 'node:assert/strict';
import { webAddress } from '../../../../src/core/agent/sourceLink';
import { textDirective } from '../../../../src/core/agent/textFragment';

describe('a text directive', () => {
  const LONG =
    'One two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty.';
  const ROWS: readonly (readonly [
    name: string,
    passage: string,
    context: string,
    directive: string | undefined,
  ])[] = [
    ['words as they are', 'the deep lake', 'the deep lake', 'the%20deep%20lake'],
    ['what means something in a directive', 'well-known, R&D', '', 'well%2Dknown%2C%20R%26D'],
    ['other languages', 'Über 5 % – 中文', '', '%C3%9Cber%205%20%25%20%E2%80%93%20%E4%B8%AD%E6%96%87'],
    [
      'a long passage by its ends',
      LONG,
      LONG,
      'One%20two%20three%20four%20five,sixteen%20seventeen%20eighteen%20nineteen%20twenty.',
    ],
    ['the first part of one with an ellipsis', 'It was big. … It was cold.', '', 'It%20was%20big.'],
    ['no Markdown', 'the **deep** [lake](https://a.test)', '', 'the%20deep%20lake'],
    [
      'the words before it, where it begins like another place',
      LONG,
      `One two three four five apples. Then it was said: ${LONG}`,
      'Then%20it%20was%20said%3A-,One%20two%20three%20four%20five,sixteen%20seventeen%20eighteen%20nineteen%20twenty.',
    ],
    [
      'several sentences, which may be several blocks',
      'It is old. It was sold.',
      '',
      'It%20is%20old.,It%20was%20sold.',
    ],
    ['an item of a list', '- The dam is old', '', 'The%20dam%20is%20old'],
    ['a row of a table', '| north | 41 m |', '', 'north,41%20m'],
    ['what Markdown escapes', 'the value\\_of\\_x is 5 \\* 3', '', 'the%20value_of_x%20is%205%20%2A%203'],
    [
      'the words before the number of a footnote',
      'built in 1932[[1]](#n1) and sold',
      '',
      'built%20in%201932',
    ],
    ['a link whose address has brackets', 'See [the dam](/wiki/A_(b)) now', '', 'See%20the%20dam%20now'],
    ['nothing', ' … ', '', undefined],
  ];
  for (const [name, passage, context, directive] of ROWS) {
    it(name, () => assert.equal(textDirective(passage, context), directive));
  }
});

describe('the address of a place', () => {
  const at = { passage: 'a lake', context: 'It is a lake.' };
  const section = { kind: 'section', heading: 'Lakes' } as const;
  const ROWS: readonly (readonly [source: string, address: string | undefined])[] = [
    ['https://a.test/p', 'https://a.test/p#:~:text=a%20lake'],
    ['https://a.test/p#part', 'https://a.test/p#part:~:text=a%20lake'],
    ['https://a.test/p?q=1#old:~:text=gone', 'https://a.test/p?q=1#old:~:text=a%20lake'],
    ['https://', undefined],
    ['javascript:alert(1)', undefined],
    ['file:///etc/passwd', undefined],
    ['notes.md', undefined],
  ];
  for (const [source, address] of ROWS)
    it(source, () => assert.equal(webAddress(source, section, at), address));
  it('the page of a PDF', () => {
    const pages = { kind: 'pages', start: 3, end: 4 } as const;
    assert.equal(webAddress('https://a.test/r.pdf#x', pages, at), 'https://a.test/r.pdf#page=3');
  });
  it('no passage, no directive', () => {
    assert.equal(webAddress('https://a.test/p', section, { passage: '', context: '' }), 'https://a.test/p');
  });
});

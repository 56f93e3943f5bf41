import assert from 'node:assert/strict';
import fc from 'fast-check';
import { nameInWords, splitPassages } from '../../../../src/core/tools/passages';
import { leadName } from '../../../../src/core/tools/search/leadName';

/** `title 1-3` of each passage. */
const outline = (path: string, text: string): string[] =>
  splitPassages(path, text).map(({ title, startLine, endLine }) => `${title} ${startLine}-${endLine}`);
const words = (count: number): string => Array.from({ length: count }, (_, i) => `w${i}`).join(' ');
const rows = (count: number): string =>
  Array.from({ length: count }, (_, i) => `winch ${i},${i},Oslo`).join('\n');

describe('passages', () => {
  it('a heading goes with what follows it', () => {
    assert.deepEqual(outline('a.md', '# Ship\n\n## Winch\n\nLifts 400 kg.\n\n## Crane\nLifts more.'), [
      'Ship › Winch 1-5',
      'Ship › Crane 7-8',
    ]);
  });

  it('short paragraphs under one heading stay together, long ones are cut', () => {
    assert.deepEqual(outline('a.md', `# A\n${words(50)}\n\n${words(60)}\n\n${words(100)}`), [
      'A 1-4',
      'A 6-6',
    ]);
    const many = Array.from({ length: 40 }, () => words(20)).join('\n');
    for (const { startLine, endLine } of splitPassages('a.md', many)) assert.ok(endLine - startLine < 8);
  });

  it('headings that are underlined, and the title of the front matter', () => {
    assert.deepEqual(outline('a.md', 'Ship\n====\n\nText\n\nWinch\n---\nMore'), [
      'Ship 1-4',
      'Ship › Winch 6-8',
    ]);
    assert.deepEqual(outline('a.md', '---\ntitle: "The ship"\n---\n\nText'), ['The ship 1-5']);
  });

  it('a # in a fenced block is no heading', () => {
    assert.deepEqual(outline('a.md', '# A\n\n```sh\n# install\nnpm i\n```\n'), ['A 1-6']);
  });

  it('the file name is the title of a document without headings', () => {
    assert.deepEqual(outline('notes/q3_report-final.txt', 'Text'), ['q3 report final 1-1']);
    assert.equal(nameInWords('2026-01-31.md'), '2026-01-31');
    assert.equal(nameInWords('.gitignore'), '.gitignore');
    assert.equal(nameInWords('St. Louis, Missouri.md'), 'St. Louis, Missouri');
  });

  it('rows of a table bear the names of its columns', () => {
    const passages = splitPassages('winches.csv', `name,"load (t)",port\n${rows(300)}\n`);
    assert.ok(passages.length > 3);
    for (const { title } of passages) assert.equal(title, 'winches (name, load (t), port)');
    assert.deepEqual(outline('a.md', '# A\n| x | y |\n|---|---|\n| 1 | 2 |'), ['A (x, y) 1-4']);
  });

  it('a very long line is cut in stretches that bear its number', () => {
    const line = words(3000);
    const passages = splitPassages('a.json', `{}\n\n${line}\n`);
    assert.ok(passages.length > 10);
    assert.equal(
      passages
        .slice(1)
        .map(({ text }) => text)
        .join(''),
      line,
    );
    assert.ok(passages.slice(1).every(({ startLine, endLine }) => startLine === 3 && endLine === 3));
  });

  it('an empty file has no passages', () => {
    for (const text of ['', '\n\n', '   ', '\r\n']) assert.deepEqual(splitPassages('a.md', text), []);
  });
});

describe('the name that an article gives itself', () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ['Demon Dice, originally published as Chaos Progenitus, is a game.', 'Demon Dice'],
    ['# Heading\n\nThe Journal of Physics is a journal.', 'Journal of Physics'],
    ['Marie Curie (1867-1934) was a physicist.', 'Marie Curie'],
    ['It is late.', undefined],
    ['we met on Monday, and left.', undefined],
  ];
  for (const [text, name] of cases) it(text, () => assert.equal(leadName(text), name));
});

describe('passages of any text', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '# A',
      '## B',
      '====',
      '---',
      '```',
      '~~~',
      '| a | b |',
      '|---|---|',
      '',
      ' ',
      'a,b,c',
      'title: x',
      '\t',
    ),
    fc.string({ unit: 'binary' }).map((text) => text.replace(/[\r\n]/g, '')),
    fc.nat(300).map(words),
  );
  const terminator = fc.constantFrom('\n', '\r\n', '\r');
  const anyText = fc
    .array(fc.tuple(piece, terminator), { maxLength: 40 })
    .map((lines) => lines.map((line) => line.join('')).join(''));
  const anyPath = fc.constantFrom('a.md', 'a.txt', 'a.csv', 'a.tsv', 'a.json', 'a.ts', 'a', 'b.rst');

  it('every line that is not blank is in exactly one passage, whose text is its lines exactly', () => {
    fc.assert(
      fc.property(anyPath, anyText, (path, text) => {
        const lines = text.split(/\r\n|\n|\r/);
        const covered = lines.map(() => 0);
        for (const passage of splitPassages(path, text)) {
          const { startLine, endLine } = passage;
          assert.ok(startLine <= endLine && text.includes(passage.text));
          assert.deepEqual(passage.text.split(/\r\n|\n|\r/), lines.slice(startLine - 1, endLine));
          for (let i = startLine - 1; i < endLine; i++) covered[i]!++;
        }
        lines.forEach((line, i) =>
          assert.ok(covered[i]! <= 1 && (covered[i] === 1 || line.trim() === ''), `line ${i + 1}`),
        );
      }),
      { numRuns: 300 },
    );
  });
});

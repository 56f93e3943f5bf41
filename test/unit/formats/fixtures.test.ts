import assert from 'node:assert/strict';
import { readDocument } from '../../../src/formats';
import { documentFile, readFixture, toldOf } from '../../fakes/documentFixtures';

const RIVERS = ['| Rhine | 1,233 | North Sea |', 'Neckar', 'White Main', '11.30 m at Cologne'];

/** Name, format, title, and what stands in it, in this order. */
const READ: readonly (readonly [string, string, string | undefined, readonly string[]])[] = [
  [
    'rivers-pandoc.docx',
    'docx',
    'Rivers of Europe',
    ['Rivers: # Rivers', 'Rhine[^1] is', ...RIVERS, 'E=mc^2', '10^6', '[^1]: Called Rhein'],
  ],
  [
    'rivers-libreoffice.docx',
    'docx',
    'Rivers of Europe',
    ['Rhine[^1] is', ...RIVERS, 'E=mc^2', '10^6', '[^1]: Called Rhein'],
  ],
  [
    'survey-python-docx.docx',
    'docx',
    'Survey of 2024',
    ['| Mill | 112 | 98 |', '| Tower | 87 in both months |  |', '2. Second step'],
  ],
  [
    'rivers.odt',
    'odt',
    'Rivers of Europe',
    ['Rhine[^1] is', ...RIVERS, 'E=mc^2', '10^6', '[^1]: Called Rhein'],
  ],
  ['rivers.epub', 'epub', 'Rivers of Europe', ['Rhine[^1] is', ...RIVERS, 'm c^2', '10^{6}']],
  ['rivers-pandoc.rtf', 'rtf', undefined, ['(note: Called Rhein in German.)', ...RIVERS]],
  [
    'rivers-libreoffice.rtf',
    'rtf',
    'Rivers of Europe',
    ['Rivers: # Rivers', '(note: Called Rhein in German.)', ...RIVERS],
  ],
  [
    'slides-pandoc.pptx',
    'pptx',
    'Bats at Dusk',
    [
      'slide 1: # Bats at Dusk',
      'slide 2: # Counting bats',
      '45 kHz',
      'Notes:\nSay that',
      'slide 3: # Results',
      '| Tower | 87 |',
    ],
  ],
  [
    'slides-libreoffice.pptx',
    'pptx',
    'Bats at Dusk',
    [
      'slide 2: # Counting bats',
      '- Microphones hear 45 kHz',
      'Notes:\nSay that',
      'slide 3: # Results',
      '| Tower | 87 |',
    ],
  ],
  [
    'slides.odp',
    'odp',
    'Bats at Dusk',
    [
      'slide 2: # Counting bats',
      '- Microphones hear 45 kHz',
      'Notes:\nSay that',
      'slide 3: # Results',
      '| Tower | 87 |',
    ],
  ],
  [
    'sheets-openpyxl.xlsx',
    'xlsx',
    undefined,
    [
      'Rivers A1:D7',
      '| 2 | Rhine | 1233 (comment: By satellite) | 2021-03-31 | 12.5% |',
      '1999-12-31 | 3.75%',
      '| 5 | Both | =SUM(B2:B3) |',
      'boat \\| with',
      'Old, hidden B2',
    ],
  ],
  [
    'sheets-libreoffice.xlsx',
    'xlsx',
    undefined,
    ['| 2 | Rhine | 1233 (comment: By satellite) | 2021-03-31 | 12.5% |', '| 5 | Both | 4083 |'],
  ],
  [
    'sheets-xlsxwriter.xlsx',
    'xlsx',
    undefined,
    ['Measurements A1:F3', '| 2 | 2024-02-29T13:45 | 18:00 | 36:00 | €1,234.50 | 3 | TRUE |', '#DIV/0!'],
  ],
  ['sheets.ods', 'ods', undefined, ['2021-03-31 | 12.5%', '| 5 | Both | 4083 |']],
  ['sheets.xls', 'xls', undefined, ['2021-03-31 | 12.5%', '| 5 | Both | 4083 |']],
  [
    'semicolon-1252.csv',
    'csv',
    undefined,
    ['lines 1-4', '| 1 | Fluss | Länge |', '| 2 | Rhein | 1.233 | Groß; breit |', '| 4 | Donau | 2.850 |'],
  ],
  ['utf16.csv', 'csv', undefined, ['| 2 | Rhône | 813 |']],
  [
    'notebook-4.ipynb',
    'notebook',
    'Bats',
    [
      'cell 1: # Bats',
      'cell 2: ```python\nprint(112 + 87)',
      '199',
      'image/png',
      'ZeroDivisionError: division by zero',
    ],
  ],
  ['notebook-3.ipynb', 'notebook', 'Owls', ['cell 1: ## Owls', 'cell 3: ```python\n6 * 7', '42']],
  [
    'rivers-libreoffice.pdf',
    'pdf',
    'Rivers of Europe',
    ['page 1: Rivers of Europe', 'Rhine^1 is 1,233 km', 'Danube\t2,850', '10^6 litres'],
  ],
  ['rivers-chromium.pdf', 'pdf', 'Rivers of Europe', ['Rhine^1 is 1,233 km', 'Danube\t2,850', '10^6 litres']],
  ['owner-password.pdf', 'pdf', 'Rivers of Europe', ['Rhine^1 is 1,233 km']],
  [
    'columns-groff.pdf',
    'pdf',
    'Two Columns of Bats',
    ['page 1: ', 'LEFTSTART', 'LEFTEND', 'page 2: ', 'RIGHTSTART', 'RIGHTEND'],
  ],
  [
    'columns-interleaved.pdf',
    'pdf',
    'Interleaved',
    [
      'L0\n',
      'L11\n',
      'R0\n',
      'R11',
      'River\tLength\tMouth\nRhine\t1,233\tNorth Sea',
      'page 2: An information',
      '10^6',
      '(comment: Ask the miller.)',
      'Site: Mill',
    ],
  ],
  ['scanned-middle.pdf', 'pdf', 'Rivers of Europe', ['page 1: Rivers', 'page 2: \n', 'page 3: Two Columns']],
  ['chinese.pdf', 'pdf', undefined, ['长江全长六千三百公里']],
  ['vertical.pdf', 'pdf', undefined, ['一行目は縦書きです。\n二行目も縦書きです。']],
  [
    'changes-python-docx.docx',
    'docx',
    'Mill',
    [
      'is 650 litres, or 10^6 drops',
      '| r0c0 | r0c1 | r0c2 |',
      '| tall | r1c1 | r1c2 |',
      '|  | r2c1 | r2c2 |',
    ],
  ],
  [
    'changes.odt',
    'odt',
    'Mill',
    ['is 650 litres, or 10^6 drops', '| tall | r1c1 | r1c2 |', '|  | r2c1 | r2c2 |'],
  ],
  ['changes.rtf', 'rtf', 'Mill', ['Mill: # Mill', 'is 650 litres, or 10^6 drops', '|  | r2c1 | r2c2 |']],
  ['corner-xlsxwriter.xlsx', 'xlsx', undefined, ['Far A1: ', '10^6 & more', 'Far XFD1048576: ', 'corner']],
  ['notes.zip', 'zip', undefined, ['rivers.md (576 B)', 'slides.md']],
  ['windows.zip', 'zip', undefined, ['notes/bats.txt', '../../etc/passwd', 'C:/Users/me/a.txt', 'Größe.txt']],
  ['cp437.zip', 'zip', undefined, ['Größe.txt']],
  ['archive.tar.gz', 'tar', undefined, ['data/rivers.csv', `${'l'.repeat(120)}/long.txt`]],
];

describe('documents of other programs', () => {
  for (const [name, format, title, texts] of READ) {
    it(name, async () => {
      const content = await readFixture(name);
      assert.equal(content.format, format);
      assert.equal(content.title, title);
      const told = toldOf(content);
      let from = 0;
      for (const text of texts) {
        const at = told.indexOf(text, from);
        assert.ok(at >= 0, `“${text}” after character ${from} of:\n${told}`);
        from = at;
      }
    });
  }

  const NOTES: readonly (readonly [string, RegExp])[] = [
    ['scanned-middle.pdf', /No text on page 2: a picture/],
    ['scanned.pdf', /No page has text: they are pictures/],
    ['sheets-openpyxl.xlsx', /The sheet Old, hidden is hidden/],
    ['sheets-openpyxl.xlsx', /merged cells .*: A7:D7/],
    ['sheets-openpyxl.xlsx', /1 formulas have no result in the file/],
    ['encrypted.zip', /1 of them encrypted with a password/],
    ['changes-python-docx.docx', /tracked changes: shown is the text as if all were accepted/],
    ['changes-python-docx.docx', /in their margins: “Draft of June”/],
    ['semicolon-1252.csv', /Some rows take several lines/],
  ];
  for (const [name, note] of NOTES) {
    it(`${name} notes ${note.source}`, async () => {
      assert.match((await readFixture(name)).notes.join('\n'), note);
    });
  }

  const FAULTS: readonly (readonly [string, string, RegExp, string?])[] = [
    ['user-password.pdf', 'unsupported', /protected with a password/],
    ['password.docx', 'unsupported', /protected with a password/],
    ['password.xlsx', 'unsupported', /protected with a password/],
    ['password.odt', 'unsupported', /protected with a password/],
    ['password.xls', 'unsupported', /protected with a password/],
    ['rivers.doc', 'unsupported', /save it as DOCX/],
    ['cut-off.pdf', 'bad-reply', /broken PDF/],
    ['cut-off.docx', 'bad-reply', /broken DOCX/],
    ['encrypted.zip', 'unsupported', /slides\.md is encrypted/, 'slides.md'],
    ['encrypted-aes.zip', 'unsupported', /slides\.md is encrypted/, 'slides.md'],
    ['notes.zip', 'not-found', /has no entry “bats\.md”\. It has: rivers\.md/, 'bats.md'],
    ['rivers.odt', 'not-found', /is no archive/, 'content.xml'],
  ];
  for (const [name, code, message, entry] of FAULTS) {
    it(`${name}${entry === undefined ? '' : ` ${entry}`}: ${code}`, async () => {
      const read = await readDocument(documentFile(name), entry === undefined ? {} : { entry });
      assert.ok(!read.ok, 'it is a fault');
      assert.equal(read.fault.code, code);
      assert.match(read.fault.message, message);
    });
  }

  const ENTRIES: readonly (readonly [string, string, string])[] = [
    ['notes.zip', 'slides.md', 'slides.md, lines 14-19: # Results'],
    ['windows.zip', 'notes/bats.txt', '112 bats at the mill'],
    ['windows.zip', '../../etc/passwd', 'not the real one'],
    ['windows.zip', 'inner.zip!/deep/note.md', 'inner.zip!/deep/note.md, lines 1-3: # Deep'],
    ['archive.tar.gz', 'data/rivers.csv', '| 2 | Rhine | 1233 |'],
    ['encrypted.zip', 'rivers.md', '| Rhine  |        1,233 |'],
  ];
  for (const [name, entry, text] of ENTRIES) {
    it(`${name}!/${entry}`, async () => {
      const told = toldOf(await readFixture(name, entry));
      assert.ok(told.includes(text), told);
    });
  }

  it('without the character maps a PDF says what it lacks', async () => {
    const read = await readDocument(documentFile('chinese.pdf'));
    assert.ok(read.ok);
    assert.match(read.value.notes.join(' '), /Text is missing where a font .*: UniGB-UCS2-H/);
  });

  it('what stands before a PDF does not hide it', async () => {
    const { name, bytes } = documentFile('rivers-libreoffice.pdf');
    const read = await readDocument({ name, bytes: Buffer.concat([Buffer.from('Mail begins.\n'), bytes]) });
    assert.equal(read.ok && read.value.format, 'pdf');
  });

  it('JSON is told by the path that each line begins with, however deep it is', async () => {
    const read = (text: string) => readDocument({ name: 'a.json', bytes: Buffer.from(text) });
    const flat = await read('{"a": 1,\n "b": [1, {"c": 2}]}');
    assert.deepEqual(flat.ok && flat.value.parts.map(({ title }) => title), ['$']);
    const deep = await read('['.repeat(20_000) + ']'.repeat(20_000));
    assert.ok(deep.ok && deep.value.parts.length > 1);
  });

  it('the PDF’s bookmarks lead to their pages', async () => {
    const { outline } = await readFixture('columns-interleaved.pdf');
    assert.deepEqual(outline, [{ level: 1, title: 'The second page', part: 1 }]);
  });
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatLocator } from '../../../src/core/common/locator';
import { readDocument, readPictures } from '../../../src/formats';
import { ZipArchive } from '../../../src/formats/archive/zip';
import { documentFile, documentNames } from '../../fakes/documentFixtures';
import { fuzz } from '../fuzz';
import { damaged, damagedBytes, jsonOf, pump, pumped, textOf } from '../inputs';
import { zipOf, type ZipPart } from '../zip';

/** Documents come unpacked to some times their size; the limits of an archive are the product's own. */
const MOST_TEXT = 50_000_000;

async function isDocumentOrFault(name: string, bytes: Uint8Array, entry?: string): Promise<void> {
  const options = entry === undefined ? {} : { entry };
  const read = await readDocument({ name, bytes }, options);
  if (!read.ok) {
    assert.match(read.fault.code, /^(?:unsupported|bad-reply|limit|not-found)$/);
    assert.ok(read.fault.message.length > 10);
    return;
  }
  const { parts, notes, outline = [] } = read.value;
  let characters = 0;
  for (const { text, title, locator, picture } of parts) {
    assert.equal(typeof text + typeof title + typeof formatLocator(locator), 'stringstringstring');
    characters += text.length;
    if (picture !== undefined) await hasPictures(name, bytes, picture);
  }
  assert.ok(characters < MOST_TEXT, `${characters} characters`);
  assert.ok(notes.every((note) => note.trim() !== ''));
  for (const { level, part } of outline) assert.ok(level >= 1 && part >= 0 && part < parts.length);
}

async function hasPictures(name: string, bytes: Uint8Array, picture: number): Promise<void> {
  const shown = await readPictures({ name, bytes }, { picture });
  if (shown.ok) assert.ok(shown.value.every((image) => image.bytes.length > 0));
}

const KINDS = {
  PDF: ['pdf'],
  Word: ['docx'],
  workbook: ['xlsx', 'ods', 'xls'],
  slides: ['pptx', 'odp'],
  OpenDocument: ['odt'],
  EPUB: ['epub'],
  RTF: ['rtf'],
  'table, notebook or page': ['csv', 'ipynb', 'html'],
  archive: ['zip', 'gz'],
} as const;
const namesOf = (extensions: readonly string[]) =>
  documentNames.filter((name) => extensions.some((extension) => name.endsWith(`.${extension}`)));

for (const [kind, extensions] of Object.entries(KINDS)) {
  const names = namesOf(extensions);
  const files = names.map((each) => documentFile(each).bytes);
  fuzz(
    `documents: a ${kind} with bytes changed, doubled, cut, or of two files`,
    [fc.constantFrom(...names), damagedBytes(files)],
    (name, bytes) => isDocumentOrFault(name, bytes),
    { runs: 12 },
  );
}

/** What an Office file is made of, unpacked, so that a fault gets behind the checksums. */
function partsOf(name: string): readonly ZipPart[] {
  const opened = ZipArchive.open(documentFile(name).bytes);
  if (!opened.ok) return [];
  return opened.value.entries.flatMap((entry) => {
    const bytes = opened.value.read(entry);
    return bytes.ok ? [{ name: entry.name, bytes: bytes.value }] : [];
  });
}

const PACKED = namesOf(['docx', 'xlsx', 'pptx', 'odt', 'ods', 'odp', 'epub', 'zip'])
  .map((name) => ({ name, parts: partsOf(name) }))
  .filter(({ parts }) => parts.length > 0);
const XML = [
  ...[
    '<',
    '>',
    '/>',
    '</',
    '"',
    '&',
    '&lt;',
    '&#x0;',
    '&#1114112;',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<?xml ',
    '?>',
  ],
  ...[
    '<!DOCTYPE a [<!ENTITY b "c">]>',
    '&b;',
    '<w:p>',
    '</w:p>',
    '<w:tbl><w:tr><w:tc>',
    '<w:t>',
    '<text:p>',
    '<table:table-row>',
  ],
  ...[
    'table:number-rows-repeated="1048576"',
    'table:number-columns-repeated="16384"',
    'r="XFD1048576"',
    'r="A0"',
    '<row r="-1">',
  ],
  ...[
    '<a:t>',
    'Target="../../../etc/passwd"',
    'Target="http://x/"',
    ' xmlns="x"',
    'Id="rId1"',
    '<c t="s"><v>99999999</v></c>',
    '<v>1e400</v>',
  ],
  ...[
    '<m:oMath><m:f><m:num>',
    '<w:gridSpan w:val="100000"/>',
    'text:c="99999999"',
    '<text:s text:c="1000000000"/>',
  ],
];

interface Repacked {
  readonly file: number;
  readonly changes: readonly { readonly at: number; readonly cut: number; readonly put: string }[];
  readonly entry: number;
}
const repacked: fc.Arbitrary<Repacked> = fc.record({
  file: fc.nat(PACKED.length - 1),
  entry: fc.nat(60),
  changes: fc.array(
    fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      cut: fc.constantFrom(0, 0, 1, 5, 50, 500),
      put: fc.oneof(fc.constantFrom(...XML), fc.constant('')),
    }),
    { minLength: 1, maxLength: 6 },
  ),
});

fuzz(
  'documents: an Office file with faults in the XML of a part',
  [repacked],
  ({ file, entry, changes }) => {
    const { name, parts } = PACKED[file] ?? { name: 'a.zip', parts: [] };
    const texts = parts.filter((part) => /\.(?:xml|rels|xhtml|opf|ncx)$/.test(part.name));
    const chosen = texts[entry % Math.max(1, texts.length)];
    const changed = changes.reduce(
      (text, { at, cut, put }) => {
        const place = Math.floor(at * text.length);
        return text.slice(0, place) + put + text.slice(place + cut);
      },
      Buffer.from(chosen?.bytes ?? []).toString('utf8'),
    );
    return isDocumentOrFault(
      name,
      zipOf(parts.map((part) => (part === chosen ? { ...part, bytes: Buffer.from(changed) } : part))),
    );
  },
  { runs: 60 },
);

const odd = fc.option(fc.constantFrom(0, 1, 100, 0x7fffffff, 0xfffffffe, 0xffffffff), { nil: undefined });
const oddPart = fc.record({
  name: fc.constantFrom(
    'a.txt',
    '../../etc/passwd',
    '/a',
    'a\\b',
    '',
    'a/',
    'word/document.xml',
    '[Content_Types].xml',
    'mimetype',
    'C:x',
    'content.xml',
    '\u0000.md',
    '__proto__',
    'META-INF/container.xml',
  ),
  bytes: fc.oneof(fc.uint8Array({ maxLength: 60 }), fc.constant(new Uint8Array(3_000))),
  size: odd,
  packedSize: odd,
  offset: odd,
  checksum: odd,
  method: fc.constantFrom(undefined, 0, 8, 9, 99),
  flags: fc.constantFrom(undefined, 0, 1, 0x800, 0xffff),
});
fuzz(
  'documents: an archive whose names, sizes and counts are not true',
  [
    fc.array(oddPart, { maxLength: 6 }),
    fc.constantFrom(undefined, 0, 1, 65_535),
    fc.constantFrom(...'docx xlsx pptx odt epub zip txt'.split(' ')),
    fc.constantFrom(undefined, 'a.txt', '../../etc/passwd', '', 'a.txt!/b', '__proto__'),
  ],
  (parts, count, extension, entry) => isDocumentOrFault(`a.${extension}`, zipOf(parts, count), entry),
  { runs: 150 },
);

const RTF = [
  ...[
    '{',
    '}',
    '\\',
    '\\rtf1',
    '\\par ',
    '\\b ',
    '\\bin5 ',
    '\\bin99999999 ',
    "\\'e9",
    "\\'",
    '\\u8364?',
    '\\u-1 ',
    '\\uc9 ',
    '\\ansicpg932',
  ],
  ...[
    '{\\fonttbl',
    '{\\*\\generator x}',
    '\\trowd',
    '\\cell',
    '\\row',
    '\\cellx',
    '{\\pict',
    '{\\field{\\*\\fldinst ',
    '\\upr',
    '\n',
  ],
];
const PDF = [
  ...[
    '1 0 obj\n',
    'endobj\n',
    '<<',
    '>>',
    '/Type /Page ',
    '/Kids [1 0 R]',
    '/Parent 1 0 R',
    '/Count 99999999',
    'stream\n',
    'endstream\n',
  ],
  ...[
    'xref\n0 5\n',
    'trailer\n',
    'startxref\n0\n%%EOF',
    '/Length 99999999',
    '/Filter /FlateDecode',
    '/Prev 0',
    '(',
    ')',
    '[',
    ']',
    ' 0 R',
    'BT (x) Tj ET',
  ],
  ...[
    '/MediaBox [0 0 1e30 1e30]',
    '/Contents 1 0 R',
    '/Outlines 1 0 R',
    '/First 1 0 R',
    '/Next 1 0 R',
    '/Encrypt 1 0 R',
    '/Names',
  ],
];
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  rtf: RTF,
  csv: [',', ';', '\t', '"', '""', '\n', '\r\n', '\r', '=1+1', '|', 'a', '1,5', '\ufeff', '\0'],
  xml: XML,
  json: [
    '{',
    '}',
    '[',
    ']',
    '"',
    ':',
    ',',
    '\\u0000',
    '1e999',
    '{"type":"FeatureCollection","features":[',
    'null',
  ],
  jsonl: ['{"a":1}\n', '{"b":{"c":[]}}\n', '\n', '{', '"', '\r'],
  md: ['# ', '|', '---', '```', '- ', '> ', '\n', '<a>', '![', '](', '---\ntitle: x\n---\n'],
  html: [
    '<p>',
    '<table>',
    '<tr>',
    '<td colspan=99999>',
    '<td rowspan=99999>',
    '</',
    '<script>',
    '<!--',
    '<svg>',
    '<math>',
    '<template>',
  ],
};
for (const [extension, tokens] of Object.entries(TEXTS)) {
  const begins: Readonly<Record<string, string>> = { rtf: '{\\rtf1 ', xml: '<?xml version="1.0"?><a>' };
  const begin = begins[extension] ?? '';
  fuzz(`documents: ${extension} of its own tokens`, [textOf(tokens, 60)], (text) =>
    isDocumentOrFault(`a.${extension}`, Buffer.from(begin + text)),
  );
  fuzz(
    `documents: ${extension} that repeats itself ends`,
    [pumped(tokens, 100_000)],
    (each) => isDocumentOrFault(`a.${extension}`, Buffer.from(begin + pump(each))),
    { runs: 4 },
  );
}

const pdf = fc.constantFrom(
  ...namesOf(['pdf']).map((name) => Buffer.from(documentFile(name).bytes).toString('latin1')),
);
fuzz(
  'documents: a PDF with its own words out of place',
  [
    fc.oneof(
      damaged(pdf, PDF),
      textOf(PDF, 60).map((text) => `%PDF-1.7\n${text}`),
    ),
  ],
  (text) => isDocumentOrFault('a.pdf', Buffer.from(text, 'latin1')),
  { runs: 20 },
);

const CELLS = [
  'cells',
  'cell_type',
  'source',
  'outputs',
  'output_type',
  'data',
  'text',
  'text/plain',
  'image/png',
  'metadata',
  'nbformat',
  'worksheets',
  'ename',
  'traceback',
  'name',
];
fuzz(
  'documents: a notebook of any JSON',
  [jsonOf(CELLS, ['markdown', 'code', 'stream', 'error', ['a\n', 'b'], '\u001b[31mx'])],
  (value) =>
    isDocumentOrFault('a.ipynb', Buffer.from(JSON.stringify({ cells: [value], nbformat: 4, more: value }))),
);

import assert from 'node:assert/strict';
import type { ChatModel, HttpClient, HttpRequest, ImageInput } from '../../../../src/core/ports';
import { type Fault, ok } from '../../../../src/core/common/result';
import { WebReader } from '../../../../src/core/tools/web/webReader';
import { readDocumentTool } from '../../../../src/core/tools/readDocument';
import { formatSource } from '../../../../src/core/tools/evidence';
import type { ToolModels } from '../../../../src/core/tools/toolModels';
import { encodePng } from '../../../../src/formats/pictures/pixels';
import { callTool } from '../../../fakes/callTool';
import { documentFile, documentNames } from '../../../fakes/documentFixtures';
import { localDocuments } from '../../../fakes/localDocuments';
import { memoryFiles } from '../../../fakes/memoryFiles';

const documents = localDocuments;
const NO_MODELS: ToolModels = {
  text: async () => ok(undefined),
  vision: async () => ok(undefined),
  transcriber: async () => ok(undefined),
};
const LINES = Array.from({ length: 3000 }, (_, i) => `line ${i + 1} of the log`).join('\n');
const ROWS = [
  'River,Length',
  ...Array.from({ length: 2000 }, (_, i) => `River ${i + 1},${(i * 7) % 1000}`),
].join('\n');
const files = memoryFiles({
  ...Object.fromEntries(documentNames.map((name) => [name, documentFile(name).bytes])),
  'long.txt': LINES,
  'long.csv': ROWS,
  'wide.txt': 'x'.repeat(20_000),
  'empty.txt': '',
  'guide.md':
    '# Guide\n\nRead this.\n\n## Nets\n\nMist nets are 2.6 m high, and well-\nknown to “all”.\n\n## Calls\n\nA call is 45 kHz.\n',
});
const tool = readDocumentTool({ documents, files, web: undefined, models: NO_MODELS });
const read = (args: unknown) => callTool(tool, args);
const placesOf = ({ cited }: Awaited<ReturnType<typeof read>>) =>
  cited.map(({ source, locator }) => formatSource(source, locator));

describe('read_document', () => {
  it('tells what a document is, and cites its parts', async () => {
    const result = await read({ path: 'slides-pandoc.pptx' });
    assert.match(result.content, /^slides-pandoc\.pptx: “Bats at Dusk” pptx, 3 slides, \d+ characters/);
    assert.deepEqual(placesOf(result), [
      'slides-pandoc.pptx, slide 1',
      'slides-pandoc.pptx, slide 2',
      'slides-pandoc.pptx, slide 3',
    ]);
    assert.match(result.content, /\[e2\] slides-pandoc\.pptx, slide 2 — Bats at Dusk › Counting bats/);
    for (const { text } of result.cited)
      assert.ok(result.content.includes(text), 'the evidence is what is shown');
  });

  const SELECTED: readonly (readonly [string, string | number, readonly string[]])[] = [
    ['scanned-middle.pdf', '3', ['scanned-middle.pdf, page 3']],
    ['scanned-middle.pdf', 'page 3, p. 1', ['scanned-middle.pdf, page 3', 'scanned-middle.pdf, page 1']],
    ['scanned-middle.pdf', '3-1', ['scanned-middle.pdf, page 1', 'scanned-middle.pdf, page 3']],
    ['scanned-middle.pdf', 'pages 1 to 2; 3', ['scanned-middle.pdf, page 1', 'scanned-middle.pdf, page 3']],
    ['scanned-middle.pdf', 3, ['scanned-middle.pdf, page 3']],
    ['scanned-middle.pdf', '1-', ['scanned-middle.pdf, page 1', 'scanned-middle.pdf, page 3']],
    ['slides-pandoc.pptx', '2–3', ['slides-pandoc.pptx, slide 2', 'slides-pandoc.pptx, slide 3']],
    ['notebook-4.ipynb', '2', ['notebook-4.ipynb, cell 2']],
    ['rivers-pandoc.docx', 'Tributaries', ['rivers-pandoc.docx, Rivers › Tributaries']],
    ['rivers-pandoc.docx', '4', ['rivers-pandoc.docx, Floods']],
    ['sheets-libreoffice.xlsx', 'Rivers!A2:B3', ['sheets-libreoffice.xlsx, Rivers A2:B3']],
    ['sheets-libreoffice.xlsx', 'B:B', ['sheets-libreoffice.xlsx, Rivers B1:B7']],
    ['sheets-libreoffice.xlsx', "'Old, hidden'!B2", ['sheets-libreoffice.xlsx, Old, hidden B2']],
    ['sheets-libreoffice.xlsx', 'old, hidden', ['sheets-libreoffice.xlsx, Old, hidden B2']],
    ['sheets-libreoffice.xlsx', '2', ['sheets-libreoffice.xlsx, Old, hidden B2']],
    ['long.txt', '120-122', ['long.txt:120-122']],
    ['long.csv', 'A5:A6', ['long.csv:5-6']],
    ['long.csv', '7', ['long.csv:7']],
    ['guide.md', 'Nets', ['guide.md:5-9']],
    [
      'notes.zip',
      'slides.md',
      [
        'notes.zip, slides.md, lines 1-4',
        'notes.zip, slides.md, lines 5-13',
        'notes.zip, slides.md, lines 14-19',
      ],
    ],
    ['notes.zip!/slides.md', '14-15', ['notes.zip, slides.md, lines 14-15']],
    ['windows.zip!/inner.zip!/deep/note.md', '3', ['windows.zip, inner.zip!/deep/note.md, line 3']],
  ];
  for (const [path, pages, places] of SELECTED) {
    it(`${path}, pages ${pages}`, async () => {
      const result = await read({ path, pages });
      assert.ok(result.ok, result.content);
      assert.deepEqual(placesOf(result), places);
    });
  }

  const REFUSED: readonly (readonly [string, unknown, RegExp])[] = [
    ['no source', {}, /Give either path/],
    ['two sources', { path: 'a.pdf', url: 'https://example.org/a.pdf' }, /Give either path/],
    [
      'a page that is not there',
      { path: 'scanned-middle.pdf', pages: '40' },
      /no page 40 in it\. It has 3 pages/,
    ],
    [
      'a sheet that is not there',
      { path: 'sheets-libreoffice.xlsx', pages: 'Lakes' },
      /no place “Lakes”.*Rivers \(A1:D7\), 'Old, hidden' \(B2\)/,
    ],
    ['an empty cell', { path: 'sheets-libreoffice.xlsx', pages: 'Z99' }, /no cell with a value in Z99/],
    ['no folder', { path: 'none.pdf' }, /There is no file none\.pdf/],
    ['a password', { path: 'user-password.pdf' }, /protected with a password/],
    ['an entry that is not there', { path: 'notes.zip', pages: 'x.md' }, /has no entry “x\.md”/],
    [
      'the web where there is none',
      { url: 'https://example.org/a.pdf' },
      /Nothing can be read from the web here/,
    ],
  ];
  for (const [name, args, message] of REFUSED) {
    it(`says what is wrong with ${name}`, async () => {
      const result = await read(args);
      assert.ok(!result.ok, 'it is refused');
      assert.match(result.content, message);
    });
  }

  it('an empty file is said to be empty', async () => {
    assert.match((await read({ path: 'empty.txt' })).content, /It is empty: 0 bytes/);
  });

  for (const [path, count] of [
    ['long.txt', 3000],
    ['long.csv', 2001],
    ['wide.txt', 1],
  ] as const) {
    it(`all of ${path} can be read by following what each call says`, async () => {
      const texts: string[] = [];
      let args: { path: string; pages?: string } | undefined = { path };
      for (let calls = 0; args !== undefined; calls++) {
        assert.ok(calls < 40, 'it comes to an end');
        const result = await read(args);
        assert.ok(result.ok, result.content);
        texts.push(...result.cited.map(({ text }) => text));
        const next = /call read_document with pages "([^"]+)"/.exec(result.content)?.[1];
        args = next === undefined ? undefined : { path, pages: next };
      }
      const whole = texts.join(path === 'wide.txt' ? '' : '\n');
      if (path === 'long.csv') {
        const rows = whole.match(/^\| \d+ \|/gm) ?? [];
        assert.equal(new Set(rows).size, count);
        assert.equal(rows.length, count);
      } else {
        assert.equal(whole, path === 'long.txt' ? LINES : 'x'.repeat(20_000));
      }
    });
  }

  const FOUND: readonly (readonly [string, string, RegExp, readonly string[]])[] = [
    [
      'scanned-middle.pdf',
      'come back to the same place year after year',
      /stands once/,
      ['scanned-middle.pdf, page 3'],
    ],
    ['long.txt', 'line 2718 of', /stands once/, ['long.txt:2683-2759']],
    ['long.csv', 'River 1500', /stands once/, ['long.csv:1501']],
    ['sheets-libreoffice.xlsx', 'Danube 2850', /stands once/, ['sheets-libreoffice.xlsx, Rivers A3:D3']],
    ['guide.md', '"known to \'ALL\'"', /Nothing|does not stand/, []],
    ['guide.md', 'known to "ALL"', /stands once/, ['guide.md:7-8']],
    ['guide.md', 'how high are nets', /does not stand in guide\.md as a phrase/, ['guide.md:5-9']],
    ['guide.md', 'walrus', /neither the phrase nor one of its words/, []],
  ];
  for (const [path, find, head, places] of FOUND) {
    it(`finds “${find}” in ${path}`, async () => {
      const result = await read({ path, find });
      assert.match(result.content, head);
      if (places.length > 0) assert.equal(placesOf(result)[0]?.split(':')[0], places[0]?.split(':')[0]);
      if (places.length > 0 && !path.startsWith('long.txt')) assert.equal(placesOf(result)[0], places[0]);
      for (const { text } of result.cited) assert.ok(result.content.includes(text));
    });
  }
});

describe('read_document of what is a picture', () => {
  /** A model that tells the kinds of images that it was shown. */
  function looking(fault?: Fault) {
    const shown: (readonly ImageInput[])[] = [];
    const model: ChatModel = {
      id: 'eyes',
      contextTokens: 8_000,
      complete: async ({ messages }) => {
        const last = messages.at(-1);
        if (fault) return { ok: false, fault };
        const images = last?.role === 'user' ? (last.images ?? []) : [];
        shown.push(images);
        const text = `Look ${shown.length}: the mill grinds 412 bags`;
        return ok({ text, toolCalls: [], finish: 'stop', usage: undefined });
      },
    };
    const models: ToolModels = { ...NO_MODELS, vision: async () => ok(model) };
    const pictures = {
      'mill.png': encodePng({ width: 2, height: 1, channels: 3, data: Uint8Array.of(255, 0, 0, 0, 0, 255) }),
      'mill.bmp': bitmap(),
      'mill.tiff': 'II*\0 and more',
      'scanned.pdf': documentFile('scanned.pdf').bytes,
      'scanned-middle.pdf': documentFile('scanned-middle.pdf').bytes,
    };
    const eyes = readDocumentTool({ documents, files: memoryFiles(pictures), web: undefined, models });
    return { shown, read: (args: unknown) => callTool(eyes, args) };
  }

  /** Two pixels, red and blue, at 24 bits. */
  function bitmap(): Uint8Array {
    const bytes = Buffer.alloc(62);
    bytes.write('BM');
    bytes.writeUInt32LE(54, 10);
    bytes.writeUInt32LE(40, 14);
    bytes.writeInt32LE(2, 18);
    bytes.writeInt32LE(1, 22);
    bytes.writeUInt16LE(24, 28);
    bytes.set([0, 0, 255, 255, 0, 0], 54);
    return bytes;
  }

  for (const path of ['mill.png', 'mill.bmp']) {
    it(`${path} is read by the model, and cited as what it reads`, async () => {
      const { shown, read: look } = looking();
      const result = await look({ path });
      assert.deepEqual(
        result.cited.map(({ title, locator, text }) => [title, locator.kind, text]),
        [[`What eyes reads in ${path}`, 'whole', 'Look 1: the mill grinds 412 bags']],
      );
      assert.equal(shown[0]?.[0]?.mediaType, 'image/png');
      assert.deepEqual(
        new Uint8Array(shown[0][0].bytes),
        encodePng({ width: 2, height: 1, channels: 3, data: Uint8Array.of(255, 0, 0, 0, 0, 255) }),
      );
      assert.match((await look({ path, find: '412 bags' })).content, /stands once in mill/);
    });
  }

  it('a scanned page is read with its page number, in the middle of others', async () => {
    const { shown, read: look } = looking();
    const result = await look({ path: 'scanned-middle.pdf' });
    assert.deepEqual(result.cited.map(({ title, locator }) => [title, locator]).at(1), [
      'What eyes reads in scanned-middle.pdf, page 2',
      { kind: 'pages', start: 2, end: 2 },
    ]);
    assert.deepEqual(Array.from(shown[0]?.[0]?.bytes.subarray(1, 4) ?? []), [0x50, 0x4e, 0x47]);
    assert.match(
      (await look({ path: 'scanned-middle.pdf', find: '412', pages: '2' })).content,
      /stands once/,
    );
  });

  it('says how to set a model up where there is none, page by page', async () => {
    assert.match(
      (await read({ path: 'scanned-middle.pdf' })).content,
      /\(page 2 has no text: .* memento\.vision\.model/,
    );
    assert.match(
      (await read({ path: 'scanned.pdf', find: 'mill' })).content,
      /Not searched, as they have no text: 1\./,
    );
  });

  it('a model that takes no images fails an image and not a PDF', async () => {
    const { read: look } = looking({ code: 'unsupported', message: 'No images here.' });
    const image = await look({ path: 'mill.png' });
    assert.ok(!image.ok, 'it failed');
    assert.match(image.content, /is a picture\. No images here\..*memento\.vision\.model/);
    const document = await look({ path: 'scanned-middle.pdf' });
    assert.equal(document.cited.length, 2);
    assert.match(document.content, /page 2 has no text: .*No images here/);
  });

  it('says what to do with a kind that models do not take', async () => {
    const result = await looking().read({ path: 'mill.tiff' });
    assert.match(result.content, /in the format TIFF, which models do not take: run_code/);
  });
});

describe('read_document on the web', () => {
  function serving(status: number, name: string, headers: Record<string, string>) {
    const asked: HttpRequest[] = [];
    const http: HttpClient = {
      request: async (request) => {
        if (request.url.pathname === '/robots.txt') {
          return ok({ status: 404, headers: {}, url: request.url, body: new Uint8Array(), viaProxy: false });
        }
        asked.push(request);
        return ok({
          status,
          headers,
          url: new URL('https://example.org/moved/file'),
          body: documentFile(name).bytes,
          viaProxy: false,
        });
      },
    };
    const rules = { allowedOrigins: () => [], ignoreRobots: () => [] };
    const web = new WebReader({ http, clock: { now: () => 7 }, rules });
    return { asked, tool: readDocumentTool({ documents, files: undefined, web, models: NO_MODELS }) };
  }

  it('reads what the server sends, under the address after redirects', async () => {
    const { asked, tool: web } = serving(200, 'scanned-middle.pdf', { 'content-type': 'application/pdf' });
    const result = await callTool(web, { url: 'https://example.org/a.pdf', pages: '3' });
    assert.deepEqual(
      result.cited.map(({ source, readAt }) => [source, readAt]),
      [['https://example.org/moved/file', 7]],
    );
    assert.deepEqual(
      asked.map(({ namedBy, url }) => [namedBy, url.href]),
      [['model', 'https://example.org/a.pdf']],
    );
  });

  it('takes the media type and the name that the server tells', async () => {
    const { tool: web } = serving(200, 'semicolon-1252.csv', {
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment; filename="rivers.csv"',
    });
    assert.match((await callTool(web, { url: 'https://example.org/download' })).content, / csv, /);
  });

  for (const [url, status, message] of [
    ['https://example.org/a.pdf', 404, /404|is not there|no page/],
    ['file:///etc/passwd', 200, /is not fetched/],
    ['not a url', 200, /is not fetched/],
  ] as const) {
    it(`${url} with status ${status} is an observation`, async () => {
      const { asked, tool: web } = serving(status, 'rivers.html', {});
      const result = await callTool(web, { url });
      assert.ok(!result.ok, 'it failed');
      assert.match(result.content, message);
      assert.equal(asked.length, status === 404 ? 1 : 0);
    });
  }
});

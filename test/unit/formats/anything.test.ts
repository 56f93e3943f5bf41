/** Whatever the bytes are: text or a fault that says so, within bounds; never a throw, never for ever. */
import assert from 'node:assert/strict';
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { formatLocator } from '../../../src/core/common/locator';
import { readDocument } from '../../../src/formats';
import { documentFile, documentNames } from '../../fakes/documentFixtures';
import { zipOf } from '../../fakes/zip';

/** Ms, for what takes a tenth of a second; a machine that is busy is no fault. */
const BOUND = 15_000;

async function check(name: string, bytes: Uint8Array): Promise<void> {
  const started = performance.now();
  const read = await readDocument({ name, bytes });
  assert.ok(performance.now() - started < BOUND, `${name} took too long`);
  if (!read.ok) {
    assert.match(read.fault.code, /^(?:unsupported|bad-reply|limit|not-found)$/);
    assert.ok(read.fault.message.length > 10);
    return;
  }
  for (const part of read.value.parts) {
    assert.equal(typeof part.text, 'string');
    assert.equal(typeof formatLocator(part.locator), 'string');
  }
}

describe('any bytes are a document or a fault', function () {
  this.timeout(180_000);

  it('random bytes under any name', async () => {
    const extension = fc.constantFrom(
      'pdf',
      'docx',
      'xlsx',
      'pptx',
      'csv',
      'json',
      'ipynb',
      'zip',
      'rtf',
      'xml',
      'md',
      'gz',
      '',
    );
    const head = fc.constantFrom(
      '',
      '%PDF-1.7\n',
      'PK\x03\x04',
      '{\\rtf1 ',
      '{"cells":[',
      '<?xml version="1.0"?>',
      '\x1f\x8b\x08',
      '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
    );
    await fc.assert(
      fc.asyncProperty(extension, head, fc.uint8Array({ maxLength: 400 }), (name, start, rest) =>
        check(`a.${name}`, Buffer.concat([Buffer.from(start, 'latin1'), rest])),
      ),
      { numRuns: 300 },
    );
  });

  it('random text under any name', async () => {
    const extension = fc.constantFrom(
      'csv',
      'tsv',
      'json',
      'jsonl',
      'ipynb',
      'rtf',
      'xml',
      'md',
      'txt',
      'html',
    );
    const text = fc.oneof(
      fc.string({ maxLength: 300 }),
      fc.json(),
      fc.stringMatching(/^[[\]{}"',:;|#<>/\\ \na-c0-9]{0,200}$/),
    );
    await fc.assert(
      fc.asyncProperty(extension, text, (name, content) => check(`a.${name}`, Buffer.from(content))),
      { numRuns: 400 },
    );
  });

  for (const name of documentNames) {
    it(`${name} with bytes changed, cut out or cut off`, async () => {
      const { bytes } = documentFile(name);
      const place = fc.nat(bytes.length - 1);
      const mutation = fc.oneof(
        fc.record({ kind: fc.constant('change' as const), at: place, value: fc.nat(255) }),
        fc.record({ kind: fc.constant('cut' as const), at: place, value: fc.nat(200) }),
        fc.record({ kind: fc.constant('end' as const), at: place, value: fc.constant(0) }),
      );
      await fc.assert(
        fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 4 }), async (mutations) => {
          let changed = Buffer.from(bytes);
          for (const { kind, at, value } of mutations) {
            if (kind === 'change' && at < changed.length) changed[at] = value;
            if (kind === 'cut')
              changed = Buffer.concat([changed.subarray(0, at), changed.subarray(at + value)]);
            if (kind === 'end') changed = changed.subarray(0, at);
          }
          await check(name, changed);
        }),
        { numRuns: 12 },
      );
    });
  }
});

describe('ZIP bombs', () => {
  const zeros = deflateRawSync(Buffer.alloc(100_000_000));

  it('one that says how large it is', async () => {
    const read = await readDocument(
      { name: 'a.zip', bytes: zipOf('a.txt', zeros, 100_000_000) },
      { entry: 'a.txt' },
    );
    assert.equal(read.ok ? 'read' : read.fault.code, 'limit');
  });

  it('one that lies about it is unpacked no further than it says', async () => {
    const read = await readDocument(
      { name: 'a.zip', bytes: zipOf('a.txt', zeros, 1000) },
      { entry: 'a.txt' },
    );
    assert.equal(read.ok ? 'read' : read.fault.code, 'limit');
  });

  it('in an Office file', async () => {
    const read = await readDocument({
      name: 'a.odt',
      bytes: zipOf('content.xml', zeros, 100_000_000),
    });
    assert.equal(read.ok ? 'read' : read.fault.code, 'limit');
  });

  it('a wrong checksum is said', async () => {
    const packed = deflateRawSync(Buffer.from('good text'));
    const read = await readDocument(
      { name: 'a.zip', bytes: zipOf('a.txt', packed, 9, 1) },
      { entry: 'a.txt' },
    );
    assert.equal(read.ok ? 'read' : read.fault.code, 'bad-reply');
  });
});

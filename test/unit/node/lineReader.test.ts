import assert from 'node:assert/strict';
import fc from 'fast-check';
import { linesOf } from '../../../src/core/tools/search/lines';
import { LineReader } from '../../../src/node/lineReader';

const LIMITS = { mostLines: 400, mostCharacters: 24_000, signal: new AbortController().signal };

function read(bytes: Uint8Array, chunk: number, request: object) {
  const reader = new LineReader(bytes.subarray(0, chunk), {
    ...LIMITS,
    startLine: 1,
    startColumn: 1,
    ...request,
  });
  for (let at = 0; at < bytes.length; at += chunk) reader.write(bytes.subarray(at, at + chunk));
  return reader.end();
}

describe('LineReader', () => {
  it('gives the lines that an editor counts, wherever chunks are cut', () => {
    const pieces = fc.constantFrom('a', 'é', '図', '\n', '\r', '\r\n', '\u2028');
    fc.assert(
      fc.property(
        fc.array(pieces, { maxLength: 30 }),
        fc.integer({ min: 4, max: 9 }),
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 0, max: 5 }),
        (parts, chunk, startLine, more) => {
          const text = parts.join('');
          const endLine = startLine + more;
          const lines = linesOf(text);
          const count = text === '' ? 0 : lines.length - (lines.at(-1)?.start === text.length ? 1 : 0);
          const range = read(Buffer.from(text), chunk, { startLine, endLine });
          assert.equal(range.lines, count);
          if (startLine > count) return;
          const last = Math.min(endLine, count);
          assert.equal(range.text, text.slice(lines[startLine - 1]?.start, lines[last - 1]?.end));
          assert.deepEqual([range.endLine, range.leftOut], [last, 0]);
        },
      ),
    );
  });

  it('gives whole lines, as many as fit, and of a line that is longer its beginning', () => {
    const bytes = Buffer.from('12345\n678\n90\n');
    for (const chunk of [4, 5, 6, 7, 100]) {
      const fits = read(bytes, chunk, { mostCharacters: 8 });
      assert.deepEqual([fits.text, fits.endLine, fits.lines, fits.leftOut], ['12345', 1, 3, 0]);
      const long = read(bytes, chunk, { mostCharacters: 3 });
      assert.deepEqual([long.text, long.endLine, long.lines, long.leftOut], ['123', 1, 3, 2]);
      const two = read(bytes, chunk, { mostLines: 2 });
      assert.deepEqual([two.text, two.endLine, two.lines], ['12345\n678', 2, 3]);
    }
  });

  it('reads UTF-16 by its mark, and what is not UTF-8 as windows-1252', () => {
    const utf16 = Buffer.from('\ufeffä\nb\n', 'utf16le');
    assert.equal(read(utf16, 64, {}).text, 'ä\nb');
    assert.equal(read(Buffer.from('caf\u00e9\n', 'latin1'), 64, {}).text, 'café');
  });
});

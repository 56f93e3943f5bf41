import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LineSplitter, LONGEST_LINE } from '../../../../../src/core/memory/transfer/lines';
import { parseLine } from '../../../../../src/core/memory/transfer/parseLine';
import { readImport } from '../../../../../src/core/memory/transfer/readImport';
import { anyText } from '../../../../fakes/arbitraryRecords';
import { fileOf, jsonl, readText } from '../../../../fakes/transfer';

function split(text: string, length = text.length || 1) {
  const splitter = new LineSplitter();
  const lines = [];
  for (let from = 0; from < text.length; from += length)
    lines.push(...splitter.push(text.slice(from, from + length)));
  return [...lines, ...splitter.end()].map(({ number, text: line }) => `${number} ${line}`);
}

describe('lines of a file of cases', () => {
  const gives = (what: string, text: string, expected: readonly string[]) =>
    it(what, () => assert.deepEqual(split(text), expected));

  gives('a line each', '{"a":1}\n{"b":2}\n', ['1 {"a":1}', '2 {"b":2}']);
  gives('a byte order mark, CRLF and empty lines', '\ufeff{"a":1}\r\n\r\n  \n{"b":2}', [
    '1 {"a":1}',
    '4 {"b":2}',
  ]);
  gives('an array on one line', '[{"a":[1,2]},{"b":"],\\"}"}]', ['1 {"a":[1,2]}', '1 {"b":"],\\"}"}']);
  gives('an array over several lines', '[\n  {\n    "a": 1\n  },\n  {"b": 2}\n]\n', [
    '2 {\n    "a": 1\n  }',
    '5 {"b": 2}',
  ]);
  gives('what follows an array', '[{"a":1}]\nthe end', ['1 {"a":1}', '2 the end']);
  gives('an array that does not end', '[{"a":1},{"b', ['1 {"a":1}', '1 {"b']);
  gives('an empty array', ' []', []);
  gives('a line that only looks like an array', '[1] see below\n{"a":1}', ['1 [1] see below', '2 {"a":1}']);
  gives('nothing', '', []);

  it('is the same however the text arrives', () =>
    fc.assert(
      fc.property(
        fc.oneof(anyText, fc.string({ unit: fc.constantFrom(...Array.from('[]{},"\\\n a1')) }), fc.json()),
        fc.integer({ min: 1, max: 7 }),
        (text, length) => assert.deepEqual(split(text, length), split(text)),
      ),
      { numRuns: 2000 },
    ));

  it('keeps nothing of a line that is too long, and goes on after it', () => {
    const long = 'x'.repeat(LONGEST_LINE + 1);
    assert.deepEqual(split(`${long}\n{"a":1}\n`, 65_536), ['1 undefined', '2 {"a":1}']);
  });
});

describe('what a line says', () => {
  it('is something, whatever the line is', () =>
    fc.assert(
      fc.property(fc.oneof(anyText, fc.json(), fc.json({ noUnicodeString: false })), (text) => {
        assert.ok(['case', 'row', 'header', 'record', 'bad'].includes(parseLine(text).type));
      }),
      { numRuns: 1000 },
    ));

  const keys = fc.constantFrom(
    'case',
    'query',
    'question',
    'plan',
    'reward',
    'case_label',
    'truth_label',
    'type',
    'format',
    'version',
    'run',
    'vectors',
    '__proto__',
  );
  const values = fc.oneof(
    fc.constantFrom('case', 'run', 'memento-memory', '{"plan":[]}', 1, null),
    fc.jsonValue(),
  );
  it('is something for every object with the fields of the formats', () =>
    fc.assert(
      fc.property(fc.dictionary(keys, values), (fields) => {
        const parsed = parseLine(JSON.stringify(fields));
        if (parsed.type === 'case') assert.ok(parsed.case.question.trim() !== '');
        assert.equal(Object.getPrototypeOf({}), Object.prototype);
      }),
      { numRuns: 2000 },
    ));

  const isBad = (what: string, line: string, reason: RegExp) =>
    it(`${what} is a bad line`, () => {
      const parsed = parseLine(line);
      assert.match(parsed.type === 'bad' ? parsed.reason : parsed.type, reason);
    });
  isBad('prose', 'Hello', /not JSON/);
  isBad(
    'an object with something after it',
    '{"case":"Why?","plan":"Look","case_label":"positive"} #1',
    /not JSON/,
  );
  isBad('a number', '7', /no JSON object/);
  isBad('a list', '[]', /no JSON object/);
  isBad('another format', '{"question":"Why?","ground_truth":"So."}', /none of the formats/);
  isBad('a question that is none', '{"case":" ","plan":"Look"}', /no question/);
  isBad('a query that is none', '{"query":1,"case":"Why?"}', /no query/);
  isBad('a plan that is none', '{"case":"Why?","plan":5}', /no list of tasks/);
  isBad(
    'a record that lacks a field',
    '{"type":"case","case":{"id":"x"},"vectors":[]}',
    /^case\.id: is no ULID/,
  );

  it('does not mind a comma at the end', () => {
    const parsed = parseLine('{"case":"Why?","plan":"Look","case_label":"positive"},');
    assert.equal(parsed.type, 'case');
  });
});

describe('a file', () => {
  it('tells its bad lines with number and reason, and reads the others', async () => {
    const text = jsonl('garbage', { case: 'Why?', plan: 'Look' }, '', { case: 7 }, '{"case":"How');
    const { cases, badLines } = await fileOf(text);
    assert.deepEqual(
      cases.map((record) => record.case.question),
      ['Why?'],
    );
    assert.deepEqual(badLines, {
      count: 3,
      first: [
        { line: 1, reason: 'is not JSON' },
        { line: 4, reason: 'has no question' },
        { line: 5, reason: 'is not JSON' },
      ],
    });
  });

  it('with no case in it is refused in one sentence', async () => {
    for (const text of ['', 'MZ\0\0\u0001', '# Notes\n\nNothing here.\n', '{"a":1}\n', '[]']) {
      const read = await readText(text);
      assert.deepEqual(
        read.ok ? 'read' : read.fault.message,
        'The file has no cases in a format that Memento can import.',
      );
    }
  });

  it('of a newer version is refused in one sentence', async () => {
    const read = await readText(jsonl({ format: 'memento-memory', version: 2 }, { type: 'miracle' }));
    assert.equal(read.ok, false);
    assert.match(
      read.ok ? '' : read.fault.message,
      /newer version of Memento \(version 2.*please update Memento\.$/,
    );
  });

  it('that does not end is refused in one sentence', async () => {
    async function* endless() {
      for (;;) yield 'x'.repeat(2 ** 22);
    }
    const read = await readImport(endless(), { at: 0 });
    assert.match(read.ok ? '' : read.fault.message, /^The file is too large for one import: .*\.$/);
  });

  it('is read whatever is in it', () =>
    fc.assert(
      fc.asyncProperty(anyText, fc.integer({ min: 1, max: 50 }), async (text, length) => {
        assert.equal(typeof (await readText(text, length)).ok, 'boolean');
      }),
      { numRuns: 300 },
    ));
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { extractJson, jsonValues } from '../../../src/core/common/json';
import { PartialString, partialString } from '../../../src/core/common/partialString';

describe('extractJson', () => {
  const found: [string, unknown][] = [
    ['{"a":1}', { a: 1 }],
    ['  [1, 2]\n', [1, 2]],
    ['```json\n{"a": {"b": "}"}}\n```', { a: { b: '}' } }],
    ['Here you are:\n```\n{"a":1}\n```\nAnything else?', { a: 1 }],
    ['The plan {as asked} is {"plan":[{"id":1}]} — good luck {', { plan: [{ id: 1 }] }],
    ['As noted in [1] and [e2], {"a":1}', { a: 1 }],
    ['Calls: [{"tool":"x"}]', [{ tool: 'x' }]],
    ['<think>maybe {"a":0}?</think>\n{"a":1}', { a: 1 }],
    ['<tool_call>\n{"name":"x","arguments":{}}\n</tool_call>', { name: 'x', arguments: {} }],
    ['{"a":[1,2,],"b":"x,}",}', { a: [1, 2], b: 'x,}' }],
    ['{"a":"two\nlines\tand a tab"}', { a: 'two\nlines\tand a tab' }],
    ['{"a":"\\"{\\\\"}', { a: '"{\\' }],
    ['{"a":"```json\\n{}\\n```"}', { a: '```json\n{}\n```' }],
    ['He said "hi {" and {"a":1}', { a: 1 }],
  ];
  for (const [text, value] of found)
    it(`in ${JSON.stringify(text)}`, () => assert.deepEqual(extractJson(text), value));

  for (const text of [
    '',
    'no JSON',
    '"a"',
    '42',
    'null',
    '{',
    '{"a":',
    '{a:1}',
    '[1] and [2]',
    '<think>{"a":1}',
  ]) {
    it(`finds none in ${JSON.stringify(text)}`, () => assert.equal(extractJson(text), undefined));
  }

  it('takes any object as it was written, in prose and fences', () =>
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.constantFrom(undefined, 2),
        (value, indent) => {
          const json = JSON.stringify(value, null, indent);
          const expected: unknown = JSON.parse(json);
          assert.deepEqual(extractJson(json), expected);
          assert.deepEqual(extractJson(`Sure! ${json} Done.`), expected);
          if (!json.includes('```'))
            assert.deepEqual(extractJson(`Sure:\n\`\`\`json\n${json}\n\`\`\``), expected);
        },
      ),
    ));

  it('gives every value of a text once', () =>
    assert.deepEqual([...jsonValues('{"a":{"b":1}} then {"c":2}')], [{ a: { b: 1 } }, { c: 2 }]));

  it('never throws, and is done soon with hostile text', () => {
    fc.assert(fc.property(fc.string(), (text) => void extractJson(text)));
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('{', '}', '[', ']', '"', '\\', ',', ':', 'a', '\n', '```', '<think>')),
        (parts) => {
          extractJson(parts.join(''));
          partialString(parts.join(''), 'a');
        },
      ),
    );
    for (const text of ['{', '[', '{"', '[{', ',', '{"a":[', '```\n']) extractJson(text.repeat(100_000));
  });
});

describe('partialString', () => {
  const partial: [string, string][] = [
    ['', ''],
    ['{"ans', ''],
    ['{"answer":', ''],
    ['{"answer":"', ''],
    ['{"answer":"Hel', 'Hel'],
    ['{"answer":"Hel\\', 'Hel'],
    ['{"answer":"Hel\\n', 'Hel\n'],
    ['{"answer":"\\u00', ''],
    ['{"answer":"\\u00e9', 'é'],
    ['{"answer":"\\ud83d', ''],
    ['{"answer":"\\ud83d\\ude', ''],
    ['{"answer":"\\ud83d\\ude00', '😀'],
    ['{"answer":"\\ud83d!', '\ud83d!'],
    ['{"answer":"done","x":"', 'done'],
    ['{"x":{"answer":"inner","y":[{}]},"answer":"outer', 'outer'],
    ['{"x":"a,\\"answer\\":\\"no","answer" : "yes', 'yes'],
    ['{"\\u0061nswer":"yes', 'yes'],
    ['{"answer":42,"b":"', ''],
    ['{"answer":null', ''],
    ['```json\n{\n  "answer": "in a fence', 'in a fence'],
    ['<think>{"answer":"no"', ''],
    ['<think>{"answer":"no"}</think>{"answer":"yes', 'yes'],
    ['{"answer":"raw\nline', 'raw\nline'],
    ['{"answer":"bad \\x escape', 'bad '],
  ];
  for (const [text, value] of partial) {
    it(`of ${JSON.stringify(text)}`, () => assert.equal(partialString(text, 'answer'), value));
  }

  const text = fc.string({ unit: 'binary' });
  const objects = fc.dictionary(fc.oneof(text, fc.constant('answer')), fc.oneof(text, fc.jsonValue()));
  const asciiJson = (value: unknown) =>
    // Every UTF-16 unit beyond ASCII as an escape, as Python's json writes it.
    JSON.stringify(value).replace(
      /[^\0-\u007f]/g,
      (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );

  it('is a prefix of the value that only grows, and in the end all of it', () =>
    fc.assert(
      fc.property(objects, fc.boolean(), (value, ascii) => {
        const json = ascii ? asciiJson(value) : JSON.stringify(value);
        const whole = value['answer'];
        const expected = Object.hasOwn(value, 'answer') && typeof whole === 'string' ? whole : '';
        let before = '';
        for (let end = 0; end <= json.length; end++) {
          const now = partialString(json.slice(0, end), 'answer');
          assert.ok(
            now.startsWith(before),
            `${JSON.stringify(now)} does not begin with ${JSON.stringify(before)}`,
          );
          assert.ok(expected.startsWith(now));
          before = now;
        }
        assert.equal(before, expected);
      }),
    ));

  it('is the same in whatever pieces it arrives', () =>
    fc.assert(
      fc.property(
        fc.oneof(
          objects.map((value) => asciiJson(value)),
          objects.map((value) => `<think>{"answer":"no"}</think> So: ${JSON.stringify(value, null, 1)}`),
          fc
            .array(
              fc.constantFrom('{', '}', '[', ']', '"', '\\', ',', ':', '"answer"', 'u', 'é', '<think>', '</'),
            )
            .map((parts) => parts.join('')),
        ),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
        (json, sizes) => {
          const field = new PartialString('answer');
          let read = '';
          for (let at = 0, n = 0; at < json.length; n++) {
            const size = sizes[n % sizes.length] ?? 1;
            read += field.add(json.slice(at, at + size));
            at += size;
          }
          assert.equal(read, partialString(json, 'answer'));
        },
      ),
    ));
});

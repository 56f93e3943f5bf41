import assert from 'node:assert/strict';
import fc from 'fast-check';
import { serverPrefixes, toolNames } from '../../../src/core/tools/foreignNames';
import { resultOf } from '../../../src/node/mcp/content';
import { inputSchema } from '../../../src/node/mcp/inputSchema';
import { answeredId, MessageLines } from '../../../src/node/mcp/messageLines';
import { STEERS } from '../expect';
import { fuzz } from '../fuzz';
import { cutAt, cuts, INHERITED, jsonOf, pump, pumped, textOf } from '../inputs';

const KEYS = [
  ...[
    'type',
    'text',
    'data',
    'mimeType',
    'resource',
    'uri',
    'blob',
    'name',
    'title',
    'description',
    'annotations',
  ],
  ...[
    'properties',
    'items',
    'anyOf',
    'required',
    'enum',
    '$ref',
    '$schema',
    '$defs',
    'additionalProperties',
    'pattern',
  ],
];
const VALUES = [
  ...[
    'text',
    'image',
    'audio',
    'resource',
    'resource_link',
    'image/png',
    'text/plain',
    'iVBORw0=',
    'file:///a',
  ],
  ...['object', 'string', 'array', 'https://json-schema.org/draft/2020-12/schema', '\u001b[2Jx', '\u009b31m'],
];
const json = jsonOf(KEYS, VALUES);
const block = fc.oneof(
  json,
  fc.record({ type: fc.constant('text'), text: textOf(['\u001b[31m', '\u001b]0;x\u0007', 'a', '\r']) }),
  fc.record({
    type: fc.constant('image'),
    data: fc.base64String(),
    mimeType: fc.constantFrom('image/png', 'x'),
  }),
  fc.record({
    type: fc.constant('resource'),
    resource: fc.record({
      uri: fc.constantFrom('file:///a\u001b[1m', 'x:y'),
      text: fc.string({ unit: 'binary' }),
    }),
  }),
);

fuzz(
  'MCP result: parts that can be cited, none of which steers a terminal',
  [
    fc.array(block, { maxLength: 12, size: 'max' }),
    fc.option(fc.dictionary(fc.string(), json), { nil: undefined }),
    fc.boolean(),
  ],
  (content, structured, isError) => {
    const result = resultOf({ content, structured, isError }, 'mcp__a__b', 'Tool');
    assert.equal(result.ok, !isError);
    assert.ok(result.images.length <= 8);
    for (const { text, title, source } of result.content)
      for (const each of [text, title, source]) assert.doesNotMatch(each, STEERS);
  },
);

fuzz('MCP tools: a schema that models take, made once', [json], (written) => {
  const schema = inputSchema(written);
  assert.equal(schema['type'], 'object');
  assert.ok(!('$schema' in schema));
  assert.deepEqual(inputSchema(schema), schema);
  assert.ok(JSON.stringify(schema).length <= 30_100);
});

const deep = (depth: number): unknown =>
  Array.from({ length: depth }).reduce<unknown>(
    (inner) => ({ type: 'object', properties: { a: inner } }),
    {},
  );
fuzz('MCP tools: a schema may be as deep as it likes', [fc.nat(3_000)], (depth) => {
  assert.equal(inputSchema(deep(depth))['type'], 'object');
});

const name = fc.oneof(
  textOf(['a', '-', '_', '.', '/', ' ', 'Ä', '🎉', 'x'.repeat(70)], 5),
  fc.constantFrom(...INHERITED),
);
fuzz(
  'MCP tools: names that models take, no two alike',
  [fc.uniqueArray(name, { maxLength: 12 }), fc.uniqueArray(name, { maxLength: 4 })],
  (tools, servers) => {
    const prefixes = serverPrefixes(servers);
    assert.equal(new Set(prefixes).size, servers.length);
    for (const prefix of prefixes) {
      const names = toolNames(prefix, tools);
      assert.equal(new Set(names).size, tools.length);
      for (const each of names) assert.match(each, /^[A-Za-z0-9_-]{1,64}$/);
      // The same whatever stands beside it, unless it was like another one.
      assert.deepEqual(toolNames(prefix, [...tools].reverse()), [...names].reverse());
    }
  },
);

const LIMIT = 40;
const lines = textOf(
  ['{"jsonrpc":"2.0","id":1}', '"id": 7,', '\n', '\r\n', ' ', 'é', '東', '{', '}', 'x'.repeat(30)],
  12,
);
fuzz(
  'MCP lines: the same wherever the bytes are cut, none longer than the limit',
  [lines, cuts],
  (text, shares) => {
    const read = (pieces: readonly Uint8Array[]) => {
      const seen: string[] = [];
      const reader = new MessageLines(LIMIT, {
        onLine: (line) => {
          assert.ok(Buffer.byteLength(line) <= LIMIT);
          seen.push(line);
        },
        onTooLong: (edges) => seen.push(`too long ${String(answeredId(edges))}`),
      });
      for (const piece of pieces) reader.write(Buffer.from(piece));
      return seen;
    };
    const bytes = new TextEncoder().encode(text);
    const whole = read([bytes]);
    assert.deepEqual(read(cutAt(bytes, shares)), whole);
    const written = text
      .split('\n')
      .slice(0, -1)
      .filter((line) => line.trim() !== '');
    assert.equal(whole.length, written.length);
  },
);

fuzz('MCP lines: a line that never ends is not held', [pumped(['{', '"id":', 'x', ' '])], (each) => {
  const bytes = Buffer.from(pump(each).replaceAll('\n', ''));
  let told = 0;
  const reader = new MessageLines(1_000, {
    onLine: () => told++,
    onTooLong: (edges) => assert.ok((told++, edges.length) <= 600),
  });
  for (let at = 0; at < bytes.length; at += 700) reader.write(bytes.subarray(at, at + 700));
  reader.write(Buffer.from('\n{}\n'));
  assert.ok(told >= 1 && told <= 2);
});

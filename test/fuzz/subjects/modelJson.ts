import assert from 'node:assert/strict';
import fc from 'fast-check';
import { extractJson, jsonValues, parseJson, repaired } from '../../../src/core/common/json';
import { PartialString, partialString } from '../../../src/core/common/partialString';
import { bareCalls, parseReply } from '../../../src/models/jsonProtocol';
import { fuzz } from '../fuzz';
import { cutAt, cuts, damaged, jsonOf, pump, pumped, textOf } from '../inputs';

const TOKENS = [
  ...[
    '{',
    '}',
    '[',
    ']',
    ':',
    ',',
    '"',
    '\\',
    '\\"',
    '\\n',
    '\\u00e9',
    '\\ud83d\\ude00',
    '\\x',
    'true',
    '1e9',
  ],
  ...['{"final":"', '{"tool":"read_file","arguments":{', '"name":"search","parameters":', '"function":'],
  ...['```json\n', '```', '<think>', '</think>', '<tool_call>', '</tool_call>', '[TOOL_CALLS]', '"final":'],
];
const KEYS = ['final', 'tool', 'name', 'arguments', 'parameters', 'function', 'path', 'answer'];
const value = jsonOf(KEYS, ['read_file', 'search', '{"path":"a"}', { name: 'search', arguments: {} }]);
const written = value.map((each) => JSON.stringify(each) ?? '');
const text = fc.oneof(textOf(TOKENS), damaged(written, TOKENS));

fuzz('JSON of models: what is found is an object or a list, and stands for itself', [text], (each) => {
  for (const found of jsonValues(each)) {
    assert.ok(typeof found === 'object' && found !== null);
    const again = JSON.stringify(found);
    assert.equal(JSON.stringify(extractJson(again)), again);
  }
});

fuzz(
  'JSON of models: a repair leaves valid JSON as it is, and is done once',
  [written, text],
  (json, other) => {
    assert.deepEqual(parseJson(repaired(json)), parseJson(json));
    const once = repaired(other);
    if (parseJson(once) !== undefined) assert.equal(repaired(once), once);
  },
);

fuzz('JSON of models: long repetitions end', [pumped(TOKENS)], (each) => {
  const long = pump(each);
  extractJson(long);
  partialString(long, 'final');
  parseReply(long, true);
  bareCalls(long, []);
});

fuzz(
  'partial string: the same in whatever pieces a text comes, whole or not',
  [text, cuts],
  (each, shares) => {
    const reader = new PartialString('final');
    const pieces = cutAt(each, shares).map((piece) => reader.add(piece));
    const whole = new PartialString('final').add(each);
    // The half of a pair at the very end waits for its other half either way.
    assert.equal(pieces.join(''), whole);
    assert.ok(whole.length <= each.length);
  },
);

fuzz('partial string: long texts in single characters end', [pumped(TOKENS, 20_000)], (each) => {
  const long = pump(each);
  const reader = new PartialString('final');
  let read = '';
  for (const character of long) read += reader.add(character);
  assert.equal(read, partialString(long, 'final'));
});

fuzz(
  'JSON protocol: calls have a name and arguments as text, or it is an answer',
  [text, fc.boolean()],
  (each, free) => {
    const parsed = parseReply(each, free);
    if (parsed.kind === 'calls')
      for (const call of parsed.calls) {
        assert.ok(call.name !== '' && typeof call.arguments === 'string');
        assert.deepEqual(Object.keys(call).sort(), ['arguments', 'name']);
      }
    if (parsed.kind === 'final') assert.equal(typeof parsed.text, 'string');
  },
);

fuzz('JSON protocol: no call of a tool that was not offered', [text], (each) => {
  const offered = { name: 'search', description: '', parameters: {} };
  for (const call of bareCalls(each, [offered])) assert.equal(call.name, 'search');
  assert.deepEqual(bareCalls(each, []), []);
});

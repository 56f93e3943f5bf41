import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  parsePanelState,
  parseReportMessage,
  parseWebviewMessage,
  requestIdOf,
} from '../../../src/protocol/parse';
import { isResult } from '../expect';
import { fuzz } from '../fuzz';
import { jsonOf, withOtherValues } from '../inputs';

const TYPES = [
  ...[
    'approve',
    'deny',
    'stop',
    'steer',
    'plan',
    'exclude',
    'reuse',
    'judge',
    'openEvidence',
    'openArtifact',
  ],
  ...[
    'readArtifact',
    'showCommand',
    'stopCommand',
    'openCase',
    'openRun',
    'resume',
    'followUp',
    'copyAnswer',
  ],
  ...['export', 'saveArtifact', 'remedy', 'researchAgain', 'copyJson', 'refresh', 'ready', 'error', 'eval'],
];
const KEYS = [
  ...['type', 'requestId', 'request', 'approvalId', 'edited', 'reason', 'text', 'cycle', 'tasks', 'caseId'],
  ...[
    'holdsFor',
    'reward',
    'evidenceId',
    'mark',
    'callId',
    'path',
    'runId',
    'question',
    'format',
    'name',
    'id',
    'message',
  ],
];
const text = fc.constantFrom(
  'a1',
  '',
  'x'.repeat(201),
  '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  'html',
  'setKey',
  '../a',
);
const request = fc.record({
  type: fc.constantFrom(...TYPES),
  ...Object.fromEntries(
    [
      'approvalId',
      'caseId',
      'evidenceId',
      'callId',
      'runId',
      'path',
      'text',
      'question',
      'format',
      'name',
    ].map((key) => [key, text]),
  ),
  reward: fc.constantFrom(0, 1, null, 2, '1'),
  holdsFor: fc.constantFrom('searches', 'commands', true),
  cycle: fc.constantFrom(1, 0, 1.5),
  tasks: fc.constantFrom([], [{ id: 1, description: 'Look', dependsOn: [] }], [{ id: '1' }]),
});
const valid = fc.record({
  type: fc.constantFrom('request', 'error'),
  requestId: fc.nat(9),
  request,
  message: text,
});
const message = fc.oneof(
  withOtherValues(valid, jsonOf(KEYS, TYPES)),
  jsonOf(KEYS, TYPES),
  fc.anything({ withMap: true, withSet: true, withTypedArray: true, withDate: true }),
);

fuzz('webview message: what is taken is taken again as the same', [message], (value) => {
  for (const parse of [parseWebviewMessage, parseReportMessage]) {
    const read = parse(value);
    isResult(read);
    if (!read.ok) continue;
    assert.deepEqual(parse(read.value), read);
    assert.equal(requestIdOf(value), read.value.type === 'request' ? read.value.requestId : undefined);
  }
});

fuzz(
  'webview message: nothing comes through that was not sent, and nothing inherited',
  [message],
  (value) => {
    const read = parseWebviewMessage(value);
    if (!read.ok) return;
    const keys = (each: unknown): readonly string[] =>
      typeof each === 'object' && each !== null
        ? Object.entries(each).flatMap(([key, inner]) => [key, ...keys(inner)])
        : [];
    const sent = new Set(keys(value));
    for (const key of keys(read.value)) assert.ok(sent.has(key) && key !== '__proto__', key);
  },
);

fuzz(
  'panel state: a run id that can name a file, or none',
  [
    fc.oneof(
      jsonOf(['runId'], ['01ARZ3NDEKTSV4RRFFQ69G5FAV', '../x', '01ARZ3NDEKTSV4RRFFQ69G5FAV\n']),
      fc.anything(),
    ),
  ],
  (value) => {
    const id = parsePanelState(value);
    assert.ok(id === undefined || (id.length === 26 && /^\w+$/.test(id)), id);
  },
);

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { WebviewRequest } from '../../../src/protocol/messages';
import type { ReportRequest } from '../../../src/protocol/reportMessages';
import {
  parsePanelState,
  parseReportMessage,
  parseWebviewMessage,
  requestIdOf,
} from '../../../src/protocol/parse';

const requests: readonly WebviewRequest[] = [
  { type: 'approve', approvalId: 'a1' },
  { type: 'deny', approvalId: 'a1' },
  { type: 'deny', approvalId: 'a1', reason: 'too far' },
  { type: 'stop' },
  { type: 'steer', text: 'look in docs' },
  { type: 'reuse', caseId: 'c1' },
  { type: 'judge', reward: 1 },
  { type: 'judge', reward: 0, reason: 'wrong year' },
  { type: 'judge', reward: null },
  { type: 'openEvidence', evidenceId: 'e1' },
  { type: 'openArtifact', callId: 'k1' },
  { type: 'openArtifact', callId: 'k1', path: 'files/a b.png' },
  { type: 'readArtifact', callId: 'k1', path: 'files/table.csv' },
  { type: 'openCase', caseId: 'c1' },
  { type: 'showCommand', callId: 'k1' },
  { type: 'stopCommand', callId: 'k1' },
  { type: 'copyAnswer' },
  { type: 'remedy', name: 'setKey' },
  { type: 'researchAgain' },
  { type: 'resume' },
  { type: 'followUp', question: 'And then?' },
  { type: 'openRun', runId: 'r1' },
  { type: 'exclude', caseId: 'c1' },
  { type: 'approve', approvalId: 'a1', edited: 'ls -l' },
  { type: 'approve', approvalId: 'a1', holdsFor: 'searches' },
  { type: 'plan', cycle: 1, tasks: [{ id: 1, description: 'Look', dependsOn: [] }] },
];

describe('parseWebviewMessage', () => {
  for (const request of requests) {
    it(`takes ${JSON.stringify(request)}`, () => {
      const message = { type: 'request', requestId: 0, request };
      assert.deepEqual(parseWebviewMessage(message), { ok: true, value: message });
    });
  }

  it('takes ready and error', () => {
    assert.ok(parseWebviewMessage({ type: 'ready' }).ok);
    assert.ok(parseWebviewMessage({ type: 'error', message: 'boom' }).ok);
  });

  const refuses = (what: string, value: unknown) =>
    it(`refuses ${what}`, () => {
      const parsed = parseWebviewMessage(value);
      assert.equal(parsed.ok ? 'ok' : parsed.fault.code, 'bad-arguments');
    });
  refuses('nothing', undefined);
  refuses('an unknown type', { type: 'eval', code: '1' });
  refuses('an unknown request', { type: 'request', requestId: 1, request: { type: 'run', command: 'ls' } });
  refuses('an approval of nothing', { type: 'request', requestId: 1, request: { type: 'approve' } });
  for (const holdsFor of ['commands', 'everything', '', true, null, ['searches']]) {
    refuses(`an approval that holds for ${JSON.stringify(holdsFor)}`, {
      type: 'request',
      requestId: 1,
      request: { type: 'approve', approvalId: 'a1', holdsFor },
    });
  }
  refuses('a remedy that is not of the list', {
    type: 'request',
    requestId: 1,
    request: { type: 'remedy', name: 'workbench.action.quit' },
  });
  refuses('another reward', { type: 'request', requestId: 1, request: { type: 'judge', reward: 2 } });
  refuses('a request with no number', { type: 'request', request: { type: 'stop' } });
  refuses('an overlong text', { type: 'error', message: 'x'.repeat(20_001) });

  it('lets nothing through that the types do not name', () => {
    const request = { type: 'approve', approvalId: 'a', command: 'rm -rf /' };
    const parsed = parseWebviewMessage({ type: 'request', requestId: 1, request, extra: 1 });
    assert.deepEqual(parsed.ok && parsed.value, {
      type: 'request',
      requestId: 1,
      request: { type: 'approve', approvalId: 'a' },
    });
  });

  it('is total', () => {
    const shaped = fc.record(
      {
        type: fc.constantFrom('ready', 'error', 'request'),
        requestId: fc.anything(),
        request: fc.anything(),
      },
      { requiredKeys: ['type'] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.jsonValue(), shaped), (value) => {
        parseWebviewMessage(value);
        parseReportMessage(value);
        requestIdOf(value);
        parsePanelState(value);
      }),
    );
  });
});

describe('parseReportMessage', () => {
  const asked: readonly ReportRequest[] = [
    { type: 'openCase', caseId: 'c1' },
    { type: 'copyJson' },
    { type: 'refresh' },
  ];
  for (const request of asked) {
    it(`takes ${JSON.stringify(request)}`, () => {
      const message = { type: 'request', requestId: 3, request };
      assert.deepEqual(parseReportMessage(message), { ok: true, value: message });
    });
  }

  it('refuses what only the page of a run may ask for', () => {
    const request = { type: 'approve', approvalId: 'a1' };
    assert.equal(parseReportMessage({ type: 'request', requestId: 1, request }).ok, false);
    assert.equal(
      parseWebviewMessage({ type: 'request', requestId: 1, request: { type: 'copyJson' } }).ok,
      false,
    );
  });
});

describe('requestIdOf', () => {
  it('finds the number of a bad request', () => {
    assert.equal(requestIdOf({ type: 'request', requestId: 7, request: 1 }), 7);
    assert.equal(requestIdOf({ type: 'request', requestId: -1 }), undefined);
  });
});

describe('parsePanelState', () => {
  it('takes a ULID and nothing that could name another file', () => {
    const runId = '01JD3N6Q8ZK4V5W6X7Y8Z9ABCD';
    assert.equal(parsePanelState({ runId }), runId);
    assert.equal(parsePanelState({ runId: '../../../etc/passwd-000000' }), undefined);
    assert.equal(parsePanelState(null), undefined);
  });
});

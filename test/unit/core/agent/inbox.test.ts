/** What one approval may hold for: no more than was asked, and no more than the person said. */
import assert from 'node:assert/strict';
import type { RunEventBody } from '../../../../src/core/agent/events';
import { Inbox } from '../../../../src/core/agent/inbox';
import type { RunInput } from '../../../../src/core/agent/inputs';
import type { ApprovalRequest } from '../../../../src/core/tools/tool';
import { CountingIds } from '../../../fakes/memoryRuns';

const SEARCH: ApprovalRequest = {
  what: 'tool',
  command: 'web_search {"query":"lake"}',
  code: null,
  reasons: [],
  mayHoldFor: 'searches',
};
const { mayHoldFor: _, ...TOOL } = SEARCH;

/** Asks, and answers with these inputs, of which the last one settles it. */
async function asked(request: ApprovalRequest, ...inputs: readonly Partial<RunInput>[]) {
  const events: RunEventBody[] = [];
  const inbox = new Inbox(new CountingIds(), (event) => events.push(event));
  const answer = inbox.ask('c1', request, new AbortController().signal);
  const [requested] = events;
  assert.ok(requested?.type === 'approval.requested');
  const { approvalId } = requested;
  const faults = inputs.map((input) => {
    const taken = inbox.receive({ type: 'approve', approvalId, ...input } as RunInput);
    return taken.ok ? '' : taken.fault.code;
  });
  return { requested, faults, answer: await answer, resolved: events[1] };
}

describe('an approval that may hold for more', () => {
  it('says so in its event, and holds for what the person chose', async () => {
    const { requested, faults, answer, resolved } = await asked(SEARCH, { holdsFor: 'searches' });
    assert.equal(requested.mayHoldFor, 'searches');
    assert.deepEqual(faults, ['']);
    assert.deepEqual(answer, { approved: true, reason: null, holdsFor: 'searches' });
    assert.ok(resolved?.type === 'approval.resolved');
    assert.deepEqual([resolved.decision, resolved.holdsFor], ['approved', 'searches']);
  });

  it('holds for itself where they chose nothing more', async () => {
    const { answer, resolved } = await asked(SEARCH, {});
    assert.deepEqual(answer, { approved: true, reason: null });
    assert.ok(resolved && !('holdsFor' in resolved));
  });

  it('holds for nothing where they deny', async () => {
    const { answer } = await asked(SEARCH, { type: 'deny' });
    assert.deepEqual(answer, { approved: false, reason: null });
  });

  it('is not taken where that was not offered, and the question stays open', async () => {
    const { requested, faults, answer } = await asked(TOOL, { holdsFor: 'searches' }, {});
    assert.ok(!('mayHoldFor' in requested));
    assert.deepEqual(faults, ['bad-arguments', '']);
    assert.deepEqual(answer, { approved: true, reason: null });
  });

  it('is not taken of a command that was changed', async () => {
    const edited = { holdsFor: 'searches', edited: 'ls -l' } as const;
    const command = { ...TOOL, what: 'command', command: 'ls' } as const;
    assert.deepEqual((await asked(command, edited, {})).faults, ['bad-arguments', '']);
    assert.deepEqual((await asked(SEARCH, edited, {})).faults, ['bad-arguments', '']);
  });
});

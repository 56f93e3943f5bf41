import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { RunEvent } from '../../../src/core/agent/events';
import type { HostMessage } from '../../../src/protocol/messages';
import { followElsewhere } from '../../../src/vscode/runElsewhere';

const text = (seq: number): RunEvent => ({ v: 1, seq, at: seq, runId: 'r', type: 'user.steered', text: '' });

describe('a run that another process is at work on', () => {
  it('is shown as it is, then as it grows, until nobody is at work on it', async () => {
    const log = [text(0)];
    const runs = {
      tail: async (_runId: string, offset: number) => ({ events: log.slice(offset), end: log.length }),
      isUnderWay: async () => log.push(text(log.length)) < 4,
    };
    const posted: HostMessage[] = [];
    const followed = await followElsewhere(
      { runId: 'r', runs },
      (message) => posted.push(message),
      new AbortController().signal,
      1,
    );
    await followed.ended;
    const told = posted.flatMap((message) => (message.type === 'events' ? [message] : []));
    assert.deepEqual(
      told.map(({ reset, live, elsewhere, events }) => [
        reset,
        live,
        elsewhere,
        events.map(({ seq }) => seq),
      ]),
      [
        [true, false, true, [0]],
        [false, false, true, [1]],
        [false, false, true, [2]],
      ],
    );
  });

  it('is let go of when the page is gone', async () => {
    const stop = new AbortController();
    const runs = { tail: async () => ({ events: [], end: 0 }), isUnderWay: async () => true };
    const followed = await followElsewhere({ runId: 'r', runs }, () => undefined, stop.signal, 100_000);
    stop.abort();
    await followed.ended;
  });
});

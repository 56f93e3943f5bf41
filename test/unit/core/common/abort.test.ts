import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { deadline } from '../../../../src/core/common/abort';

describe('deadline', () => {
  const aborted = (signal: AbortSignal) =>
    new Promise<unknown>((resolve) => signal.addEventListener('abort', () => resolve(signal.reason)));

  it('passes, whatever the collector of garbage does in the meantime', async () => {
    setFlagsFromString('--expose-gc');
    const late = aborted(deadline(100, new AbortController().signal).signal);
    const timer = setInterval(() => void runInNewContext('gc()'), 10);
    const reason = await late;
    clearInterval(timer);
    assert.ok(reason instanceof DOMException && reason.name === 'TimeoutError');
  });

  it('is not passed where a parent aborts first', () => {
    const parent = new AbortController();
    const limit = deadline(60_000, parent.signal);
    parent.abort(new Error('not wanted'));
    limit.release();
    assert.deepEqual([limit.signal.aborted, limit.isPassed()], [true, false]);
  });
});

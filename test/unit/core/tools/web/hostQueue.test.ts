import assert from 'node:assert/strict';
import { HostQueue } from '../../../../../src/core/tools/web/hostQueue';

describe('requests to a host', () => {
  const never = new AbortController().signal;

  /** A queue whose clock only moves while it sleeps. */
  const queueAt = (clock: { now: number }) =>
    new HostQueue({
      clock: { now: () => clock.now },
      sleep: async (ms) => {
        clock.now += ms;
      },
    });

  it('a clock that is set back makes nobody wait', async () => {
    const clock = { now: 3_600_000 };
    const queue = queueAt(clock);
    await queue.run('a', 200, never, async () => undefined);
    clock.now = 0;
    await queue.run('a', 200, never, async () => undefined);
    assert.equal(clock.now, 0);
  });

  it('two at once, others in their order, another host at its own pace', async () => {
    const queue = queueAt({ now: 0 });
    const started: string[] = [];
    const finish: (() => void)[] = [];
    const start = (host: string, name: string) =>
      queue.run(host, 0, never, () => {
        started.push(name);
        return new Promise<void>((resolve) => finish.push(resolve));
      });
    const work = [start('a', '1'), start('a', '2'), start('a', '3'), start('a', '4'), start('b', '5')];
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(started, ['1', '2', '5']);
    finish[0]?.();
    await work[0];
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(started, ['1', '2', '5', '3']);
    for (const next of [1, 2, 3]) finish[next]?.();
    await new Promise((resolve) => setImmediate(resolve));
    finish[4]?.();
    await Promise.all(work);
    assert.deepEqual(started, ['1', '2', '5', '3', '4']);
  });

  it('between two starts as much time as is asked for', async () => {
    const clock = { now: 1_000 };
    const queue = queueAt(clock);
    const times: number[] = [];
    for (const _ of [1, 2, 3]) await queue.run('a', 500, never, async () => times.push(clock.now));
    assert.deepEqual(times, [1_000, 1_500, 2_000]);
  });

  it('work that fails, and who gives up waiting, make room', async () => {
    const queue = queueAt({ now: 0 });
    await assert.rejects(
      queue.run('a', 0, never, () => Promise.reject(new Error('no'))),
      /no/,
    );
    const finish: (() => void)[] = [];
    const busy = () => queue.run('a', 0, never, () => new Promise<void>((resolve) => finish.push(resolve)));
    const work = [busy(), busy()];
    const abort = new AbortController();
    const given = queue.run('a', 0, abort.signal, async () => assert.fail('it was given up'));
    const last = queue.run('a', 0, never, async () => 'done');
    abort.abort();
    await assert.rejects(given, { name: 'AbortError' });
    for (const end of finish) end();
    assert.equal(await last, 'done');
    await Promise.all(work);
  });
});

import assert from 'node:assert/strict';
import { Turnstile } from '../../../../../../src/core/tools/web/search/pace';
import { VirtualTimer } from '../../../../../fakes/virtualTimer';
import { never } from './support';

describe('the pace of a provider', () => {
  it('starts requests in order, so far apart', async () => {
    const timer = new VirtualTimer(1_000_000);
    const turnstile = new Turnstile({ everyMs: 3_000, atOnce: 1 }, timer);
    const started: [number, number][] = [];
    await Promise.all(
      [0, 1, 2].map((n) => turnstile.run(async () => started.push([n, timer.now() - 1_000_000]), never())),
    );
    assert.deepEqual(started, [
      [0, 0],
      [1, 3_000],
      [2, 6_000],
    ]);
  });

  it('does not wait where nobody was asked for long', async () => {
    const timer = new VirtualTimer();
    const turnstile = new Turnstile({ everyMs: 3_000, atOnce: 1 }, timer);
    await turnstile.run(async () => undefined, never());
    timer.pass(10_000);
    await turnstile.run(async () => undefined, never());
    assert.deepEqual(timer.waits, []);
  });

  it('has no more under way than allowed, also when work fails', async () => {
    const turnstile = new Turnstile({ everyMs: 0, atOnce: 2 }, new VirtualTimer());
    let underWay = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++underWay);
      await new Promise((resolve) => setImmediate(resolve));
      underWay--;
      throw new Error('broken');
    };
    const runs = Array.from({ length: 9 }, () => turnstile.run(work, never()).catch(() => 'failed'));
    assert.deepEqual(
      await Promise.all(runs),
      Array.from({ length: 9 }, () => 'failed'),
    );
    assert.equal(most, 2);
  });

  it('lets a cancelled call out of the queue, and the next one in', async () => {
    const turnstile = new Turnstile({ everyMs: 0, atOnce: 1 }, new VirtualTimer());
    let finish = () => {};
    const first = turnstile.run(() => new Promise<void>((resolve) => (finish = resolve)), never());
    const cancel = new AbortController();
    const second = turnstile.run(async () => 'second', cancel.signal);
    const third = turnstile.run(async () => 'third', never());
    cancel.abort();
    await assert.rejects(second, { name: 'AbortError' });
    finish();
    await first;
    assert.equal(await third, 'third');
    await assert.rejects(
      turnstile.run(async () => 'late', cancel.signal),
      { name: 'AbortError' },
    );
    assert.equal(await turnstile.run(async () => 'fourth', never()), 'fourth');
  });

  it('waits no longer than the pace asks when the clock is set back', async () => {
    const timer = new VirtualTimer();
    const turnstile = new Turnstile({ everyMs: 3_000, atOnce: 1 }, timer);
    await turnstile.run(async () => undefined, never());
    timer.pass(-86_400_000);
    await turnstile.run(async () => undefined, never());
    assert.deepEqual(timer.waits, [3_000]);
  });
});

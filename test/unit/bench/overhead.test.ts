import assert from 'node:assert/strict';
import { allocatedBetween } from '../../../bench/overhead/allocation';
import { Stopwatch } from '../../../bench/overhead/stopwatch';

describe('a stopwatch', () => {
  it('counts time once in which several calls are under way', async () => {
    let now = 0;
    const watch = new Stopwatch(() => now);
    const ends: (() => void)[] = [];
    const call = () => watch.time(() => new Promise<void>((resolve) => ends.push(resolve)));
    const first = call();
    now = 2;
    const second = call();
    now = 5;
    ends[0]?.();
    await first;
    assert.equal(watch.total, 5);
    now = 7;
    ends[1]?.();
    await second;
    now = 100;
    assert.equal(watch.total, 7);
    await watch.time(() => Promise.reject(new Error('no'))).catch(() => (now = 101));
    assert.equal(watch.total, 7);
  });
});

describe('what was allocated', () => {
  it('is what came between the collections, whatever they freed', () => {
    const collections = [
      { before: 150, after: 40 },
      { before: 90, after: 30 },
    ];
    assert.equal(allocatedBetween(100, collections, 45), 50 + 50 + 15);
    assert.equal(allocatedBetween(100, [], 130), 30);
  });
});

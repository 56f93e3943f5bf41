import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { LockTimeout, withLock } from '../../../src/node/fileLock';
import { isEarlierBoot, ownIdentity } from '../../../src/node/processIdentity';
import { temporaryFolder } from '../../fakes/temporaryFolder';

describe('withLock', () => {
  const folder = temporaryFolder();
  const lock = () => path.join(folder(), 'test.lock');
  const left = (holder: object | string) =>
    writeFile(lock(), typeof holder === 'string' ? holder : JSON.stringify(holder));
  const soon = { waitMs: 5_000, silenceMs: 50 };
  const patient = { waitMs: 100, silenceMs: 60_000 };

  it('lets one in at a time', async () => {
    let inside = 0;
    let most = 0;
    const visit = () =>
      withLock(lock(), async () => {
        most = Math.max(most, ++inside);
        await new Promise(setImmediate);
        inside--;
      });
    await Promise.all(Array.from({ length: 10 }, visit));
    assert.equal(most, 1);
    assert.deepEqual(await readdir(folder()), []);
  });

  it('is free again after a failure', async () => {
    const failing = withLock(lock(), () => Promise.reject(new Error('broken')));
    await assert.rejects(failing, { message: 'broken' });
    assert.equal(await withLock(lock(), async () => 'done', patient), 'done');
  });

  it('is taken over at once from a process that is gone', async () => {
    const { place } = ownIdentity();
    await left({ pid: 2 ** 22 + 1, place, started: '1', token: 'x' });
    assert.equal(await withLock(lock(), async () => 'done', patient), 'done');
  });

  it('is taken over where the pid belongs to a later process', async function () {
    const own = ownIdentity();
    if (own.started === '') this.skip();
    await left({ ...own, started: '1', token: 'x' });
    assert.equal(await withLock(lock(), async () => 'done', patient), 'done');
  });

  it('is never taken over from a process that lives', async function () {
    const own = ownIdentity();
    if (own.started === '') this.skip();
    await left({ ...own, token: 'x' });
    const waiting = withLock(lock(), async () => 'done', { waitMs: 300, silenceMs: 50 });
    await assert.rejects(waiting, LockTimeout);
    assert.match(await readFile(lock(), 'utf8'), /"token":"x"/);
  });

  for (const [name, holder] of [
    ['a stranger', { pid: 1, place: 'another machine', started: '1', token: 'x' }],
    ['one that died before it wrote its name', ''],
    ['something that is no holder', '{"pid":'],
  ] as const) {
    it(`is taken over from ${name} once it was silent for long`, async () => {
      await left(holder);
      await assert.rejects(
        withLock(lock(), async () => 'done', patient),
        LockTimeout,
      );
      assert.equal(await withLock(lock(), async () => 'done', soon), 'done');
      assert.deepEqual(await readdir(folder()), []);
    });
  }

  it('is left to whoever took it over', async () => {
    await withLock(lock(), () => left({ ...ownIdentity(), token: 'another' }));
    assert.match(await readFile(lock(), 'utf8'), /another/);
  });
});

describe('isEarlierBoot', () => {
  const outside = 'pid:[4026531836]';
  for (const [expected, other, place] of [
    [true, `host m1 boot1 ${outside}`, `host m1 boot2 ${outside}`],
    [false, `host m1 boot2 ${outside}`, `host m1 boot2 ${outside}`],
    [false, `host m2 boot1 ${outside}`, `host m1 boot2 ${outside}`],
    [false, `other m1 boot1 ${outside}`, `host m1 boot2 ${outside}`],
    [false, 'host m1 boot1 pid:[4026532001]', `host m1 boot2 ${outside}`],
    [false, `host m1 boot1 ${outside}`, 'host m1 boot2 pid:[4026532001]'],
    [false, `host  boot1 ${outside}`, `host  boot2 ${outside}`],
    [false, 'host   ', 'host   '],
    [false, '', `host m1 boot2 ${outside}`],
  ] as const) {
    it(`${expected}: ${other} seen from ${place}`, () => assert.equal(isEarlierBoot(other, place), expected));
  }
});

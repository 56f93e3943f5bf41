import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createDiskCache } from '../../../src/node/diskCache';
import { temporaryFolder } from '../../fakes/temporaryFolder';

describe('disk cache', () => {
  const parent = temporaryFolder();
  let time = 1_700_000_000_000;
  const folder = () => path.join(parent(), 'cache');
  const cacheOf = (maxBytes = 10_000) => createDiskCache({ folder: folder(), maxBytes, now: () => time });
  const text = (bytes: Uint8Array | undefined) => bytes && new TextDecoder().decode(bytes);
  const bytesOf = (content: string) => new TextEncoder().encode(content);
  /** The only file there is. */
  const onlyFile = async () => path.join(folder(), (await readdir(folder()))[0]!);

  it('gives back what was written, to another process too', async () => {
    const cache = cacheOf();
    assert.equal(await cache.read('https://a.org/'), undefined);
    await cache.write('https://a.org/', bytesOf('one'));
    await cache.write('https://a.org/', bytesOf('two'));
    await cache.write('', bytesOf(''));
    assert.equal(text(await cache.read('https://a.org/')), 'two');
    assert.equal(text(await cacheOf().read('https://a.org/')), 'two');
    assert.equal(text(await cache.read('')), '');
    assert.equal((await readdir(folder())).length, 2);
  });

  it('tells nothing by its names, and nothing to other users', async () => {
    await cacheOf().write('../../secret', bytesOf('x'));
    assert.deepEqual(await readdir(parent()), ['cache']);
    assert.match(path.basename(await onlyFile()), /^[\da-f]{64}$/);
    if (process.platform !== 'win32') assert.equal((await stat(folder())).mode & 0o077, 0);
  });

  it('takes damaged files for none', async () => {
    const cache = cacheOf();
    for (const damage of [
      (bytes: Buffer) => bytes.subarray(0, -1),
      (bytes: Buffer) => Buffer.concat([bytes.subarray(0, -1), Buffer.from('!')]),
      () => Buffer.alloc(0),
    ]) {
      await cache.write('key', bytesOf('content'));
      const file = await onlyFile();
      await writeFile(file, damage(await readFile(file)));
      assert.equal(await cache.read('key'), undefined);
    }
  });

  it('throws away what was used longest ago', async () => {
    const cache = cacheOf(500);
    for (const key of ['a', 'b', 'c', 'd']) {
      time += 10_000;
      await cache.write(key, new Uint8Array(68));
    }
    time += 10_000;
    await cache.read('a');
    time += 10_000;
    await cache.write('e', new Uint8Array(68)); // 500 bytes: full
    await cache.write('f', new Uint8Array(68));
    const kept = await Promise.all(
      ['a', 'b', 'c', 'd', 'e', 'f'].map(async (key) => (await cache.read(key)) && key),
    );
    assert.deepEqual(kept, ['a', undefined, undefined, 'd', 'e', 'f']);
  });

  it('keeps nothing that is larger than itself, and the rest', async () => {
    const cache = cacheOf(100);
    await cache.write('small', new Uint8Array(10));
    await cache.write('large', new Uint8Array(100));
    assert.equal((await cache.read('small'))?.length, 10);
    assert.equal(await cache.read('large'), undefined);
  });

  it('clears away what was left half written, when it is old', async () => {
    await mkdir(folder(), { recursive: true });
    await writeFile(path.join(folder(), 'old.tmp'), 'x');
    await utimes(path.join(folder(), 'old.tmp'), time / 1000 - 4000, time / 1000 - 4000);
    await writeFile(path.join(folder(), 'new.tmp'), 'x');
    await utimes(path.join(folder(), 'new.tmp'), time / 1000, time / 1000);
    await cacheOf().write('a', bytesOf('x'));
    assert.deepEqual(
      (await readdir(folder())).filter((name) => name.endsWith('.tmp')),
      ['new.tmp'],
    );
  });

  it('survives whatever is wrong with its folder', async () => {
    await writeFile(folder(), 'a file');
    const cache = cacheOf();
    await cache.write('a', bytesOf('x'));
    assert.equal(await cache.read('a'), undefined);
  });

  it('can be written by many at once', async () => {
    const caches = [cacheOf(), cacheOf(), cacheOf()];
    const writes = caches.flatMap((cache, i) =>
      [1, 2, 3, 4].map((n) => cache.write('same', bytesOf(`${i}-${n}`.padEnd(100, '.')))),
    );
    await Promise.all(writes);
    assert.match(text(await cacheOf().read('same')) ?? '', /^\d-\d\.+$/);
    assert.equal((await readdir(folder())).length, 1);
  });
});

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { appendFile, mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import {
  adding,
  type Change,
  forgetting,
  judging,
  restoring,
} from '../../../../src/core/memory/journal/changes';
import { generationsOf, isSegment } from '../../../../src/node/journal/layout';
import { someCase } from '../../../fakes/memoryBank';
import { add, ALWAYS, ids, imagesIn, opened } from '../../../fakes/journalBank';
import { temporaryFolder } from '../../../fakes/temporaryFolder';

const WRITER = path.resolve('test/unit/node/children/writeCases.ts');
const DAY_MS = 24 * 60 * 60 * 1000;
/** Starts the writer and gives what it acknowledged when it has ended; after `killAfter` lines it is killed. */
function writer(folder: string, count: number, killAfter = Infinity): Promise<string[]> {
  const child = spawn(process.execPath, ['--import', 'tsx', WRITER, folder, `${count}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
    if (output.split('\n').length > killAfter) child.kill('SIGKILL');
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', () => resolve(output.split('\n').slice(0, -1)));
  });
}

describe('BankJournal', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const names = async () => (await readdir(folder())).sort();
  const segments = async () => (await names()).filter(isSegment);
  const images = () => imagesIn(folder());
  const damaged = () => readdir(path.join(folder(), 'damaged'));

  it('keeps what was written for the next one who opens it', async () => {
    const deep = path.join(folder(), 'not/made/yet');
    const journal = opened(deep);
    assert.deepEqual(await ids(journal), []);
    const id = await add(journal);
    assert.deepEqual(await ids(opened(deep)), [id]);
    assert.equal(await journal.warning(), undefined);
    assert.deepEqual((await readdir(deep)).map(isSegment), [true]);
  });

  it('makes no file for whoever only reads', async () => {
    const journal = opened(path.join(folder(), 'bank'));
    await ids(journal);
    await journal.dispose();
    assert.deepEqual(await names(), []);
  });

  it('rejects only the change that throws', async () => {
    const journal = opened(folder());
    const bug: Change<void> = {
      operations: () => {
        throw new Error('a bug');
      },
      result: () => undefined,
    };
    const results = await Promise.allSettled([add(journal), journal.write(bug), add(journal)]);
    assert.deepEqual(
      results.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled'],
    );
    assert.equal((await ids(opened(folder()))).length, 2);
  });

  it('sees what another one wrote, and says so', async () => {
    const [one, two] = [opened(folder()), opened(folder())];
    let changes = 0;
    await ids(one);
    one.onDidChange(() => changes++);
    const id = await add(two);
    assert.deepEqual([await ids(one), changes], [[id], 1]);
    await one.write(judging(id, { reward: 1, reason: null, at: 1 }));
    assert.equal(await two.read((bank) => bank.get(id)?.reward), 1);
    assert.equal(changes, 2);
  });

  for (const bounds of [undefined, ALWAYS]) {
    it(`is the same after it was closed and opened, ${bounds ? 'from images' : 'from the journal'}`, async () => {
      const journal = opened(folder(), bounds && { bounds });
      const vector = { encoder: 'test', values: new Float32Array([0.6, 0.8]) };
      const [kept, forgotten, restored] = [someCase({ question: 'a \ud800' }), someCase(), someCase()];
      for (const record of [kept, forgotten, restored]) await journal.write(adding(record, vector));
      await journal.write(judging(kept.id, { reward: 0, reason: 'old', at: 4 }));
      for (const { id } of [forgotten, restored]) await journal.write(forgetting(id, Date.now()));
      assert.equal(await journal.write(restoring(restored.id)), true);
      await journal.dispose();
      const told = await opened(folder()).read((bank) => ({
        kept: bank.get(kept.id),
        all: bank.list({ offset: 0, limit: 9 }).cases.map(({ id }) => id),
        near: bank.candidates('?', vector, 9).map(({ case: { id }, cosine }) => [id, cosine?.toFixed(3)]),
      }));
      assert.deepEqual(told.kept, { ...kept, reward: 0, reason: 'old', judgedAt: 4 });
      assert.deepEqual(told.all, [restored.id, kept.id]);
      assert.deepEqual(told.near.sort(), [
        [kept.id, '1.000'],
        [restored.id, '1.000'],
      ]);
      assert.equal((await images()).length, bounds ? 2 : 0);
    });
  }

  for (const [what, bounds] of [
    ['bytes', { bytes: 2000 }],
    ['records', { records: 4 }],
  ] as const) {
    it(`makes an image where too many ${what} are in none`, async () => {
      const journal = opened(folder(), { bounds });
      const id = await add(journal);
      assert.deepEqual(await images(), []);
      for (let at = 0; at < 20; at++) await journal.write(judging(id, { reward: 1, reason: null, at }));
      assert.notEqual((await images()).length, 0);
    });
  }

  it('makes images of a large bank the more seldom', async () => {
    const generations = async (imageBytes: number) => {
      const bank = path.join(folder(), `${imageBytes}`);
      const journal = opened(bank, { bounds: { records: 4, imageBytes } });
      const id = await add(journal);
      for (let at = 0; at < 60; at++) await journal.write(judging(id, { reward: 1, reason: null, at }));
      return generationsOf(await readdir(bank))[0] ?? 0;
    };
    const usual = await generations(Infinity);
    // An image is larger than this, however little is in it: it has a page of 16 KB for each table.
    const large = await generations(30_000);
    assert.ok(large > 1 && large * 2 < usual, `${large} images of the large one, ${usual} of the other`);
  });

  it('makes the image when nothing is asked, or at its end, or when it is late', async () => {
    const patient = { bounds: { records: 4 }, idleMs: 60_000 };
    const journal = opened(folder(), patient);
    const id = await add(journal);
    const judge = (at: number) => journal.write(judging(id, { reward: 1, reason: null, at }));
    for (let at = 0; at < 9; at++) await judge(at);
    assert.deepEqual(await images(), []);
    for (let at = 9; at < 20; at++) await judge(at);
    assert.notEqual((await images()).length, 0);
    const other = opened(folder(), patient);
    for (let n = 0; n < 6; n++) await add(other);
    const before = await images();
    await other.dispose();
    assert.notDeepEqual(await images(), before);
    const atItsEnd = await images();
    const quick = opened(folder(), { ...patient, idleMs: 1 });
    for (let n = 0; n < 6; n++) await add(quick);
    // Until then the test does not end: mocha's limit is the only clock.
    while (isDeepStrictEqual(await images(), atItsEnd))
      await new Promise((resolve) => setTimeout(resolve, 5));
  });

  it('loses nothing of two processes that write at once', async () => {
    const printed = await Promise.all([writer(folder(), 30), writer(folder(), 30)]);
    assert.equal(printed.flat().length, 60);
    assert.deepEqual(await ids(opened(folder())), printed.flat().sort());
  });

  for (const killAfter of [1, 9]) {
    it(`loses nothing acknowledged when a process is killed after ${killAfter}`, async () => {
      const [killed, other] = await Promise.all([writer(folder(), 1000, killAfter), writer(folder(), 10)]);
      const journal = opened(folder());
      const there = new Set(await ids(journal));
      assert.equal(killed.length >= killAfter && killed.length < 1000 && other.length === 10, true);
      assert.deepEqual(
        [...killed, ...other].filter((id) => !there.has(id)),
        [],
      );
    });
  }

  it('keeps two images, and of the segments what the older one does not have', async () => {
    const journal = opened(folder(), { bounds: ALWAYS });
    for (let i = 0; i < 6; i++) await add(journal);
    assert.deepEqual(generationsOf(await names()), [6, 5]);
    assert.equal((await segments()).length, 1);
    assert.equal((await ids(opened(folder()))).length, 6);
  });

  it('reads an image anew where segments may have been deleted that it never read', async () => {
    const idle = opened(folder());
    const first = await add(idle);
    const busy = opened(folder(), { bounds: ALWAYS });
    for (let i = 0; i < 5; i++) await add(busy);
    await busy.dispose();
    assert.equal((await ids(idle)).length, 6);
    await add(idle);
    assert.equal((await ids(opened(folder()))).length, 7);
    assert.equal((await ids(opened(folder()))).includes(first), true);
  });

  for (const [name, harm] of [
    ['a flipped byte', async (file: string) => writeFile(file, (await readFile(file)).fill(1, 99, 100))],
    ['an empty file', (file: string) => writeFile(file, '')],
    ['a cut file', async (file: string) => writeFile(file, (await readFile(file)).subarray(0, 5000))],
    ['a longer file', (file: string) => appendFile(file, 'x')],
  ] as const) {
    it(`sets ${name} aside and loses nothing`, async () => {
      const writing = opened(folder(), { bounds: ALWAYS });
      for (let i = 0; i < 4; i++) await add(writing);
      const [newest] = await images();
      await harm(newest!);
      const bytes = await readFile(newest!);
      const journal = opened(folder());
      assert.deepEqual(await ids(journal), await ids(writing));
      const [aside] = await damaged();
      assert.deepEqual(await readFile(path.join(folder(), 'damaged', aside!)), bytes);
      assert.match((await journal.warning()) ?? '', /was damaged and set aside .*restored/);
      assert.equal(await journal.warning(), undefined);
      await add(opened(folder(), { bounds: ALWAYS }));
      assert.equal((await ids(opened(folder()))).length, 5);
    });
  }

  it('finds all that is whole where a segment is damaged, keeps the rest and tells it once', async () => {
    const writing = opened(folder());
    const all = [await add(writing), await add(writing), await add(writing)];
    await writing.dispose();
    const file = path.join(folder(), (await segments())[0]!);
    const bytes = await readFile(file);
    bytes[bytes.indexOf(all[1]!)]! ^= 1;
    await writeFile(file, bytes);
    const journal = opened(folder());
    assert.deepEqual(await ids(journal), [all[0], all[2]]);
    assert.match((await journal.warning()) ?? '', /A part of the memory was damaged .* may be missing/);
    const [kept] = await damaged();
    assert.equal((await readFile(path.join(folder(), 'damaged', kept!))).includes(all[1]!.slice(1)), true);
    assert.equal(await opened(folder()).warning(), undefined);
  });

  it('tells of an end that nobody will finish', async () => {
    const writing = opened(folder());
    const all = [await add(writing), await add(writing)];
    const file = path.join(folder(), (await segments())[0]!);
    await truncate(file, (await readFile(file)).length - 1);
    const gone = { own: () => ({ pid: 1, place: 'x', started: '' }), livenessOf: () => 'gone' as const };
    const journal = opened(folder(), { processes: gone });
    assert.deepEqual(await ids(journal), [all[0]]);
    assert.match((await journal.warning()) ?? '', /A part of the memory was damaged/);
  });

  it('saves what it holds again where its own segment was removed or cut', async () => {
    const journal = opened(folder());
    const all = [await add(journal), await add(journal)];
    const file = path.join(folder(), (await segments())[0]!);
    await truncate(file, 10);
    all.push(await add(journal));
    assert.deepEqual(await ids(opened(folder())), all);
    for (const name of await segments()) await rm(path.join(folder(), name));
    await ids(journal);
    all.push(await add(journal));
    assert.deepEqual(await ids(opened(folder())), all);
  });

  it('starts with what the journal has where no image is whole', async () => {
    const writing = opened(folder(), { bounds: ALWAYS });
    for (let i = 0; i < 4; i++) await add(writing);
    for (const file of await images()) await writeFile(file, 'x');
    const journal = opened(folder());
    assert.equal((await ids(journal)).length >= 1, true);
    assert.match((await journal.warning()) ?? '', /older cases may be missing/);
    assert.equal((await damaged()).length, 2);
  });

  describe('what is forgotten', () => {
    const tells = async () => {
      const files = await readdir(folder(), { recursive: true, withFileTypes: true });
      const all = files.filter((file) => file.isFile());
      const texts = all.map((file) => readFile(path.join(file.parentPath, file.name), 'latin1'));
      return (await Promise.all(texts)).some((text) => text.includes('A secret?'));
    };

    it('can be restored for a day, then it is in no file any more', async () => {
      let now = Date.UTC(2026, 0, 1);
      const journal = opened(folder(), { now: () => now, bounds: { bytes: 2000, segments: 9 } });
      const [secret, second] = [await add(journal, { question: 'A secret?' }), await add(journal)];
      await journal.write(forgetting(secret, now));
      for (let i = 0; i < 9; i++) await add(journal);
      now += DAY_MS - 1;
      await add(journal);
      assert.equal(await tells(), true);
      await journal.write(restoring(secret));
      assert.equal((await ids(journal)).includes(secret), true);
      await journal.write(forgetting(secret, now));
      now += DAY_MS + 1;
      await add(journal);
      assert.equal(await tells(), false);
      assert.equal(await journal.write(restoring(secret)), false);
      const kept = await ids(opened(folder()));
      assert.deepEqual([kept.includes(second), kept.includes(secret)], [true, false]);
    });

    it('goes when the bank is opened, by whoever only reads too', async () => {
      const journal = opened(folder());
      const secret = await add(journal, { question: 'A secret?' });
      await journal.write(forgetting(secret, Date.now()));
      await journal.dispose();
      const later = opened(folder(), { now: () => Date.now() + 2 * DAY_MS });
      assert.equal(await later.read((bank) => bank.get(secret)), undefined);
      assert.equal(await tells(), false);
    });
  });

  describe('of a folder that cannot be written', () => {
    it('goes on in memory, with one warning, and saves once it can', async () => {
      const blocked = path.join(folder(), 'blocked');
      await writeFile(blocked, 'a file, where a folder is due');
      const journal = opened(path.join(blocked, 'bank'));
      const first = await add(journal);
      const second = await add(journal);
      assert.deepEqual(await ids(journal), [first, second].sort());
      assert.match(
        (await journal.warning()) ?? '',
        /cannot be saved in .*lasts until this window or command ends/,
      );
      assert.equal(await journal.warning(), undefined);
      await rm(blocked);
      await mkdir(blocked);
      const third = await add(journal);
      assert.deepEqual(await ids(opened(path.join(blocked, 'bank'))), [first, second, third].sort());
    });

    it('keeps going when the disk is full', async function () {
      if (process.platform === 'win32') this.skip();
      const first = await add(opened(folder()));
      // No file may grow beyond a block of 512 bytes, which a segment does.
      const child = spawn(
        '/bin/sh',
        ['-c', 'ulimit -f 1 && exec "$@"', 'sh', process.execPath, '--import', 'tsx', WRITER, folder(), '2'],
        { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, TSX_DISABLE_CACHE: '1' } },
      );
      let output = '';
      child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
      await new Promise((resolve) => child.once('close', resolve));
      const lines = output.split('\n').slice(0, -1);
      assert.equal(lines.length, 3);
      assert.match(lines[2]!, /^warning: The memory cannot be saved/);
      const journal = opened(folder());
      assert.deepEqual([await ids(journal), (await names()).length], [[first], 1]);
      assert.equal(await journal.warning(), undefined);
    });
  });
});

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { appendFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { decodeImage, encodeImage } from '../../../src/node/bankImage';
import { BankFile } from '../../../src/node/bankFile';
import { memoryDatabase, someCase } from '../../fakes/memoryBank';
import { temporaryFolder } from '../../fakes/temporaryFolder';

const WRITER = path.resolve('test/unit/node/children/writeCases.ts');

const opened = (folder: string) => new BankFile({ folder, openDatabase: memoryDatabase });
const ids = (file: BankFile) =>
  file.read((bank) =>
    bank
      .list({ offset: 0, limit: 1000 })
      .cases.map((record) => record.id)
      .sort(),
  );

async function add(file: BankFile): Promise<string> {
  const record = someCase();
  await file.write((bank) => bank.add(record));
  return record.id;
}

/** Starts the writer and gives what it acknowledged when it has ended; `killAfter` lines it is killed. */
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

describe('the image of a bank', () => {
  const database = memoryDatabase().export();
  const { bytes } = encodeImage(database, 7);

  it('comes back whole', () => {
    const image = decodeImage(bytes);
    assert.deepEqual([Buffer.from(image!.database), image!.generation], [Buffer.from(database), 7]);
  });

  it('is damaged with any byte changed', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (place, change) => {
        const changed = Uint8Array.from(bytes);
        changed[place] = changed[place]! ^ change;
        assert.equal(decodeImage(changed), undefined);
      }),
    );
  });

  it('is damaged with any bytes cut off or added', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.uint8Array({ minLength: 1, maxLength: 9 }), (length, more) => {
        assert.equal(decodeImage(bytes.subarray(0, length)), undefined);
        assert.equal(decodeImage(bytes.subarray(bytes.length - length)), undefined);
        assert.equal(decodeImage(Buffer.concat([bytes, more])), undefined);
      }),
    );
  });
});

describe('BankFile', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const current = () => path.join(folder(), 'cases.db');
  const previous = () => path.join(folder(), 'cases.previous.db');
  const damaged = async () => (await readdir(folder())).filter((name) => name.startsWith('cases.damaged-'));

  it('keeps what was written for the next one who opens it', async () => {
    const file = opened(path.join(folder(), 'not/made/yet'));
    assert.deepEqual(await ids(file), []);
    const id = await add(file);
    assert.deepEqual(await ids(opened(path.join(folder(), 'not/made/yet'))), [id]);
    assert.equal(await file.warning(), undefined);
    assert.deepEqual((await readdir(path.join(folder(), 'not/made/yet'))).sort(), ['cases.db']);
  });

  it('publishes changes that wait together once, and rejects only the one that throws', async () => {
    const file = opened(folder());
    const results = await Promise.allSettled([
      add(file),
      file.write(() => {
        throw new Error('a bug');
      }),
      add(file),
    ]);
    assert.deepEqual(
      results.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled'],
    );
    assert.equal(decodeImage(await readFile(current()))?.generation, 1);
    assert.equal((await ids(opened(folder()))).length, 2);
  });

  it('sees what another one wrote, and says so', async () => {
    const [one, two] = [opened(folder()), opened(folder())];
    let changes = 0;
    await ids(one);
    one.onDidChange(() => changes++);
    const id = await add(two);
    assert.deepEqual([await ids(one), changes], [[id], 1]);
    await one.write((bank) => bank.judge(id, { reward: 1, reason: null, at: 1 }));
    assert.equal(await two.read((bank) => bank.get(id)?.reward), 1);
    assert.equal(changes, 2);
  });

  it('loses nothing of two processes that write at once', async () => {
    const printed = await Promise.all([writer(folder(), 30), writer(folder(), 30)]);
    assert.equal(printed.flat().length, 60);
    assert.deepEqual(await ids(opened(folder())), printed.flat().sort());
  });

  for (const killAfter of [1, 4, 9]) {
    it(`loses nothing acknowledged when a process is killed after ${killAfter}`, async () => {
      const [killed, other] = await Promise.all([writer(folder(), 1000, killAfter), writer(folder(), 10)]);
      const file = opened(folder());
      const there = new Set(await ids(file));
      assert.ok(killed.length >= killAfter && killed.length < 1000 && other.length === 10);
      assert.deepEqual(
        [...killed, ...other].filter((id) => !there.has(id)),
        [],
      );
      assert.equal(await file.warning(), undefined);
      await add(file);
      assert.deepEqual((await readdir(folder())).sort(), ['cases.db', 'cases.previous.db']);
    });
  }

  for (const [name, harm] of [
    ['a flipped byte', async () => writeFile(current(), (await readFile(current())).fill(1, 99, 100))],
    ['an empty file', () => writeFile(current(), '')],
    ['a cut file', async () => writeFile(current(), (await readFile(current())).subarray(0, 5000))],
    ['a longer file', () => appendFile(current(), 'x')],
  ] as const) {
    it(`sets ${name} aside and goes on from the version before`, async () => {
      const writing = opened(folder());
      const first = await add(writing);
      await add(writing);
      await harm();
      const bytes = await readFile(current());
      const file = opened(folder());
      assert.deepEqual(await ids(file), [first]);
      const [aside] = await damaged();
      assert.deepEqual(await readFile(path.join(folder(), aside!)), bytes);
      assert.match(
        (await file.warning()) ?? '',
        /was damaged and is kept as cases\.damaged-.*The version before it/,
      );
      assert.equal(await file.warning(), undefined);
      const second = await add(file);
      assert.deepEqual(await ids(opened(folder())), [first, second].sort());
    });
  }

  it('starts empty where no version is whole, and keeps both', async () => {
    const writing = opened(folder());
    await add(writing);
    await add(writing);
    await Promise.all([writeFile(current(), 'x'), writeFile(previous(), 'y')]);
    const file = opened(folder());
    assert.deepEqual(await ids(file), []);
    assert.match((await file.warning()) ?? '', /starts empty/);
    await add(file);
    await add(file);
    const kept = await Promise.all(
      (await damaged()).map((name) => readFile(path.join(folder(), name), 'utf8')),
    );
    assert.deepEqual(kept.sort(), ['x', 'y']);
  });

  it('writes a file that was damaged under its eyes again from what it holds', async () => {
    const file = opened(folder());
    const both = [await add(file), await add(file)].sort();
    await writeFile(current(), 'x');
    assert.deepEqual(await ids(file), both);
    assert.deepEqual(await ids(opened(folder())), both);
    assert.equal((await damaged()).length, 1);
  });

  it('only reads a newer schema, and goes on in memory', async () => {
    const id = await add(opened(folder()));
    const db = memoryDatabase(decodeImage(await readFile(current()))?.database);
    db.run('PRAGMA user_version = 99');
    const { bytes } = encodeImage(db.export(), 5);
    await writeFile(current(), bytes);
    const file = opened(folder());
    assert.deepEqual(await ids(file), [id]);
    assert.match((await file.warning()) ?? '', /newer version of Memento/);
    const second = await add(file);
    assert.deepEqual(await ids(file), [id, second].sort());
    assert.equal(await file.warning(), undefined);
    assert.deepEqual(await readFile(current()), bytes);
  });

  it('does not stumble over a newer schema that it cannot read', async () => {
    const db = memoryDatabase();
    db.run('CREATE TABLE cases (other); PRAGMA user_version = 99');
    const { bytes } = encodeImage(db.export(), 5);
    await writeFile(current(), bytes);
    const file = opened(folder());
    assert.deepEqual(await ids(file), []);
    assert.equal((await add(file)).length > 0, true);
    assert.deepEqual(await readFile(current()), bytes);
  });

  it('goes on in memory where the folder cannot be made, with one warning, and saves once it can', async () => {
    const blocked = path.join(folder(), 'blocked');
    await writeFile(blocked, 'a file, where a folder is due');
    const file = opened(path.join(blocked, 'bank'));
    const first = await add(file);
    const second = await add(file);
    assert.deepEqual(await ids(file), [first, second].sort());
    assert.match(
      (await file.warning()) ?? '',
      /cannot be saved in .*lasts until this window or command ends/,
    );
    assert.equal(await file.warning(), undefined);
    await rm(blocked);
    await mkdir(blocked);
    const third = await add(file);
    assert.deepEqual(await ids(opened(path.join(blocked, 'bank'))), [first, second, third].sort());
  });

  it('applies what it could not save on top of what another one wrote', async () => {
    const [file, other] = [opened(folder()), opened(folder())];
    const first = await add(file);
    // Nobody can read a folder as a lock, or make a lock in its place.
    const lock = path.join(folder(), 'cases.lock');
    await mkdir(lock);
    const unsaved = await add(file);
    assert.match((await file.warning()) ?? '', /cannot be saved/);
    await rm(lock, { recursive: true });
    const others = await add(other);
    assert.deepEqual(await ids(file), [first, unsaved, others].sort());
    assert.deepEqual(await ids(other), [first, others].sort());
    await file.dispose();
    assert.deepEqual(await ids(other), [first, unsaved, others].sort());
  });

  it('keeps going when the disk is full', async function () {
    if (process.platform === 'win32') this.skip();
    const first = await add(opened(folder()));
    // No file may grow beyond 4 blocks of 512 or 1024 bytes, which a bank does.
    const child = spawn(
      '/bin/sh',
      ['-c', 'ulimit -f 4 && exec "$@"', 'sh', process.execPath, '--import', 'tsx', WRITER, folder(), '2'],
      { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, TSX_DISABLE_CACHE: '1' } },
    );
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
    await new Promise((resolve) => child.once('close', resolve));
    const lines = output.split('\n').slice(0, -1);
    assert.equal(lines.length, 3);
    assert.match(lines[2]!, /^warning: The memory cannot be saved/);
    assert.deepEqual(await ids(opened(folder())), [first]);
    assert.deepEqual((await readdir(folder())).sort(), ['cases.db']);
  });
});

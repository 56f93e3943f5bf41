import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { judging } from '../../../../src/core/memory/journal/changes';
import { encodeEntry, type Entry } from '../../../../src/core/memory/journal/entry';
import { encodeRecord } from '../../../../src/core/memory/journal/record';
import { decodeImage, encodeImage } from '../../../../src/node/journal/image';
import { generationsOf, segmentName } from '../../../../src/node/journal/layout';
import { systemIds } from '../../../../src/node/system';
import { add, ALWAYS, ids, imagesIn, opened } from '../../../fakes/journalBank';
import { changingBank, memoryDatabase, someCase } from '../../../fakes/memoryBank';
import { temporaryFolder } from '../../../fakes/temporaryFolder';

describe('a bank of another version', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const names = async () => (await readdir(folder())).sort();
  const images = () => imagesIn(folder());

  const newer = (change: string) => async () => {
    const writing = opened(folder(), { bounds: ALWAYS });
    const id = await add(writing);
    await writing.dispose();
    const [file] = await images();
    const db = memoryDatabase(decodeImage(await readFile(file!)));
    db.run(change);
    await writeFile(file!, encodeImage(db.export(), 1));
    return id;
  };

  it('only reads a newer one, and goes on in memory', async () => {
    const id = await newer('PRAGMA user_version = 99')();
    const before = await names();
    const journal = opened(folder());
    assert.deepEqual(await ids(journal), [id]);
    assert.match((await journal.warning()) ?? '', /newer version of Memento/);
    const second = await add(journal);
    assert.deepEqual(await ids(journal), [id, second].sort());
    assert.equal(await journal.warning(), undefined);
    await journal.dispose();
    assert.deepEqual(await names(), before);
  });

  it('does not stumble over a newer one that it cannot read', async () => {
    await newer('DROP TABLE cases; CREATE TABLE cases (other); PRAGMA user_version = 99')();
    const before = await names();
    const journal = opened(folder());
    await add(journal);
    assert.match((await journal.warning()) ?? '', /newer version/);
    assert.deepEqual(await names(), before);
  });

  for (const [name, entry] of [
    ['a newer form', { type: 'open', version: 2, owner: { pid: 1, place: '', started: '' } }],
    ['an operation of a newer version', { type: 'merge', id: 'x', caseId: 'y' }],
  ] as const) {
    it(`only reads where a segment has ${name}`, async () => {
      const id = await add(opened(folder()));
      const record = encodeRecord(0, encodeEntry(entry as unknown as Entry), crc32);
      await writeFile(path.join(folder(), segmentName(systemIds.next())), record);
      const before = await names();
      const journal = opened(folder(), { bounds: ALWAYS });
      const second = await add(journal);
      assert.deepEqual(await ids(journal), [id, second]);
      assert.match((await journal.warning()) ?? '', /newer version of Memento/);
      assert.deepEqual(await names(), before);
    });
  }

  it('makes no image over one of a newer version that came meanwhile', async () => {
    const journal = opened(folder(), { bounds: ALWAYS });
    await add(journal);
    const db = memoryDatabase(decodeImage(await readFile((await images())[0]!)));
    db.run('PRAGMA user_version = 99');
    await writeFile(path.join(folder(), 'image-00000002.db'), encodeImage(db.export(), 2));
    await add(journal);
    assert.deepEqual(generationsOf(await names()), [2, 1]);
    assert.match((await journal.warning()) ?? '', /newer version/);
  });

  /** A database as version 1 had it. */
  function old(count: number) {
    const db = memoryDatabase();
    const bank = changingBank(db);
    const records = Array.from({ length: count }, () => someCase({ reward: 1, judgedAt: 5 }));
    for (const record of records) bank.add(record, { encoder: 'e', values: new Float32Array([1]) });
    bank.forget(records[0]!.id, Date.now());
    db.run(
      'DROP TABLE registers; DROP TABLE applied; DROP TABLE runs; ALTER TABLE vectors DROP COLUMN op; ' +
        'ALTER TABLE cases DROP COLUMN lessons; PRAGMA user_version = 1',
    );
    return { bytes: encodeImage(db.export(), 3), ids: records.slice(1).map(({ id }) => id) };
  }

  it('takes over a `cases.db`, and keeps it', async () => {
    const { bytes, ids: expected } = old(3);
    await writeFile(path.join(folder(), 'cases.db'), bytes);
    const journal = opened(folder());
    assert.deepEqual(await ids(journal), expected);
    assert.deepEqual(await names(), ['backup', 'image-00000001.db', 'image-00000002.db']);
    const [kept] = await readdir(path.join(folder(), 'backup'));
    assert.deepEqual(await readFile(path.join(folder(), 'backup', kept!)), Buffer.from(bytes));
    await journal.write(judging(expected[0]!, { reward: 0, reason: null, at: 9 }));
    // The older version is still running somewhere, and learned more.
    const more = old(2);
    await writeFile(path.join(folder(), 'cases.db'), more.bytes);
    const later = opened(folder());
    assert.deepEqual(await ids(later), [...expected, ...more.ids]);
    assert.equal(await later.read((bank) => bank.get(expected[0]!)?.reward), 0);
    assert.equal(await later.warning(), undefined);
  });

  it('takes the version before a damaged `cases.db`', async () => {
    const { bytes, ids: expected } = old(3);
    await writeFile(path.join(folder(), 'cases.db'), 'x');
    await writeFile(path.join(folder(), 'cases.previous.db'), bytes);
    const journal = opened(folder());
    assert.deepEqual(await ids(journal), expected);
    assert.match((await journal.warning()) ?? '', /cases\.db in .*set aside/);
  });

  it('keeps an image of an older schema, and makes those of today', async () => {
    const { bytes, ids: expected } = old(3);
    await writeFile(path.join(folder(), 'image-00000003.db'), bytes);
    const journal = opened(folder(), { bounds: ALWAYS });
    const id = await add(journal);
    assert.deepEqual(await ids(opened(folder())), [...expected, id]);
    assert.deepEqual(await readdir(path.join(folder(), 'backup')), ['image-3.schema-1.db']);
  });
});

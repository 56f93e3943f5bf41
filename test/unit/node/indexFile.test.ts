import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { WorkspaceIndex } from '../../../src/core/tools/workspaceIndex';
import { type KnownFile, readIndexFile, writeIndexFile } from '../../../src/node/indexFile';

const KNOWN: readonly KnownFile[] = [
  { path: 'a.md', size: 3, modified: 1.5, changed: 1.75, read: 2, hash: 'h', reason: '' },
  { path: 'b.bin', size: 9, modified: 1, changed: 1, read: 2, hash: null, reason: 'no text' },
];

describe('the file of the index', () => {
  let folder: string;
  let file: string;
  const index = new WorkspaceIndex();
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'memento-index-'));
    file = path.join(folder, 'deep', 'passages.index');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  before(() => {
    index.update('a.md', '# Winch\n\nMade in Bergen – née Nordby, 绞车.\n');
    index.update('empty.md', '');
    index.updateDocument('report.pdf', {
      format: 'pdf',
      title: 'Report',
      notes: [],
      parts: [
        { locator: { kind: 'pages', start: 1, end: 1 }, title: '', text: 'The winch was sold.' },
        {
          locator: { kind: 'entry', path: 'x.xlsx', at: { kind: 'range', sheet: 'S', range: 'A1:B2' } },
          title: 'Prices',
          text: '| winch | 12 |',
        },
      ],
    });
  });

  it('gives back what was written', async () => {
    await writeIndexFile(file, 'made', { image: index.image(), known: KNOWN });
    const kept = await readIndexFile(file, 'made');
    assert.deepEqual(kept?.known, KNOWN);
    const loaded = new WorkspaceIndex();
    assert.ok(kept && loaded.load(kept.image));
    for (const query of ['winch', 'Bergen', '绞车', 'Report prices']) {
      assert.deepEqual(
        await loaded.search(query, { limit: 9 }),
        await index.search(query, { limit: 9 }),
        query,
      );
    }
    assert.equal(loaded.files, 3);
    loaded.update('a.md', 'Something else.');
    assert.deepEqual(await loaded.search('Bergen', { limit: 9 }), []);
  });

  it('that was made otherwise, or is not there, is not there', async () => {
    await writeIndexFile(file, 'made', { image: index.image(), known: KNOWN });
    assert.equal(await readIndexFile(file, 'made otherwise'), undefined);
    assert.equal(await readIndexFile(path.join(folder, 'none'), 'made'), undefined);
  });

  it('in which one bit is wrong, or of which a part is missing, is not there', async () => {
    await writeIndexFile(file, 'made', { image: index.image(), known: KNOWN });
    const whole = await readFile(file);
    for (let at = 0; at < whole.length; at += 7) {
      const damaged = Buffer.from(whole);
      damaged.writeUInt8(damaged.readUInt8(at) ^ 4, at);
      await writeFile(file, damaged);
      assert.equal(await readIndexFile(file, 'made'), undefined, `byte ${at}`);
    }
    for (const length of [0, 10, 32, whole.length - 1]) {
      await writeFile(file, whole.subarray(0, length));
      assert.equal(await readIndexFile(file, 'made'), undefined, `${length} bytes`);
    }
  });
});

import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { decodeEntry, encodeEntry, type Entry } from '../../../src/core/memory/journal/entry';
import { encodeRecord, scanRecords } from '../../../src/core/memory/journal/record';
import { WorkspaceIndex } from '../../../src/core/tools/workspaceIndex';
import { readIndexFile, writeIndexFile } from '../../../src/node/indexFile';
import { decodeImage, encodeImage, schemaOfImage } from '../../../src/node/journal/image';
import { UnfinishedRuns } from '../../../src/node/unfinishedRuns';
import { anyCase, anyVector } from '../../fakes/arbitraryRecords';
import { removeAtExit } from '../../fakes/removeAtExit';
import { fuzz } from '../fuzz';
import { damaged, damagedBytes, jsonOf, textOf } from '../inputs';

const folder = mkdtempSync(path.join(os.tmpdir(), 'memento-fuzz-stored-'));
removeAtExit(folder);

const entry: fc.Arbitrary<Entry> = fc.oneof(
  fc.record({
    type: fc.constant('add' as const),
    id: fc.constant('01'),
    caseId: fc.constant('c1'),
    case: anyCase,
    vector: anyVector('e'),
  }),
  fc.constant<Entry>({ type: 'close' }),
  fc.constant<Entry>({ type: 'open', version: 1, owner: { pid: 1, place: 'p', started: 's' } }),
);
const payloads = fc.array(entry.map(encodeEntry), { minLength: 1, maxLength: 5 });
const segmentOf = (all: readonly Uint8Array[]): Uint8Array =>
  new Uint8Array(Buffer.concat(all.map((payload, i) => encodeRecord(i, payload, crc32))));
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const segment = payloads.chain((all) =>
  fc.tuple(fc.constant(all), damagedBytes([segmentOf(all), segmentOf([...all].reverse())])),
);

fuzz(
  'journal: of a damaged segment every record is one that was written, and none is counted twice',
  [segment],
  ([all, bytes]) => {
    const { records, gaps, end, next } = scanRecords(bytes, 0, crc32);
    const written = new Set(all.map(hexOf));
    for (const { payload } of records) assert.ok(written.has(hexOf(payload)));
    let from = 0;
    for (const gap of gaps) {
      assert.ok(gap.from >= from && gap.to >= gap.from && gap.to <= end);
      from = gap.to;
    }
    assert.ok(end <= bytes.length && next >= 0);
    // What comes later changes nothing of what was read.
    const more = scanRecords(
      new Uint8Array(Buffer.concat([bytes.subarray(0, end), encodeRecord(next, Uint8Array.of(1), crc32)])),
      0,
      crc32,
    );
    assert.deepEqual(more.records.slice(0, -1), records);
  },
);

fuzz('journal: an entry comes back as it was', [entry], (each) => {
  const read = decodeEntry(encodeEntry(each));
  assert.deepEqual(JSON.stringify(read), JSON.stringify(each));
});

const anyEntry = fc.oneof(
  entry.map(encodeEntry).chain((bytes) => damagedBytes([bytes])),
  jsonOf(['type', 'vector', 'id', 'encoder'], ['add', 'close', 'judge', 'e']).map((value) => {
    const text = new TextEncoder().encode(JSON.stringify(value) ?? '');
    const bytes = new Uint8Array(4 + text.length);
    new DataView(bytes.buffer).setUint32(0, text.length, true);
    bytes.set(text, 4);
    return bytes;
  }),
  fc.uint8Array({ maxLength: 40 }),
);

fuzz('journal: what is no entry of this version is none, whatever its bytes', [anyEntry], (bytes) => {
  const read = decodeEntry(bytes);
  assert.ok(read === undefined || typeof read.type === 'string');
});

const image = fc
  .tuple(fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ maxLength: 300 }))
  .chain(([a, b]) => damagedBytes([encodeImage(a, 1), encodeImage(b, 2)]).map((bytes) => ({ a, b, bytes })));

fuzz('journal: an image is whole or none', [image], ({ a, b, bytes }) => {
  const read = decodeImage(bytes);
  if (read !== undefined) assert.ok([a, b].some((each) => hexOf(each) === hexOf(read)));
  assert.ok(schemaOfImage(bytes) >= 0);
});

const index = new WorkspaceIndex();
index.update('a.md', '# Winch\n\nMade in Bergen – née Nordby, 绞车.\n\n- one\n- two\n');
index.update('b.md', 'The cable was replaced.');
const indexFile = path.join(folder, 'index');
await writeIndexFile(indexFile, 'made', { image: index.image(), known: [] });
const goodIndex = new Uint8Array(await readFile(indexFile));

/** With the right hash: what another version, or a program with a fault, may have written. */
const withHash = (bytes: Uint8Array): Uint8Array => {
  const body = bytes.subarray(0, Math.max(0, bytes.length - 32));
  return new Uint8Array(Buffer.concat([body, createHash('sha256').update(body).digest()]));
};

fuzz(
  'index file: an index that can be searched, or none',
  [damagedBytes([goodIndex]), fc.boolean()],
  async (bytes, hashed) => {
    const file = path.join(folder, 'damaged');
    await writeFile(file, hashed ? withHash(bytes) : bytes);
    const kept = await readIndexFile(file, 'made');
    if (!hashed && kept !== undefined) assert.equal(hexOf(bytes), hexOf(goodIndex));
    if (kept === undefined) return;
    const { files, passages } = kept.image;
    assert.equal(
      files.reduce((sum, each) => sum + each.passages, 0),
      passages.length,
    );
  },
);

const RUN = '01JTESTRXN0000000000000000';
const mark = fc.oneof(
  damaged(fc.constant('{"pid":1,"place":"host","started":"5"}'), ['null', '{', '"', '\0']),
  jsonOf(['pid', 'place', 'started'], [1, -1, 4e9, 'host', '5']).map((value) => JSON.stringify(value) ?? ''),
  textOf(['{', '}', 'null']),
);

fuzz('unfinished runs: any mark is somebody at work or nobody', [mark], async (text) => {
  const marks = path.join(folder, 'unfinished');
  await mkdir(marks, { recursive: true });
  await writeFile(path.join(marks, RUN), text);
  const runs = new UnfinishedRuns(marks);
  const underWay = await runs.isUnderWay(RUN);
  assert.deepEqual(await runs.list(), underWay ? [] : [RUN]);
});

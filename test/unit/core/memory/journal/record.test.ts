import assert from 'node:assert/strict';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { decodeEntry, encodeEntry, type Entry } from '../../../../../src/core/memory/journal/entry';
import { encodeRecord, scanRecords } from '../../../../../src/core/memory/journal/record';
import { someCase } from '../../../../fakes/memoryBank';

const payloads = fc.array(fc.uint8Array({ maxLength: 40 }), { minLength: 1, maxLength: 12 });

function segmentOf(all: readonly Uint8Array[]) {
  const records = all.map((payload, i) => encodeRecord(i, payload, crc32));
  let end = 0;
  const ends = records.map(({ length }) => (end += length));
  return { bytes: Uint8Array.from(Buffer.concat(records)), ends };
}
const found = (bytes: Uint8Array) => {
  const { records, gaps, end } = scanRecords(bytes, 0, crc32);
  return {
    payloads: records.map(({ payload }) => [...payload]),
    numbers: records.map(({ number }) => number),
    gaps,
    end,
  };
};

/** All stretches of that length which leave the same bytes when they are cut out: where what repeats is cut. */
function sameCuts(bytes: Uint8Array, from: number, to: number): { from: number; to: number }[] {
  let [first, last] = [from, from];
  const length = to - from;
  while (first > 0 && bytes[first - 1] === bytes[first - 1 + length]) first--;
  while (last + length < bytes.length && bytes[last] === bytes[last + length]) last++;
  return Array.from({ length: last - first + 1 }, (_, i) => ({ from: first + i, to: first + i + length }));
}

describe('the records of a segment', () => {
  it('come back whole', () => {
    fc.assert(
      fc.property(payloads, (all) => {
        const { bytes } = segmentOf(all);
        const { gaps, end, payloads: came } = found(bytes);
        assert.deepEqual([came, gaps, end], [all.map((each) => [...each]), [], bytes.length]);
      }),
    );
  });

  it('all but the one are found where any byte is changed, and that it is changed is noticed', () => {
    fc.assert(
      fc.property(payloads, fc.nat(), fc.integer({ min: 1, max: 255 }), (all, place, change) => {
        const { bytes, ends } = segmentOf(all);
        const at = place % bytes.length;
        bytes[at] = bytes[at]! ^ change;
        const hit = ends.findIndex((end) => at < end);
        const scan = found(bytes);
        assert.deepEqual(
          scan.payloads,
          all.filter((_, i) => i !== hit).map((each) => [...each]),
        );
        const isLast = hit === all.length - 1;
        if (isLast) assert.deepEqual([scan.end, scan.gaps], [ends[hit - 1] ?? 0, []]);
        else assert.deepEqual(scan.gaps, [{ from: ends[hit - 1] ?? 0, to: ends[hit] }]);
      }),
      { numRuns: 1000 },
    );
  });

  it('all that are whole are found where any stretch is cut out, and that it is missing is noticed', () => {
    fc.assert(
      fc.property(payloads, fc.nat(), fc.integer({ min: 1, max: 60 }), (all, place, length) => {
        const { bytes, ends } = segmentOf(all);
        const from = place % bytes.length;
        const to = Math.min(bytes.length, from + length);
        const scan = found(Uint8Array.from([...bytes.subarray(0, from), ...bytes.subarray(to)]));
        const cuts = sameCuts(bytes, from, to);
        const wholeBeside = (cut: { from: number; to: number }) =>
          all.flatMap((_, i) => (ends[i]! <= cut.from || (ends[i - 1] ?? 0) >= cut.to ? [i] : []));
        // Which of two stretches with the same bytes was cut, nobody can tell.
        assert.ok(
          cuts.some((cut) => wholeBeside(cut).every((number) => scan.numbers.includes(number))),
          `${scan.numbers.join()} of ${wholeBeside({ from, to }).join()}`,
        );
        for (const [i, number] of scan.numbers.entries()) {
          assert.deepEqual(scan.payloads[i], [...all[number]!]);
        }
        const rest = bytes.length - (to - from) > scan.end;
        const atEnd = cuts.some(
          (cut) => cut.to === bytes.length && (cut.from === 0 || ends.includes(cut.from)),
        );
        // Whole records that are missing at the end cannot be told from ones that were never written.
        assert.equal(scan.gaps.length > 0 || rest, !atEnd);
      }),
      {
        numRuns: 1000,
        // The first record ends as the second begins.
        examples: [[[Uint8Array.of(0, 0, 0, 0, 255), Uint8Array.of()], 20, 1]],
      },
    );
  });

  it('are found after any garbage', () => {
    fc.assert(
      fc.property(payloads, fc.uint8Array({ minLength: 1, maxLength: 50 }), (all, garbage) => {
        const scan = found(Uint8Array.from([...garbage, ...segmentOf(all).bytes]));
        assert.equal(scan.payloads.length, all.length);
        assert.deepEqual(scan.gaps, [{ from: 0, to: garbage.length }]);
      }),
    );
  });
});

describe('the entries of a segment', () => {
  const record = someCase({ question: 'Where? \ud800 \0 绞车' });
  const values = new Float32Array([0.25, -1, 1e-20]);
  for (const entry of [
    { type: 'open', version: 1, owner: { pid: 1, place: 'here', started: '9' } },
    { type: 'close' },
    { type: 'add', id: 'o', caseId: record.id, case: record, vector: { encoder: 'e', values } },
    { type: 'embed', id: 'o', caseId: 'c', vector: { encoder: 'e', values } },
    { type: 'judge', id: 'o', caseId: 'c', judgement: { reward: 0, reason: '\udc00', at: 4 } },
    { type: 'forget', id: 'o', caseId: 'c', at: 4 },
    { type: 'restore', id: 'o', caseId: 'c' },
    { type: 'purge', id: 'o', caseId: 'c' },
  ] satisfies Entry[]) {
    it(`come back: ${entry.type}`, () => assert.deepEqual(decodeEntry(encodeEntry(entry)), entry));
  }

  it('are left alone where they are of a newer version', () => {
    const entry = { type: 'pin', id: 'o', caseId: 'c' } as unknown as Entry;
    assert.equal(decodeEntry(encodeEntry(entry)), undefined);
  });
});

/**
 * Records in a segment, one after another. A record, little endian:
 *   magic      4 bytes; its first byte is never found in UTF-8
 *   number     u32, 0, 1, 2 … in its segment, so that a record that was cut out is missed
 *   length     u32, bytes of the payload
 *   checksum   u32, CRC-32 of number, length and payload
 *   payload
 */
const MAGIC = Uint8Array.of(0xff, 0x4d, 0x4a, 0x31);
const HEADER_BYTES = 16;

/** CRC-32 (ISO-HDLC, as zlib has it), continued from `seed`. */
export type Checksum = (bytes: Uint8Array, seed?: number) => number;

export interface FoundRecord {
  readonly number: number;
  readonly payload: Uint8Array;
}

/** Bytes that are no record, `from` to `to` (exclusive); of no length where a record was cut out. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

export interface Scan {
  readonly records: readonly FoundRecord[];
  /** Each with a good record after it. */
  readonly gaps: readonly Gap[];
  /** Where the last good record ends; what comes after it is being written, or was never finished, or is damaged. */
  readonly end: number;
  /** The number that the next record will have. */
  readonly next: number;
}

export function encodeRecord(number: number, payload: Uint8Array, checksum: Checksum): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + payload.length);
  const view = new DataView(bytes.buffer);
  bytes.set(MAGIC);
  view.setUint32(4, number, true);
  view.setUint32(8, payload.length, true);
  view.setUint32(12, checksum(payload, checksum(bytes.subarray(4, 12))), true);
  bytes.set(payload, HEADER_BYTES);
  return bytes;
}

/** Every good record of the bytes, those after a damaged one too. `next` is the number that the first should have. */
export function scanRecords(bytes: Uint8Array, next: number, checksum: Checksum): Scan {
  const records: FoundRecord[] = [];
  const gaps: Gap[] = [];
  let end = 0;
  let expected = next;
  for (let at = 0; at >= 0; at = nextMagic(bytes, at)) {
    const record = recordAt(bytes, at, checksum);
    if (!record) {
      at++;
      continue;
    }
    if (at > end || record.number > expected) gaps.push({ from: end, to: at });
    records.push(record);
    end = at += HEADER_BYTES + record.payload.length;
    expected = record.number + 1;
  }
  return { records, gaps, end, next: expected };
}

function recordAt(bytes: Uint8Array, at: number, checksum: Checksum): FoundRecord | undefined {
  if (at + HEADER_BYTES > bytes.length || !hasMagic(bytes, at)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, HEADER_BYTES);
  const start = at + HEADER_BYTES;
  const length = view.getUint32(8, true);
  if (start + length > bytes.length) return undefined;
  const payload = bytes.subarray(start, start + length);
  const found = checksum(payload, checksum(bytes.subarray(at + 4, at + 12)));
  return found === view.getUint32(12, true) ? { number: view.getUint32(4, true), payload } : undefined;
}

/** Where the next record may begin, at `from` or after it; -1 with none. */
function nextMagic(bytes: Uint8Array, from: number): number {
  let at = bytes.indexOf(0xff, from);
  while (at >= 0 && !hasMagic(bytes, at)) at = bytes.indexOf(0xff, at + 1);
  return at;
}

const hasMagic = (bytes: Uint8Array, at: number) => MAGIC.every((byte, i) => bytes[at + i] === byte);

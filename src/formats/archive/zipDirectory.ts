/**
 * The central directory of a ZIP (APPNOTE 6.3.10, sections 4.3 and 4.4). Own code, as it must tell what unpackers hide:
 * which entries are encrypted, what a size claims to be, and names as they are.
 */
import { failed, ok, type Result } from '../../core/common/result';
import { decodeCp437 } from './cp437';

export interface ZipEntry {
  /** With forward slashes; never used as a path on a disk. */
  readonly name: string;
  /** Bytes when unpacked, as the directory claims. */
  readonly size: number;
  readonly packedSize: number;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  readonly checksum: number;
  readonly isEncrypted: boolean;
  readonly isFolder: boolean;
  /** Where its local header stands in the bytes. */
  readonly offset: number;
}

const END = 0x06054b50;
const END_BYTES = 22;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const ENTRY = 0x02014b50;
const ENTRY_BYTES = 46;
const LONGEST_COMMENT = 0xffff;
/** In place of a number that stands in the ZIP64 extra field. */
const ELSEWHERE = 0xffffffff;
const ZIP64_FIELD = 0x0001;
const UNICODE_PATH_FIELD = 0x7075;
/** More names are no archive that anybody made to be read. */
const MOST_ENTRIES = 200_000;

export function readZipDirectory(bytes: Uint8Array): Result<readonly ZipEntry[]> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end === undefined) {
    return failed(
      'bad-reply',
      'It is a broken ZIP file: the list of its entries is missing, perhaps it is cut off.',
    );
  }
  const { count, size, offset, at } = directoryAt(view, end);
  if (count > MOST_ENTRIES) {
    return failed('limit', `It is a ZIP file of ${count} entries, where ${MOST_ENTRIES} are the limit.`);
  }
  // Something may stand before the archive, a program that unpacks it: then all offsets are short by its length.
  const shift = Math.max(0, at - size - offset);
  const entries: ZipEntry[] = [];
  let position = offset + shift;
  for (let i = 0; i < count; i++) {
    if (position + ENTRY_BYTES > bytes.length || view.getUint32(position, true) !== ENTRY) {
      return failed('bad-reply', 'It is a broken ZIP file: the list of its entries is damaged.');
    }
    const { entry, length } = entryAt(view, bytes, position);
    entries.push({ ...entry, offset: entry.offset + shift });
    position += length;
  }
  return ok(entries);
}

function findEnd(view: DataView): number | undefined {
  const first = Math.max(0, view.byteLength - END_BYTES - LONGEST_COMMENT);
  for (let at = view.byteLength - END_BYTES; at >= first; at--) {
    if (view.getUint32(at, true) === END) return at;
  }
  return undefined;
}

/** How many entries there are, and where they stand; `at` is where what follows them begins. */
function directoryAt(view: DataView, end: number) {
  const plain = {
    count: view.getUint16(end + 10, true),
    size: view.getUint32(end + 12, true),
    offset: view.getUint32(end + 16, true),
    at: end,
  };
  const locator = end - 20;
  if (locator < 0 || view.getUint32(locator, true) !== LOCATOR_64) return plain;
  const at = Number(view.getBigUint64(locator + 8, true));
  if (at + 56 > view.byteLength || view.getUint32(at, true) !== END_64) return plain;
  return {
    count: Number(view.getBigUint64(at + 32, true)),
    size: Number(view.getBigUint64(at + 40, true)),
    offset: Number(view.getBigUint64(at + 48, true)),
    at,
  };
}

function entryAt(view: DataView, bytes: Uint8Array, at: number): { entry: ZipEntry; length: number } {
  const flags = view.getUint16(at + 8, true);
  const nameLength = view.getUint16(at + 28, true);
  const extraLength = view.getUint16(at + 30, true);
  const nameAt = at + ENTRY_BYTES;
  const rawName = bytes.subarray(nameAt, nameAt + nameLength);
  const extra = bytes.subarray(nameAt + nameLength, nameAt + nameLength + extraLength);
  const fields = extraFields(extra);
  const sizes = zip64Sizes(
    [view.getUint32(at + 24, true), view.getUint32(at + 20, true), view.getUint32(at + 42, true)],
    fields.get(ZIP64_FIELD),
  );
  // Windows programs have written backslashes, against section 4.4.17.
  const name = nameOf(rawName, (flags & 0x800) !== 0, fields.get(UNICODE_PATH_FIELD)).replaceAll('\\', '/');
  const entry: ZipEntry = {
    name,
    size: sizes[0],
    packedSize: sizes[1],
    offset: sizes[2],
    method: view.getUint16(at + 10, true),
    checksum: view.getUint32(at + 16, true),
    isEncrypted: (flags & 1) !== 0,
    isFolder: name.endsWith('/'),
  };
  return { entry, length: ENTRY_BYTES + nameLength + extraLength + view.getUint16(at + 32, true) };
}

function extraFields(extra: Uint8Array): ReadonlyMap<number, Uint8Array> {
  const view = new DataView(extra.buffer, extra.byteOffset, extra.byteLength);
  const fields = new Map<number, Uint8Array>();
  for (let at = 0; at + 4 <= extra.length;) {
    const length = view.getUint16(at + 2, true);
    fields.set(view.getUint16(at, true), extra.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return fields;
}

/** Of [size, packed size, offset] those that did not fit, in this order (section 4.5.3). */
function zip64Sizes(
  [size, packed, offset]: readonly [number, number, number],
  field: Uint8Array | undefined,
): readonly [number, number, number] {
  let at = 0;
  const resolve = (value: number): number => {
    if (value !== ELSEWHERE || field === undefined || at + 8 > field.length) return value;
    at += 8;
    return Number(new DataView(field.buffer, field.byteOffset).getBigUint64(at - 8, true));
  };
  return [resolve(size), resolve(packed), resolve(offset)];
}

function nameOf(raw: Uint8Array, isUtf8: boolean, unicodePath: Uint8Array | undefined): string {
  // Info-ZIP's field: a version, a checksum of the other name, then the name.
  if (!isUtf8 && unicodePath && unicodePath.length > 5)
    return new TextDecoder().decode(unicodePath.subarray(5));
  if (isUtf8) return new TextDecoder().decode(raw);
  try {
    // Many programs write UTF-8 without saying so, and code page 437 is seldom valid UTF-8.
    return new TextDecoder('utf-8', { fatal: true }).decode(raw);
  } catch {
    return decodeCp437(raw);
  }
}

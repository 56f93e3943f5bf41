import { crc32, inflateRawSync } from 'node:zlib';
import { failed, messageOf, ok, type Result } from '../../core/common/result';
import { MOST_UNPACKED_BYTES } from '../source';
import { readZipDirectory, type ZipEntry } from './zipDirectory';

export type { ZipEntry } from './zipDirectory';

/** Above this size an entry that shrank to less than a hundredth is a bomb: text shrinks to a tenth, sheets to a thirtieth. */
const LARGE_ENTRY_BYTES = 64_000_000;
const MOST_RATIO = 100;
const LOCAL_HEADER = 0x04034b50;
const LOCAL_HEADER_BYTES = 30;

/** A ZIP in memory, never unpacked to a disk. What all reads together unpack is bounded. */
export class ZipArchive {
  readonly entries: readonly ZipEntry[];
  readonly #bytes: Uint8Array;
  readonly #byName: ReadonlyMap<string, ZipEntry>;
  #left = MOST_UNPACKED_BYTES;

  private constructor(bytes: Uint8Array, entries: readonly ZipEntry[]) {
    this.#bytes = bytes;
    this.entries = entries;
    this.#byName = new Map(entries.map((entry) => [entry.name, entry]));
  }

  static open(bytes: Uint8Array): Result<ZipArchive> {
    const entries = readZipDirectory(bytes);
    return entries.ok ? ok(new ZipArchive(bytes, entries.value)) : entries;
  }

  /** Of two entries with one name the last, as programs that unpack to a disk leave it. */
  get(name: string): ZipEntry | undefined {
    return this.#byName.get(name);
  }

  /** Faults: `unsupported` (encrypted, another packing), `limit` (too large, a bomb), `bad-reply` (damaged). */
  read(entry: ZipEntry): Result<Uint8Array> {
    const fault = this.#refusal(entry);
    if (fault) return fault;
    const packed = this.#packed(entry);
    if (packed === undefined) return damaged(entry, 'it is not where the list of entries says');
    const unpacked = entry.method === 0 ? ok(packed) : inflate(entry, packed, this.#left);
    if (!unpacked.ok) return unpacked;
    this.#left -= unpacked.value.length;
    if (crc32(unpacked.value) !== entry.checksum) return damaged(entry, 'its checksum is wrong');
    return unpacked;
  }

  /** The text of an entry in UTF-8 or UTF-16, as XML has it; undefined where there is no such entry. */
  text(name: string): Result<string> | undefined {
    const entry = this.get(name);
    if (entry === undefined) return undefined;
    const bytes = this.read(entry);
    if (!bytes.ok) return bytes;
    const [first, second] = bytes.value;
    const encoding =
      first === 0xff && second === 0xfe
        ? 'utf-16le'
        : first === 0xfe && second === 0xff
          ? 'utf-16be'
          : 'utf-8';
    return ok(new TextDecoder(encoding).decode(bytes.value));
  }

  #refusal(entry: ZipEntry): Result<never> | undefined {
    const { name, size, packedSize, method, isEncrypted } = entry;
    if (isEncrypted)
      return failed('unsupported', `${name} is encrypted with a password: it cannot be read here.`);
    if (method !== 0 && method !== 8) {
      return failed(
        'unsupported',
        `${name} is packed by a method that is not read here (number ${method}): unpack the archive into the workspace.`,
      );
    }
    if (size > this.#left) return failed('limit', tooMuch(name));
    if (size > LARGE_ENTRY_BYTES && size > packedSize * MOST_RATIO) {
      return failed('limit', `${name} looks like a ZIP bomb: ${packedSize} bytes would become ${size}.`);
    }
    return undefined;
  }

  #packed({ offset, packedSize }: ZipEntry): Uint8Array | undefined {
    const bytes = this.#bytes;
    if (offset + LOCAL_HEADER_BYTES > bytes.length) return undefined;
    const view = new DataView(bytes.buffer, bytes.byteOffset + offset, LOCAL_HEADER_BYTES);
    if (view.getUint32(0, true) !== LOCAL_HEADER) return undefined;
    const start = offset + LOCAL_HEADER_BYTES + view.getUint16(26, true) + view.getUint16(28, true);
    return start + packedSize > bytes.length ? undefined : bytes.subarray(start, start + packedSize);
  }
}

/** Unpacks to at most what the entry claims, whatever is in it. */
function inflate(entry: ZipEntry, packed: Uint8Array, left: number): Result<Uint8Array> {
  try {
    // Zero would be refused as a limit.
    return ok(inflateRawSync(packed, { maxOutputLength: Math.max(1, Math.min(entry.size, left)) }));
  } catch (error) {
    if (error instanceof RangeError) {
      return failed(
        'limit',
        `${entry.name} looks like a ZIP bomb: it unpacks to more than the ${entry.size} bytes that it claims.`,
      );
    }
    return damaged(entry, messageOf(error));
  }
}

const damaged = ({ name }: ZipEntry, why: string) =>
  failed('bad-reply', `${name} is damaged in the archive: ${why}.`);
const tooMuch = (name: string) =>
  `${name} is too large: what is unpacked of an archive may come to ${MOST_UNPACKED_BYTES / 1_000_000} MB.`;

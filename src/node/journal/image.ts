/**
 * The bytes of an image: an SQLite database and a trailer that proves it whole, for sql.js opens an empty or cut file
 * with no error. Trailer, 48 bytes: `MEMENTO1`, the generation (64 bits, little endian), and the SHA-256 of all that
 * comes before the hash. Vectors are in the database too: one hash proves both and one link publishes both, so that
 * there is never a database of one generation with the vectors of another.
 */
import { createHash } from 'node:crypto';

const MAGIC = Buffer.from('MEMENTO1', 'latin1');
const HASH_BYTES = 32;
const TRAILER_BYTES = MAGIC.length + 8 + HASH_BYTES;

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();

export function encodeImage(database: Uint8Array, generation: number): Uint8Array {
  const bytes = Buffer.alloc(database.length + TRAILER_BYTES);
  bytes.set(database);
  bytes.set(MAGIC, database.length);
  bytes.writeBigUInt64LE(BigInt(generation), database.length + MAGIC.length);
  bytes.set(sha256(bytes.subarray(0, -HASH_BYTES)), bytes.length - HASH_BYTES);
  return bytes;
}

/** The database; undefined for bytes that are not exactly what `encodeImage` made. */
export function decodeImage(file: Uint8Array): Uint8Array | undefined {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const end = bytes.length - TRAILER_BYTES;
  if (end < 0 || !bytes.subarray(end, end + MAGIC.length).equals(MAGIC)) return undefined;
  if (!sha256(bytes.subarray(0, -HASH_BYTES)).equals(bytes.subarray(-HASH_BYTES))) return undefined;
  return bytes.subarray(0, end);
}

/** Bytes at the start of an image that `schemaOfImage` needs. */
export const HEAD_BYTES = 64;

/** The `user_version` of an SQLite file (big endian, at 60), with nothing else of it read; 0 where that is missing. */
export const schemaOfImage = (head: Uint8Array): number =>
  head.length < HEAD_BYTES ? 0 : new DataView(head.buffer, head.byteOffset).getUint32(60);

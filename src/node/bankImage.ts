/**
 * The bytes of a bank's file: an SQLite database and a trailer that proves it whole, for sql.js opens an empty or cut
 * file with no error. Trailer, 48 bytes: `MEMENTO1`, the generation (64 bits, little endian), and the SHA-256 of all
 * that comes before the hash.
 */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';

const MAGIC = Buffer.from('MEMENTO1', 'latin1');
const HASH_BYTES = 32;
const TRAILER_BYTES = MAGIC.length + 8 + HASH_BYTES;

export interface BankImage {
  readonly database: Uint8Array;
  /** Counts up with every image that is published. */
  readonly generation: number;
  /** Size and hash: what tells one image from another. */
  readonly identity: string;
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
const identityOf = (size: number, hash: Buffer) => `${size} ${hash.toString('hex')}`;

export function encodeImage(
  database: Uint8Array,
  generation: number,
): { readonly bytes: Uint8Array; readonly identity: string } {
  const bytes = Buffer.alloc(database.length + TRAILER_BYTES);
  bytes.set(database);
  bytes.set(MAGIC, database.length);
  bytes.writeBigUInt64LE(BigInt(generation), database.length + MAGIC.length);
  const hash = sha256(bytes.subarray(0, -HASH_BYTES));
  bytes.set(hash, bytes.length - HASH_BYTES);
  return { bytes, identity: identityOf(bytes.length, hash) };
}

/** Undefined for bytes that are not exactly what `encodeImage` made. */
export function decodeImage(file: Uint8Array): BankImage | undefined {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const end = bytes.length - TRAILER_BYTES;
  if (end < 0 || !bytes.subarray(end, end + MAGIC.length).equals(MAGIC)) return undefined;
  const hash = bytes.subarray(-HASH_BYTES);
  if (!sha256(bytes.subarray(0, -HASH_BYTES)).equals(hash)) return undefined;
  return {
    database: bytes.subarray(0, end),
    generation: Number(bytes.readBigUInt64LE(end + MAGIC.length)),
    identity: identityOf(bytes.length, hash),
  };
}

/** The identity that the file claims, from its last bytes alone. Rejects as the file system does (`ENOENT` …). */
export async function identityOfFile(file: string): Promise<string> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const hash = Buffer.alloc(Math.min(size, HASH_BYTES));
    await handle.read(hash, 0, hash.length, size - hash.length);
    return identityOf(size, hash);
  } finally {
    await handle.close();
  }
}

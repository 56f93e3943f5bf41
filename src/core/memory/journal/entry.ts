/**
 * What the records of a segment say, as bytes: the length of a JSON text (u32, little endian), the text in UTF-8, and
 * the numbers of the vector, if there is one (f32, little endian).
 */
import type { StoredVector } from '../storedVector';
import type { Operation, OperationType } from './operation';

/** Counts up when a reader of today would misunderstand what is written. */
export const SEGMENT_VERSION = 1;

/** Who writes the segment: host, boot and pid namespace, process, and when that started. */
export interface SegmentOwner {
  readonly pid: number;
  readonly place: string;
  readonly started: string;
}

/** `open` comes first. After `close` its owner writes no more to it. */
export type Entry =
  | Operation
  | { readonly type: 'open'; readonly version: number; readonly owner: SegmentOwner }
  | { readonly type: 'close' };

/** Lists every type, so that the compiler asks for a new one. */
const TYPES: Readonly<Record<OperationType | 'open' | 'close', true>> = {
  open: true,
  close: true,
  add: true,
  embed: true,
  edit: true,
  judge: true,
  forget: true,
  restore: true,
  purge: true,
  run: true,
};

export function encodeEntry(entry: Entry): Uint8Array {
  const vector = 'vector' in entry ? entry.vector : undefined;
  const text = new TextEncoder().encode(
    JSON.stringify(vector ? { ...entry, vector: { encoder: vector.encoder } } : entry),
  );
  const bytes = new Uint8Array(4 + text.length + (vector?.values.length ?? 0) * 4);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, text.length, true);
  bytes.set(text, 4);
  vector?.values.forEach((value, i) => view.setFloat32(4 + text.length + i * 4, value, true));
  return bytes;
}

/** Undefined for what only a newer version of Memento understands. */
export function decodeEntry(bytes: Uint8Array): Entry | undefined {
  if (bytes.length < 4) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = 4 + view.getUint32(0, true);
  const entry = parse(bytes.subarray(4, end));
  if (typeof entry?.type !== 'string' || !Object.hasOwn(TYPES, entry.type)) return undefined;
  if (!('vector' in entry) || typeof entry.vector?.encoder !== 'string') return entry;
  const values = Float32Array.from({ length: (bytes.length - end) >> 2 }, (_, i) =>
    view.getFloat32(end + i * 4, true),
  );
  const vector: StoredVector = { encoder: entry.vector.encoder, values };
  return { ...entry, vector };
}

/** The checksum says that this program, or another version of it, wrote the text: its shape is not looked at again. */
function parse(bytes: Uint8Array): Entry | undefined {
  try {
    return (JSON.parse(new TextDecoder().decode(bytes)) as Entry | null) ?? undefined;
  } catch {
    return undefined;
  }
}

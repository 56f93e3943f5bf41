/** Vectors as text: base64 of 32-bit floats, little endian, which is exact. */
import type { StoredVector } from '../storedVector';

export interface VectorText {
  readonly encoder: string;
  readonly values: string;
}

/** As many as are safe as the arguments of one call. */
const CHUNK = 4096;
/** How far from 1 the length of a vector may be: some encoders round. */
const TOLERANCE = 0.01;

export function vectorText({ encoder, values }: StoredVector): VectorText {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => view.setFloat32(i * 4, value, true));
  let binary = '';
  for (let from = 0; from < bytes.length; from += CHUNK)
    binary += String.fromCharCode(...bytes.subarray(from, from + CHUNK));
  return { encoder, values: btoa(binary) };
}

/**
 * Undefined for what is no vector of unit length (or of none, which says that the encoder cannot read the question): one
 * with NaN in it would spoil every comparison.
 */
export function vectorOf({ encoder, values: text }: VectorText): StoredVector | undefined {
  const bytes = bytesOf(text);
  if (bytes === undefined || bytes.length % 4 !== 0) return undefined;
  const view = new DataView(bytes.buffer);
  const values = new Float32Array(bytes.length / 4);
  for (let i = 0; i < values.length; i++) values[i] = view.getFloat32(i * 4, true);
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  return values.length === 0 || Math.abs(length - 1) < TOLERANCE ? { encoder, values } : undefined;
}

function bytesOf(text: string): Uint8Array | undefined {
  try {
    const binary = atob(text);
    const bytes = new Uint8Array(binary.length);
    for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
    return bytes;
  } catch {
    return undefined;
  }
}

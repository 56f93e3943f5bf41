/** Bitmaps of Windows (BITMAPINFOHEADER and its successors, wingdi.h), as paint programs and screenshots have them. */
import type { Pixels } from './pixels';

const FILE_HEADER = 14;
const UNPACKED = 0;
const MASKS = 3;
const MOST_PIXELS = 50_000_000;

export const isBmp = (bytes: Uint8Array): boolean => bytes[0] === 0x42 && bytes[1] === 0x4d;

/** RGB; undefined for what is no bitmap, is cut off, or is packed. */
export function decodeBmp(bytes: Uint8Array): Pixels | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < FILE_HEADER + 40 || !isBmp(bytes)) return undefined;
  const [start, headerBytes] = [view.getUint32(10, true), view.getUint32(14, true)];
  const [width, signedHeight] = [view.getInt32(18, true), view.getInt32(22, true)];
  const [depth, packing] = [view.getUint16(28, true), view.getUint32(30, true)];
  const height = Math.abs(signedHeight);
  // With masks the order of bytes is the usual one in all that programs write at 32 bits.
  const isPlain = packing === UNPACKED || (packing === MASKS && depth === 32);
  const stride = Math.ceil((width * depth) / 32) * 4;
  if (headerBytes < 40 || !isPlain || ![1, 4, 8, 24, 32].includes(depth)) return undefined;
  if (width < 1 || height < 1 || width * height > MOST_PIXELS || start + stride * height > bytes.length)
    return undefined;
  const palette = FILE_HEADER + headerBytes;
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    // Rows stand from the bottom to the top, unless the height is negative.
    const row = start + (signedHeight > 0 ? height - 1 - y : y) * stride;
    for (let x = 0; x < width; x++) {
      const from = depth >= 24 ? row + (x * depth) / 8 : palette + 4 * indexAt(bytes, row, x, depth);
      // Blue comes first.
      for (let c = 0; c < 3; c++) data[(y * width + x) * 3 + c] = bytes[from + 2 - c] ?? 0;
    }
  }
  return { width, height, channels: 3, data };
}

/** Of 1, 4 or 8 bits, the highest of a byte first. */
function indexAt(bytes: Uint8Array, row: number, x: number, depth: number): number {
  const bit = x * depth;
  return ((bytes[row + (bit >> 3)] ?? 0) >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
}

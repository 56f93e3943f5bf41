/** Pictures as plain pixels, made fit for a model: upright, no larger than it looks at, as PNG. */
import { crc32, deflateSync } from 'node:zlib';

/** Rows from top to bottom, 8 bits a channel: grey, RGB or RGBA. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3 | 4;
  readonly data: Uint8Array;
}

/** Smaller by a whole factor, each pixel the mean of those it stands for, so that the longer side has at most `longest`. */
export function shrunk(pixels: Pixels, longest: number): Pixels {
  const { width, height, channels, data } = pixels;
  const factor = Math.ceil(Math.max(width, height) / longest);
  if (factor <= 1) return pixels;
  const [columns, rows] = [Math.max(1, Math.floor(width / factor)), Math.max(1, Math.floor(height / factor))];
  const [across, down] = [Math.min(factor, width), Math.min(factor, height)];
  const mean = new Uint8Array(columns * rows * channels);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      for (let c = 0; c < channels; c++) {
        let sum = 0;
        for (let j = 0; j < down; j++) {
          const row = (y * factor + j) * width + x * factor;
          for (let i = 0; i < across; i++) sum += data[(row + i) * channels + c] ?? 0;
        }
        mean[(y * columns + x) * channels + c] = sum / (across * down);
      }
    }
  }
  return { width: columns, height: rows, channels, data: mean };
}

/** Turned clockwise by quarters of a turn. */
export function turned(pixels: Pixels, quarters: number): Pixels {
  if (quarters === 0) return pixels;
  const { width, height, channels, data } = pixels;
  const [columns, rows] = [height, width];
  const result = new Uint8Array(data.length);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const from = ((height - 1 - x) * width + y) * channels;
      result.set(data.subarray(from, from + channels), (y * columns + x) * channels);
    }
  }
  return turned({ width: columns, height: rows, channels, data: result }, quarters - 1);
}

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const COLOUR_TYPES = { 1: 0, 3: 2, 4: 6 } as const;

/** PNG (third edition, W3C 2025), rows unfiltered. */
export function encodePng({ width, height, channels, data }: Pixels): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, COLOUR_TYPES[channels]], 8);
  const row = width * channels;
  const filtered = Buffer.alloc((row + 1) * height);
  for (let y = 0; y < height; y++) filtered.set(data.subarray(y * row, (y + 1) * row), y * (row + 1) + 1);
  const chunks = [
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(filtered)),
    chunk('IEND', Buffer.alloc(0)),
  ];
  return new Uint8Array(Buffer.concat([SIGNATURE, ...chunks]));
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(typed.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(typed, 4);
  framed.writeUInt32BE(crc32(typed), typed.length + 4);
  return framed;
}

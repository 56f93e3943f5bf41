/** A file's bytes as text. */
import { WebTextDecoder } from './webTextDecoder';

/** How far git looks for a NUL byte before it calls a file binary. */
const SAMPLE = 8000;

/**
 * UTF-8, UTF-16 with a byte order mark, and, where the bytes are not valid UTF-8, windows-1252 (the web's latin1).
 * The mark is no part of the text. Undefined for what is no text.
 * @param charset what a server or the file itself says, where no mark says otherwise; an unknown one says nothing
 */
export function decodeText(bytes: Uint8Array, charset?: string): string | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return decode(bytes, 'utf-16le', false);
  if (first === 0xfe && second === 0xff) return decode(bytes, 'utf-16be', false);
  const wide = utf16WithoutMark(bytes);
  if (wide !== undefined) return decode(bytes, wide, true);
  if (isBinary(bytes)) return undefined;
  const said = charset === undefined ? undefined : decode(bytes, charset, true);
  return said ?? decode(bytes, 'utf-8', true) ?? decode(bytes, 'windows-1252', false);
}

function decode(bytes: Uint8Array, encoding: string, fatal: boolean): string | undefined {
  try {
    return new WebTextDecoder(encoding, { fatal }).decode(bytes);
  } catch (error) {
    // A RangeError for an encoding that nobody knows.
    if (error instanceof TypeError || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Text of the Latin script in UTF-16 has a NUL in every other byte. */
function utf16WithoutMark(bytes: Uint8Array): string | undefined {
  const sample = bytes.subarray(0, SAMPLE - (SAMPLE % 2));
  if (sample.length < 4 || bytes.length % 2 !== 0) return undefined;
  let [even, odd] = [0, 0];
  for (let i = 0; i < sample.length; i += 2) {
    if (sample[i] === 0) even++;
    if (sample[i + 1] === 0) odd++;
  }
  const pairs = Math.floor(sample.length / 2);
  if (odd > pairs * 0.8 && even === 0) return 'utf-16le';
  return even > pairs * 0.8 && odd === 0 ? 'utf-16be' : undefined;
}

const PDF = [0x25, 0x50, 0x44, 0x46, 0x2d];

/** A NUL, the start of a PDF, or more than one control character in twenty. */
export function isBinary(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, SAMPLE);
  if (sample.includes(0)) return true;
  if (PDF.every((byte, i) => sample[i] === byte)) return true;
  // Tab, line feed, vertical tab, form feed, carriage return and escape occur in text.
  const controls = sample.filter(
    (byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27) || byte === 127,
  );
  return controls.length * 20 > sample.length;
}

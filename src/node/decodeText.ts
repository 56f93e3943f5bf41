/** A file's bytes as text. */

/** How far git looks for a NUL byte before it calls a file binary. */
const SAMPLE = 8000;

/**
 * UTF-8, UTF-16 with a byte order mark, and, where the bytes are not valid UTF-8, windows-1252 (the web's latin1).
 * The mark is no part of the text. Undefined for what is no text.
 */
export function decodeText(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return decode(bytes, 'utf-16le', false);
  if (first === 0xfe && second === 0xff) return decode(bytes, 'utf-16be', false);
  if (isBinary(bytes)) return undefined;
  return decode(bytes, 'utf-8', true) ?? decode(bytes, 'windows-1252', false);
}

function decode(bytes: Uint8Array, encoding: string, fatal: boolean): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** A NUL, the start of a PDF, or more than one control character in twenty. */
export function isBinary(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, SAMPLE);
  if (sample.includes(0)) return true;
  if (Buffer.from(sample.subarray(0, 5)).toString('latin1') === '%PDF-') return true;
  // Tab, line feed, vertical tab, form feed, carriage return and escape occur in text.
  const controls = sample.filter(
    (byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27) || byte === 127,
  );
  return controls.length * 20 > sample.length;
}

import type { IncomingMessage } from 'node:http';
import { pipeline, Readable, type Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import { BodyError, BodyLimitError } from './faults';

export const ACCEPTED_ENCODINGS = 'gzip, deflate, br';

/** A body may be encoded more than once; nobody who means well does it more often (RFC 9110, 8.4). */
const MAX_ENCODINGS = 3;

export interface BodyLimit {
  readonly maxBytes: number;
  /** What is longer ends there; else it is a BodyLimitError. */
  readonly cuts?: boolean | undefined;
}

/** The body, decoded. Rejects with a BodyLimitError, a BodyError, or what the message fails with. */
export async function readBody(
  message: IncomingMessage,
  { maxBytes, cuts = false }: BodyLimit,
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    if (!cuts && encodingsOf(message).length === 0 && Number(message.headers['content-length']) > maxBytes) {
      throw new BodyLimitError();
    }
    const body: AsyncIterable<Uint8Array> = await decodedBody(message);
    for await (const piece of body) {
      size += piece.length;
      // As soon as it is too much: what a bomb unpacks to is never held.
      if (size > maxBytes && !cuts) throw new BodyLimitError();
      pieces.push(piece);
      if (size > maxBytes) break;
    }
    return Buffer.concat(pieces).subarray(0, maxBytes);
  } finally {
    message.destroy();
  }
}

/** The body as it arrives, decoded. */
export async function decodedBody(message: IncomingMessage): Promise<Readable> {
  const encodings = encodingsOf(message);
  if (encodings.length === 0) return message;
  if (encodings.length > MAX_ENCODINGS) throw new BodyError('it is encoded too often');
  const pieces: AsyncIterator<Uint8Array, unknown> = message[Symbol.asyncIterator]();
  const first = await pieces.next();
  // No decoder takes an empty body for a whole one.
  if (first.done) return Readable.from([]);
  const decoders = encodings
    .reverse()
    .map((encoding, i) => decoderOf(encoding, i === 0 ? first.value : undefined));
  return decoders.reduce<Readable>(joined, Readable.from(all(first.value, pieces), { objectMode: false }));
}

async function* all(
  first: Uint8Array,
  others: AsyncIterator<Uint8Array, unknown>,
): AsyncGenerator<Uint8Array> {
  yield first;
  yield* { [Symbol.asyncIterator]: () => others };
}

/** An error of either ends both. */
const joined = (source: Readable, decoder: Transform): Transform =>
  pipeline(source, decoder, () => undefined);

const encodingsOf = ({ headers }: IncomingMessage): string[] =>
  (headers['content-encoding'] ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity');

function decoderOf(encoding: string, first: Uint8Array | undefined): Transform {
  switch (encoding) {
    case 'gzip':
    case 'x-gzip':
      return zlib.createGunzip();
    case 'br':
      return zlib.createBrotliDecompress();
    case 'deflate':
      // Meant is the zlib format, whose first byte names its method, 8; some servers send the bare stream.
      return first && ((first[0] ?? 0) & 0x0f) !== 8 ? zlib.createInflateRaw() : zlib.createInflate();
    default:
      throw new BodyError(`its encoding “${encoding}” is unknown`);
  }
}

/** Vectors of passages kept in a file: a line of JSON (encoder, dimensions, hashes), then float32 little-endian rows. */
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import type { VectorCache } from '../core/tools/search/vectors';

const HEADER = z.object({
  version: z.literal(1),
  encoder: z.string(),
  dimensions: z.number().int().min(0),
  /** In the order of the rows. */
  hashes: z.array(z.string()),
  /** Of texts that the encoder cannot read. */
  unreadable: z.array(z.string()),
});

/** Undefined where there is none or it is damaged: vectors can always be made again. */
export async function readVectorCache(file: string): Promise<VectorCache | undefined> {
  try {
    const bytes = await readFile(file);
    const end = bytes.indexOf(0x0a);
    const header = HEADER.parse(JSON.parse(bytes.subarray(0, end).toString('utf8')));
    const { encoder, dimensions, hashes, unreadable } = header;
    // A copy, as float32 needs an aligned start.
    const rows = new Float32Array(new Uint8Array(bytes.subarray(end + 1)).buffer);
    if (rows.length !== hashes.length * dimensions || !rows.every((value) => Math.abs(value) <= 1.01))
      return undefined;
    return {
      encoder,
      entries: [
        ...hashes.map((hash, i) => [hash, rows.slice(i * dimensions, (i + 1) * dimensions)] as const),
        ...unreadable.map((hash) => [hash, null] as const),
      ],
    };
  } catch {
    return undefined;
  }
}

/** Whole or not at all: written beside it, then renamed. */
export async function writeVectorCache(file: string, { encoder, entries }: VectorCache): Promise<void> {
  const vectors = entries.flatMap(([hash, vector]) => (vector === null ? [] : [{ hash, vector }]));
  const header: z.infer<typeof HEADER> = {
    version: 1,
    encoder,
    dimensions: vectors[0]?.vector.length ?? 0,
    hashes: vectors.map(({ hash }) => hash),
    unreadable: entries.flatMap(([hash, vector]) => (vector === null ? [hash] : [])),
  };
  const rows = vectors.map(({ vector }) => Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength));
  await mkdir(path.dirname(file), { recursive: true });
  const fresh = `${file}.${process.pid}.${Date.now().toString(36)}`;
  try {
    await writeFile(fresh, Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), ...rows]));
    await rename(fresh, file);
  } finally {
    await rm(fresh, { force: true });
  }
}

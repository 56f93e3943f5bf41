import type { Encoder } from '../ports';
import type { CaseBank } from './bank';
import type { WriteOptions } from './transfer/writeImport';

/** Questions that are encoded and written together: what a cancel loses at most, and less than a second of work. */
const BATCH = 64;
/** Questions that are asked for at once, so that the total is known. */
const MOST = 100_000;
/** One of no length: the encoder cannot read the question, so that it is not tried again. */
const UNREADABLE = new Float32Array(0);

/**
 * Gives every case whose question has no vector of the encoder one. The number of cases that were done. Rejects with
 * the signal's reason, and as bank and encoder do; what was done by then stays.
 */
export async function embedMissing(
  bank: CaseBank,
  encoder: Encoder,
  { signal, onProgress }: WriteOptions = {},
): Promise<number> {
  const tried = new Set<string>();
  for (;;) {
    const missing = (await bank.withoutVector(encoder.id, MOST)).filter(({ id }) => !tried.has(id));
    if (missing.length === 0) return tried.size;
    const total = tried.size + missing.length;
    for (let from = 0; from < missing.length; from += BATCH) {
      const batch = missing.slice(from, from + BATCH);
      const vectors = await encoder.encode(
        batch.map(({ question }) => question),
        signal,
      );
      await bank.embed(
        batch.map(({ id: caseId, question }, i) => ({
          caseId,
          question,
          vector: { encoder: encoder.id, values: vectors[i] ?? UNREADABLE },
        })),
      );
      for (const { id } of batch) tried.add(id);
      onProgress?.({ done: tried.size, total });
    }
  }
}

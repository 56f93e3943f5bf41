/** The vectors of all questions, kept in a file between runs. */
import type { QuestionFeatures } from '../../src/core/memory/policy/judgedRun';
import type { Encoder } from '../../src/core/ports';
import { Vectors } from '../../src/core/tools/search/vectors';
import { readVectorCache, writeVectorCache } from '../../src/node/vectorCache';

/** A question as a policy sees it. */
export type Encoded = (text: string) => QuestionFeatures;

export async function encodeAll(
  texts: readonly string[],
  encoder: Encoder,
  cacheFile: string,
): Promise<Encoded> {
  const vectors = new Vectors(encoder);
  const cache = await readVectorCache(cacheFile);
  if (cache !== undefined) vectors.load(cache);
  // Texts of like length belong into one batch.
  await vectors.ensure(texts.toSorted((a, b) => a.length - b.length));
  if (vectors.unsaved > 0) await writeVectorCache(cacheFile, vectors.dump(texts));
  return (text) => {
    const values = vectors.get(text);
    return { text, vector: values && { encoder: encoder.id, values } };
  };
}

/** Questions that are the same but for their spelling: what was judged once must not be asked as if it were new. */
import { normalise } from '../../common/text';
import { lexicalSimilarity } from '../../memory/search/lexicalSimilarity';
import type { Encoder } from '../../ports';
import { cosine } from '../../tools/search/vectors';

/** Above it two questions count as the same. */
export const SAME = 0.95;

interface Known {
  readonly form: string;
  readonly vector: Float32Array | undefined;
  readonly text: string;
}

export class NearDuplicates {
  readonly #known: Known[] = [];
  readonly #forms = new Map<string, number>();
  readonly #vectors: ReadonlyMap<string, Float32Array | undefined>;

  private constructor(vectors: ReadonlyMap<string, Float32Array | undefined>) {
    this.#vectors = vectors;
  }

  /** @param texts all that will be added or looked up */
  static async of(encoder: Encoder, texts: readonly string[], signal: AbortSignal): Promise<NearDuplicates> {
    const all = [...new Set(texts)];
    const vectors = await encoder.encode(all, signal);
    return new NearDuplicates(new Map(all.map((text, i) => [text, vectors[i]])));
  }

  /** Index of the first known text that this one repeats, undefined with none. */
  find(text: string): number | undefined {
    const form = normalise(text);
    const same = this.#forms.get(form);
    if (same !== undefined) return same;
    const vector = this.#vectors.get(text);
    const found = this.#known.findIndex((known) => alike(known, { form, vector, text }) > SAME);
    return found < 0 ? undefined : found;
  }

  /** Makes it known, as the next index. */
  add(text: string): void {
    const form = normalise(text);
    if (!this.#forms.has(form)) this.#forms.set(form, this.#known.length);
    this.#known.push({ form, vector: this.#vectors.get(text), text });
  }
}

/** Cosine of the questions' vectors; by words where the encoder cannot read one of them. */
function alike(a: Known, b: Known): number {
  if (a.vector === undefined || b.vector === undefined) return lexicalSimilarity(a.text, b.text);
  return cosine(a.vector, b.vector);
}

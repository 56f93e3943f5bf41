/** The rankings of similar questions: the product's candidates, and their parts. */
import { type EncoderMeans, place } from '../../src/core/memory/policy/questionKernel';
import { QuestionIndex } from '../../src/core/memory/search/questionIndex';
import { fuse } from '../../src/core/memory/search/similarity';
import { VectorIndex } from '../../src/core/memory/search/vectorIndex';
import type { LabelledQuestion } from './data';
import type { Encoded } from './vectors';

export const RANKINGS = [
  'BM25',
  'embedding',
  'embedding, mean subtracted',
  'fusion',
  'fusion, mean subtracted',
] as const;
export type Ranking = (typeof RANKINGS)[number];

/** As many as sqlBank.ts takes of each of the two rankings that it fuses. */
export const POOL = 20;

/** Questions to be found by likeness. */
export class Questions {
  readonly #words = new QuestionIndex();
  readonly #vectors = new VectorIndex();
  readonly #centred = new VectorIndex();
  readonly #encoded: Encoded;
  readonly #means: EncoderMeans;

  constructor(questions: readonly LabelledQuestion[], encoded: Encoded, means: EncoderMeans) {
    [this.#encoded, this.#means] = [encoded, means];
    for (const { id, text } of questions) {
      this.#words.add(id, text);
      const { vector } = encoded(text);
      if (vector === undefined) continue;
      this.#vectors.set(id, vector.values);
      this.#centred.set(id, this.#centre(text));
    }
  }

  /** The ids of the `count` questions most like another one (at most 20), best first; never its own. */
  nearest(by: Ranking, { id, text }: LabelledQuestion, count: number): readonly string[] {
    const others = (found: readonly string[]) => found.filter((each) => each !== id).slice(0, POOL);
    const words = () => others(this.#words.search(text, POOL + 1));
    const vector = this.#encoded(text).vector?.values ?? new Float32Array();
    const vectors = () => others(this.#vectors.nearest(vector, POOL + 1));
    const centred = () => others(this.#centred.nearest(this.#centre(text), POOL + 1));
    const fused = (rankings: readonly (readonly string[])[]) =>
      [...fuse(rankings)].sort(([, a], [, b]) => b - a).map(([each]) => each);
    const ranked = {
      BM25: words,
      embedding: vectors,
      'embedding, mean subtracted': centred,
      fusion: () => fused([words(), vectors()]),
      'fusion, mean subtracted': () => fused([words(), centred()]),
    };
    return ranked[by]().slice(0, count);
  }

  #centre(text: string): Float32Array {
    const question = this.#encoded(text);
    if (question.vector === undefined) return new Float32Array();
    return Float32Array.from(place(question, this.#means).direction);
  }
}

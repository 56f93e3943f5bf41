/** BM25+ over title, path and text of passages. */
import { TermIndex, type TermIndexImage } from '../../memory/search/termIndex';
import type { Passage } from '../../ports';
import { indexTerms } from './terms';

/** What a term counts in the path, beside 1 in title and text. */
const PATH = 0.5;

/** Scores a term as MiniSearch does with the same weights (its test compares them), and is built several times as fast. */
export class LexicalIndex {
  readonly #index = new TermIndex<number>(3, { distinctLengths: true, coordination: true });

  /** @param name what the document calls itself, where its title does not say so */
  add(id: number, { title, path, text }: Passage, name?: string): void {
    const named = name === undefined || title.includes(name) ? title : `${title} ${name}`;
    this.#index.set(id, [indexTerms(named), indexTerms(path), indexTerms(text)]);
  }

  /** About how many passages have the term; those that were removed may still count. */
  frequency(term: string): number {
    return this.#index.frequency(term);
  }

  remove(id: number): void {
    this.#index.delete(id);
  }

  /** Scores of all passages that have one of the terms; each term counts by its weight. */
  search(weights: ReadonlyMap<string, number>): Map<number, number> {
    const inPath = new Map([...weights].map(([term, weight]) => [term, PATH * weight]));
    return this.#index.scores([weights, inPath, weights]);
  }

  /** To keep on disk: the passages in the order of its rows. */
  image(): { readonly ids: readonly number[]; readonly image: TermIndexImage } {
    return this.#index.image();
  }

  /** False where the image is not one of these passages. */
  load(ids: readonly number[], image: TermIndexImage): boolean {
    return this.#index.load(ids, image);
  }
}

/** Each term once, with the same weight. */
export const evenly = (terms: readonly string[], weight = 1): Map<string, number> =>
  new Map(terms.map((term) => [term, weight]));

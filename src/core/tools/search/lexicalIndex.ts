/** BM25+ over title, path and text of passages (minisearch). */
import MiniSearch from 'minisearch';
import type { Passage } from '../../ports';
import { indexTerms } from './terms';

interface Entry {
  readonly id: number;
  readonly title: string;
  readonly path: string;
  readonly text: string;
}

export class LexicalIndex {
  readonly #seen = new Map<string, number>();
  readonly #index = new MiniSearch<Entry>({
    fields: ['title', 'path', 'text'],
    tokenize: (text) => this.#count(indexTerms(text)),
    processTerm: (term) => term,
    searchOptions: {
      combineWith: 'OR',
      boost: { title: 1, path: 0.5, text: 1 },
      bm25: { k: 1.2, b: 0.7, d: 0.5 },
    },
  });

  /** @param name what the document calls itself, where its title does not say so */
  add(id: number, { title, path, text }: Passage, name?: string): void {
    const named = name === undefined || title.includes(name) ? title : `${title} ${name}`;
    this.#index.add({ id, title: named, path, text });
  }

  /** About how many passages have the term; those that were removed still count. */
  frequency(term: string): number {
    return this.#seen.get(term) ?? 0;
  }

  remove(id: number): void {
    this.#index.discard(id);
  }

  /** Scores of all passages that have one of the terms; each term counts by its weight. */
  search(weights: ReadonlyMap<string, number>): Map<number, number> {
    const terms = [...weights.keys()];
    if (terms.length === 0) return new Map();
    const found = this.#index.search('-', {
      tokenize: () => terms,
      boostTerm: (term) => weights.get(term) ?? 1,
    });
    return new Map(found.map((result) => [result.id as number, result.score]));
  }

  #count(terms: string[]): string[] {
    for (const term of new Set(terms)) this.#seen.set(term, (this.#seen.get(term) ?? 0) + 1);
    return terms;
  }
}

/** Each term once, with the same weight. */
export const evenly = (terms: readonly string[], weight = 1): Map<string, number> =>
  new Map(terms.map((term) => [term, weight]));

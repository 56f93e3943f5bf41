import { lexicalTokens, ngrams } from '../../common/text';
import { TermIndex } from './termIndex';

/**
 * How much a trigram counts beside a word. Of the four cases nearest to a released question (640 of seven sources, leaving
 * one out), so many come from its own source by the fusion with the embedding: 58.9 % with words and trigrams, 58.5 %
 * with words alone; 55.9 % without function words, which tell what kind of question it is, so they stay. Where each long
 * word has lost a letter, or two have changed places, a question still has its own case first in 99 % of all, by words
 * alone in 83 %.
 */
const TRIGRAM_WEIGHT = 0.1;

/** BM25 over the questions of the cases, resident: over words of any language (`lexicalTokens`) and their trigrams. */
export class QuestionIndex {
  readonly #index = new TermIndex(2);

  has(id: string): boolean {
    return this.#index.has(id);
  }

  ids(): readonly string[] {
    return [...this.#index.ids()];
  }

  add(id: string, question: string): void {
    if (!this.has(id)) this.#index.set(id, terms(question));
  }

  delete(id: string): void {
    this.#index.delete(id);
  }

  /** The ids of the `count` best questions, best first, of equal ones the newest; only those that share a trigram. */
  search(question: string, count: number): string[] {
    const [words, trigrams] = terms(question);
    return this.#index.best([weighing(words, 1), weighing(trigrams, TRIGRAM_WEIGHT)], count);
  }
}

function terms(question: string): [words: readonly string[], trigrams: readonly string[]] {
  const words = lexicalTokens(question);
  return [words, words.flatMap(trigramsOf)];
}

/** Of a Latin word, its ends marked; of other scripts the tokens are pairs of characters already. */
const trigramsOf = (token: string): string[] =>
  /^\p{Script=Latin}/u.test(token) ? ngrams(`^${token}$`, 3) : [];

const weighing = (terms: readonly string[], weight: number) => new Map(terms.map((term) => [term, weight]));

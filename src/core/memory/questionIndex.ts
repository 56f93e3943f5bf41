import MiniSearch from 'minisearch';
import { lexicalTokens, STOP_WORDS } from '../common/text';

/** BM25 over the questions of the cases, resident. Words of any language: see `lexicalTokens`. */
export class QuestionIndex {
  readonly #ids = new Set<string>();
  readonly #index = new MiniSearch<{ id: string; question: string }>({
    fields: ['question'],
    tokenize: contentTokens,
    processTerm: (term) => term,
    // Terms of discarded questions are cleaned away when a search meets them; no timers in the background.
    autoVacuum: false,
  });

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  ids(): readonly string[] {
    return [...this.#ids];
  }

  add(id: string, question: string): void {
    if (this.#ids.has(id)) return;
    this.#ids.add(id);
    this.#index.add({ id, question });
  }

  delete(id: string): void {
    if (this.#ids.delete(id)) this.#index.discard(id);
  }

  /** The ids of the `count` best questions, best first; only those that share a word. */
  search(question: string, count: number): string[] {
    return this.#index
      .search(question)
      .slice(0, count)
      .map((hit) => String(hit.id));
  }
}

/** Function words weigh little and are in almost every question: they are left out unless there is nothing else. */
function contentTokens(text: string): string[] {
  const all = lexicalTokens(text);
  const content = all.filter((token) => !STOP_WORDS.has(token));
  return content.length > 0 ? content : all;
}

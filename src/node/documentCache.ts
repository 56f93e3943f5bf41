import type { DocumentContent } from '../core/ports';

/** Documents that were read, by a key; those used longest ago make room. */
export class DocumentCache {
  readonly #entries = new Map<string, { readonly content: DocumentContent; readonly characters: number }>();
  readonly #most: number;
  #characters = 0;

  /** @param most characters of all texts together; a document that has more alone is kept until the next one comes */
  constructor(most: number) {
    this.#most = most;
  }

  get(key: string): DocumentContent | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    // A Map keeps the order of insertion: to the end with it.
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.content;
  }

  set(key: string, content: DocumentContent): void {
    const characters = content.parts.reduce((sum, { text }) => sum + text.length, 0);
    for (const [oldest, entry] of this.#entries) {
      if (this.#characters + characters <= this.#most) break;
      this.#entries.delete(oldest);
      this.#characters -= entry.characters;
    }
    this.#entries.set(key, { content, characters });
    this.#characters += characters;
  }
}

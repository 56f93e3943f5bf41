/** Sentences for the user, each told once: again only after `settled`. */
export class Notices {
  #waiting: string[] = [];
  readonly #told = new Set<string>();

  tell(sentence: string): void {
    if (this.#told.has(sentence)) return;
    this.#told.add(sentence);
    this.#waiting.push(sentence);
  }

  /** What was told of has passed: should it come back, it is news. */
  settled(): void {
    this.#told.clear();
  }

  /** All that waits, as one text. */
  take(): string | undefined {
    const sentences = this.#waiting.splice(0);
    return sentences.length === 0 ? undefined : sentences.join(' ');
  }
}

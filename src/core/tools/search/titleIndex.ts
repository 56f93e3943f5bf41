/** Which documents a text mentions by title or by name. */
import { STOP_WORDS } from '../../common/text';
import { nameWords } from './terms';

export interface Mention {
  readonly path: string;
  /** The title or name as the document has it. */
  readonly title: string;
  /** How many words of the text it covers. */
  readonly words: number;
}

const LONGEST = 12;

export class TitleIndex {
  /** Words joined by a space -> path -> the title as written. */
  readonly #byKey = new Map<string, Map<string, string>>();
  readonly #keys = new Map<string, readonly string[]>();
  readonly #titles = new Map<string, readonly string[]>();

  /** Replaces the names of a document. `Lilu (mythology)` is known as `Lilu` too. */
  set(path: string, titles: readonly string[]): void {
    this.delete(path);
    const keys: string[] = [];
    for (const title of titles) {
      for (const name of [title, title.replace(/\s*\([^()]*\)\s*$/, ''), title.replace(/,[^,]*$/, '')]) {
        const key = keyOf(name);
        if (key === undefined || keys.includes(key)) continue;
        keys.push(key);
        const paths = this.#byKey.get(key) ?? new Map<string, string>();
        this.#byKey.set(key, paths.set(path, title));
      }
    }
    this.#keys.set(path, keys);
    this.#titles.set(path, titles);
  }

  delete(path: string): void {
    for (const key of this.#keys.get(path) ?? []) {
      const paths = this.#byKey.get(key);
      paths?.delete(path);
      if (paths?.size === 0) this.#byKey.delete(key);
    }
    this.#keys.delete(path);
    this.#titles.delete(path);
  }

  titles(path: string): readonly string[] {
    return this.#titles.get(path) ?? [];
  }

  /**
   * The documents mentioned, longest names first found. A single word counts where it is capitalised, and a longer name
   * hides the shorter ones inside it.
   */
  mentions(text: string): Mention[] {
    const words = nameWords(text);
    const found = new Map<string, Mention>();
    for (let i = 0; i < words.length;) {
      const { length, paths } = this.#longestAt(words, i);
      for (const [path, title] of paths)
        if (!found.has(path)) found.set(path, { path, title, words: length });
      i += Math.max(1, length);
    }
    return [...found.values()];
  }

  #longestAt(words: readonly { word: string; capital: boolean }[], start: number) {
    for (let length = Math.min(LONGEST, words.length - start); length > 0; length--) {
      const slice = words.slice(start, start + length);
      if (length === 1 && slice[0]?.capital !== true) break;
      const paths = this.#byKey.get(slice.map(({ word }) => word).join(' '));
      if (paths !== undefined) return { length, paths };
    }
    return { length: 0, paths: new Map<string, string>() };
  }
}

/** Undefined for names too plain to be recognised in a text. */
function keyOf(name: string): string | undefined {
  const words = nameWords(name).map(({ word }) => word);
  if (words.length === 0 || words.length > LONGEST) return undefined;
  const telling = words.filter((word) => !STOP_WORDS.has(word) && !PLAIN.has(word));
  const letters = telling.join('').length;
  return telling.length > 0 && letters > 2 && /\p{L}/u.test(telling.join('')) ? words.join(' ') : undefined;
}

/** Names that half of all folders have. */
const PLAIN = new Set(
  'readme index notes note untitled introduction overview contents summary todo main test tests'.split(' '),
);

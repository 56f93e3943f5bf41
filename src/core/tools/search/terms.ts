/** What passages are indexed by and queries matched by. */
import { lexicalTokens, STOP_WORDS } from '../../common/text';

const STOP_TERMS: ReadonlySet<string> = new Set(lexicalTokens([...STOP_WORDS].join(' ')));

/** Stems and character bigrams without the function words, in order, repeated where the text repeats them. */
export const indexTerms = (text: string): string[] =>
  lexicalTokens(text).filter((term) => !STOP_TERMS.has(term));

export interface NameWord {
  /** Lower case, without a possessive ending. */
  readonly word: string;
  readonly capital: boolean;
}

const NAME_WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[\p{L}\p{N}\p{M}])+(?:['’]\p{L}+)*/gu;

/** Words for matching names: no stems, no parts, each character of Chinese and Japanese by itself. */
export function nameWords(text: string): NameWord[] {
  return (text.normalize('NFKC').match(NAME_WORD) ?? []).map((raw) => ({
    word: raw.toLowerCase().replaceAll('’', "'").replace(/'s$/, ''),
    capital: /^(?:\p{Lu}|\p{N}|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])/u.test(raw),
  }));
}

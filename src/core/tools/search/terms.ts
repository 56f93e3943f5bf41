/** What passages are indexed by and queries matched by. */
import { lexicalTokens, STOP_WORDS } from '../../common/text';

const STOP_TERMS: ReadonlySet<string> = new Set(lexicalTokens([...STOP_WORDS].join(' ')));

/** Stems and character bigrams without the function words, in order, repeated where the text repeats them. */
export const indexTerms = (text: string): string[] =>
  lexicalTokens(withoutMarks(text)).filter((term) => !STOP_TERMS.has(term));

const MARKED = /[\u00c0-\u052f\u0590-\u06ff\u1e00-\u1fff]+/g;
const COMBINING = /[\u0300-\u036f]/;
const MARKS = /(?<=[\p{Script=Latin}\p{Script=Greek}\p{Script=Arabic}\p{Script=Hebrew}])\p{Mn}+|\u0640/gu;
/** Letters that Unicode does not take apart. */
const WHOLE_LETTERS: Readonly<Record<string, string>> = {
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ı: 'i',
  ß: 'ss',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ё: 'е',
  Ё: 'Е',
};

const WHOLE = new RegExp(`[${Object.keys(WHOLE_LETTERS).join('')}]`, 'g');

/** `Łódź`, `Akinoshū` and vowelled Arabic are asked for without their marks, and written with them; or the reverse. */
const withoutMarks = (text: string): string =>
  (COMBINING.test(text) ? text.normalize('NFC') : text).replace(MARKED, unmarked);

const unmarked = (letters: string): string =>
  letters
    .replace(WHOLE, (letter) => WHOLE_LETTERS[letter] ?? letter)
    .normalize('NFD')
    .replace(MARKS, '')
    .normalize('NFC');

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

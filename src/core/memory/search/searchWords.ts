/** How a search, and a text that is searched, are divided. Both are normalised (`normalise`). */
import { normalise } from '../../common/text';

export interface SearchPart {
  /** A word is found inflected, begun and misspelt too; all else as it stands. */
  readonly kind: 'word' | 'exact';
  readonly text: string;
}

const UNSPACED = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]`;
const SPACED = String.raw`(?:(?!${UNSPACED})[\p{L}\p{M}\p{N}])+`;
const WORD = `${SPACED}(?:'${SPACED})*`;

const WORDS = new RegExp(WORD, 'gu');
const ASCII_WORDS = /[a-z0-9]+(?:'[a-z0-9]+)*/g;
const PARTS = new RegExp(`"([^"]+)"|(${UNSPACED}+)|(${WORD})`, 'gu');

/** The words of a normalised text in order, without those of scripts that put no spaces between them. */
export const textWords = (text: string): readonly string[] =>
  text.match(/[\u0080-\uffff]/.test(text) ? WORDS : ASCII_WORDS) ?? [];

/** One part or more: a text without words is one that stands for itself. */
export function parseSearch(search: string): readonly SearchPart[] {
  const normalised = normalise(search);
  const parts = Array.from(normalised.matchAll(PARTS), ([, quoted, run, word]): SearchPart =>
    word === undefined ? { kind: 'exact', text: quoted?.trim() ?? run ?? '' } : { kind: 'word', text: word },
  );
  return parts.length > 0 ? parts : [{ kind: 'exact', text: normalised }];
}

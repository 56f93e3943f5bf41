/** A piece of evidence, prepared once for all the claims that are checked against it. */
import { sentences } from '../../common/sentences';
import type { Evidence } from '../evidence';
import { type Language, languageOf, type Lexicon, lexiconOf } from './lexicon';
import { plainText, type PlainText } from './plainText';
import { type Haystack, haystackOf, type Range } from './quotation';
import { type Token, tokensOf } from './tokens';

/** A sentence, two adjacent ones, or a row of a table. */
export interface Passage {
  readonly tokens: readonly Token[];
  /** In the original text. */
  readonly range: Range;
  /** Index of its first token among all tokens: what stands before it. */
  readonly at: number;
}

export interface EvidenceText {
  readonly id: string;
  readonly text: string;
  readonly haystack: Haystack;
  readonly language: Language;
  readonly lexicon: Lexicon;
  readonly tokens: readonly Token[];
  readonly title: readonly Token[];
  readonly passages: readonly Passage[];
}

/** A line of a table or list of values, each of which stands for itself. */
const ROW = /[\t|]|[^\s,;]+[,;][^\s,;]|^[^:]{1,40}:\s*\S/;

export function prepare({ id, text, title }: Pick<Evidence, 'id' | 'text' | 'title'>): EvidenceText {
  const haystack = haystackOf(text);
  const language = languageOf(text);
  const tokens: Token[] = [];
  const singles = sentences(text).map(({ start, end }) => {
    const passage = passageOf(haystack.plain, language, start, end, tokens.length);
    for (const token of passage.tokens) tokens.push(token);
    return passage;
  });
  const pairs = singles.slice(1).map((second, i) => joined(singles[i] ?? second, second));
  const rows = singles.flatMap((single) => rowsOf(text, haystack.plain, language, single));
  return {
    id,
    text,
    haystack,
    language,
    lexicon: lexiconOf(language),
    tokens,
    // `Slasher (TV series)` is called Slasher.
    title: tokensOf(plainText(title.replace(/\s*\([^()]*\)\s*$/, '')), language),
    passages: [...rows, ...singles, ...pairs],
  };
}

function passageOf(plain: PlainText, language: Language, start: number, end: number, at: number): Passage {
  const tokens = tokensOf(plain, language, plainOffset(plain, start), plainOffset(plain, end));
  return { tokens, range: { start, end }, at };
}

const joined = (first: Passage, second: Passage): Passage => ({
  tokens: [...first.tokens, ...second.tokens],
  range: { start: first.range.start, end: second.range.end },
  at: first.at,
});

function rowsOf(text: string, plain: PlainText, language: Language, { range, at }: Passage): Passage[] {
  const lines = text.slice(range.start, range.end).split('\n');
  if (lines.length < 2 || !lines.every((line) => line.trim() === '' || ROW.test(line.trim()))) return [];
  let start = range.start;
  return lines.map((line) => {
    const from = start;
    start += line.length + 1;
    return passageOf(plain, language, from, from + line.length, at);
  });
}

/** The first unit of the plain text that came from there or later. */
function plainOffset({ origins }: PlainText, original: number): number {
  let [low, high] = [0, origins.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((origins[middle] ?? 0) < original) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Find in document: the words as they stand, wherever a line breaks between them; else passages by their words (BM25). */
import { pace } from '../../common/pace';
import { TermIndex } from '../../memory/search/termIndex';
import type { DocumentContent } from '../../ports';
import { indexTerms } from '../search/terms';
import { allPassages, passageAround } from './passage';
import type { Piece } from './piece';

export interface Found {
  /** `exact`: the passages have the words as they were asked for; `words`: some of them, the best first. */
  readonly how: 'exact' | 'words';
  readonly passages: readonly Piece[];
  /** Places of exact matches; with `words` how many passages are given. */
  readonly matches: number;
  /** Of all exact matches, for who wants the others. */
  readonly addresses: readonly Piece[];
}

const MOST_WORDS_HITS = 8;

/** @param whole the document where `pieces` are all of it: its index is kept for the next search */
export async function find(
  pieces: readonly Piece[],
  query: string,
  signal: AbortSignal,
  whole?: DocumentContent,
): Promise<Found> {
  const exact = await findExact(pieces, query, signal);
  if (exact.matches > 0) return exact;
  const known = whole && indexes.get(whole);
  const words = known ?? (await buildIndex(pieces, signal));
  if (whole) indexes.set(whole, words);
  const passages = findWords(words, query);
  return { how: 'words', passages, matches: passages.length, addresses: passages };
}

/** Between two words: white space, a row's tab or a table's bar, the hyphen of a broken word before a line's end. */
const BETWEEN = String.raw`[\s|]+`;
const ALIKE: readonly (readonly [RegExp, string])[] = [
  [/['‘’‛′]/g, "['‘’‛′]"],
  [/["“”„‟«»″]/g, '["“”„‟«»″]'],
  [/[-‐‑‒–—−]/g, '[-‐‑‒–—−]'],
];

/** Case, kind of quotation marks and dashes, and line breaks do not count. Undefined for what has nothing to look for. */
export function patternOf(query: string): RegExp | undefined {
  const words = query
    .trim()
    .replace(/^["“](.*)["”]$/s, '$1')
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return undefined;
  return new RegExp(words.map(wordPattern).join(BETWEEN), 'giu');
}

function wordPattern(word: string): string {
  const escaped = word.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
  return ALIKE.reduce((pattern, [characters, group]) => pattern.replace(characters, group), escaped);
}

async function findExact(pieces: readonly Piece[], query: string, signal: AbortSignal): Promise<Found> {
  const pattern = patternOf(query);
  const rest = pace();
  const passages = new Map<string, Piece>();
  let matches = 0;
  for (const part of pattern === undefined ? [] : pieces) {
    await rest();
    signal.throwIfAborted();
    for (const match of part.text.matchAll(pattern ?? /(?!)/g)) {
      matches++;
      const passage = passageAround(part, match.index, match.index + match[0].length);
      passages.set(JSON.stringify([passage.locator, passage.text]), passage);
    }
  }
  const found = [...passages.values()];
  return { how: 'exact', passages: found, matches, addresses: found };
}

interface WordIndex {
  readonly index: TermIndex;
  readonly passages: readonly Piece[];
}

/** As long as the document is kept. */
const indexes = new WeakMap<DocumentContent, WordIndex>();

function findWords({ index, passages }: WordIndex, query: string): Piece[] {
  const weights = new Map(indexTerms(query).map((term) => [term, 1]));
  return index.best([weights], MOST_WORDS_HITS).flatMap((id) => passages[Number(id)] ?? []);
}

async function buildIndex(pieces: readonly Piece[], signal: AbortSignal): Promise<WordIndex> {
  const index = new TermIndex(1);
  const passages: Piece[] = [];
  const rest = pace();
  for (const passage of allPassages(pieces)) {
    await rest();
    signal.throwIfAborted();
    index.set(String(passages.push(passage) - 1), [indexTerms(`${passage.title} ${passage.text}`)]);
  }
  return { index, passages };
}

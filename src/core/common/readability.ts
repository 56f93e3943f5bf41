import { STOP_WORDS } from './text';
import type { Segmentation } from './unigram';

/**
 * Whether an encoder whose vocabulary is English can make sense of a text. The share of unknown characters tells
 * Chinese, Russian or Hindi. It does not tell German or French, whose letters the vocabulary has, nor identifiers: those
 * are cut into many short, rare pieces, so their log-probability a character is low. Rare names do that to English too,
 * but its function words stand around them, and they count in favour.
 *
 *   readability = log-probability a character + 4 · (share of words that are English function words)
 *
 * Measured with the vocabulary of USE-lite on texts of at least 12 characters (median, and share refused below -2.7):
 *   English questions (HotpotQA, MuSiQue, Natural Questions, Memento's training set; 3,269)  -0.3   0.06 %
 *   English compiler messages (TypeScript's; 2,050; those refused are mostly in capitals)    -1.2   3.6 %
 *   the same messages in German -3.6  99.3 %, French -3.3  93.2 %, Spanish -3.3  96.4 %, Italian -3.2  95.8 %,
 *   Portuguese -3.6  98.9 %, Polish, Czech, Turkish -4.8  99.9 %; Russian, Japanese, Korean, Chinese by unknown share
 *   bare identifiers, paths, hashes (a dozen)                                                -3.2 to -6.6, all
 * What passes wrongly is short and made of words that English shares ("Quelle est la capitale de la France ?").
 */
export function readability(text: string, segmentation: Segmentation): number {
  const found =
    text
      .normalize('NFKC')
      .toLowerCase()
      .replaceAll('’', "'")
      .match(/\p{L}[\p{L}']*/gu) ?? [];
  const functionWords = found.filter((word) => STOP_WORDS.has(word) && !FALSE_FRIENDS.has(word)).length;
  return segmentation.logProbability + 4 * (found.length === 0 ? 0 : functionWords / found.length);
}

/** Below this readability a text has no vector. */
export const LEAST_READABILITY = -2.7;
/** Above this share of unknown characters neither. */
export const MOST_UNKNOWN = 0.2;

export function isReadable(text: string, segmentation: Segmentation): boolean {
  if (segmentation.ids.length === 0 || segmentation.unknownShare > MOST_UNKNOWN) return false;
  return readability(text, segmentation) >= LEAST_READABILITY;
}

/** English function words that are words of German, French, Spanish, Italian or Portuguese too. */
const FALSE_FRIENDS = new Set(
  'a all also an as do he her i if in me most no on once so to under will'.split(' '),
);

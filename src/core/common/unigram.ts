/**
 * The SentencePiece unigram tokenizer (Kudo 2018, "Subword Regularization", section 3.2): of all ways to cut a text
 * into pieces of the vocabulary, the one with the largest sum of log-probabilities, found by Viterbi's algorithm.
 */

/** Pieces with their natural log-probability, by id. Score null: lost in a conversion, see `createUnigramTokenizer`. */
export type Vocabulary = readonly (readonly [piece: string, score: number | null])[];

export interface Segmentation {
  /** Vocabulary ids; a run of unknown characters is one id 0. */
  readonly ids: readonly number[];
  /** As many as `ids`; joined they give `normalised` again. */
  readonly pieces: readonly string[];
  /** What was cut: NFKC, every run of white space one `▁`, one more in front. Empty for a text of white space only. */
  readonly normalised: string;
  /** Of the code points other than white space the share that no piece covers, 0 to 1; 0 for an empty text. */
  readonly unknownShare: number;
  /** Mean natural log-probability a code point (`▁` counts); lower is less like the vocabulary's language. 0 if empty. */
  readonly logProbability: number;
}

export interface UnigramTokenizer {
  /** Total: every string has a segmentation, lone surrogates included. Linear in the length of the text. */
  segment(text: string): Segmentation;
}

const SPACE = '\u2581';
const UNKNOWN_ID = 0;
/** Lower than any piece (USE-lite's least is -14.5), so that an unknown character is a last resort. */
const UNKNOWN_SCORE = -20;

interface Entry {
  readonly id: number;
  readonly score: number;
}

/**
 * @param reserved how many ids at the front are control symbols that no text may produce (USE-lite: 6)
 * Vocabularies are sorted by score, so a score that is null takes that of the piece before it (USE-lite's published
 * file lost those of pieces with a colon, which YAML could not read).
 */
export function createUnigramTokenizer(vocabulary: Vocabulary, reserved = 6): UnigramTokenizer {
  const entries = new Map<string, Entry>();
  let longest = 1;
  let last = 0;
  vocabulary.forEach(([piece, score], id) => {
    last = score ?? last;
    if (id < reserved) return;
    entries.set(piece, { id, score: last });
    longest = Math.max(longest, Array.from(piece).length);
  });
  return { segment: (text) => segment(text, entries, longest) };
}

function normalise(text: string): string {
  const collapsed = text
    .normalize('NFKC')
    .replace(/[\s\u200b]+/g, ' ')
    .trim();
  return collapsed === '' ? '' : SPACE + collapsed.replaceAll(' ', SPACE);
}

function segment(text: string, entries: ReadonlyMap<string, Entry>, longest: number): Segmentation {
  const normalised = normalise(text);
  const characters = Array.from(normalised);
  const { from, id, score } = bestCuts(characters, entries, longest);

  const ids: number[] = [];
  const pieces: string[] = [];
  let unknown = 0;
  for (let end = characters.length; end > 0; end = from[end] ?? 0) {
    const start = from[end] ?? 0;
    const piece = characters.slice(start, end).join('');
    const current = id[end] ?? UNKNOWN_ID;
    if (current === UNKNOWN_ID) unknown++;
    if (current === UNKNOWN_ID && ids.at(-1) === UNKNOWN_ID) {
      pieces[pieces.length - 1] = piece + (pieces.at(-1) ?? '');
    } else {
      ids.push(current);
      pieces.push(piece);
    }
  }
  const visible = characters.filter((character) => character !== SPACE).length;
  return {
    ids: ids.reverse(),
    pieces: pieces.reverse(),
    normalised,
    unknownShare: visible === 0 ? 0 : unknown / visible,
    logProbability: characters.length === 0 ? 0 : (score[characters.length] ?? 0) / characters.length,
  };
}

/** For each end position: where the best last piece starts, its id, and the best sum of scores up to there. */
function bestCuts(characters: readonly string[], entries: ReadonlyMap<string, Entry>, longest: number) {
  const n = characters.length;
  const score = new Float64Array(n + 1).fill(-Infinity);
  const from = new Int32Array(n + 1);
  const id = new Int32Array(n + 1);
  score[0] = 0;
  const offer = (start: number, end: number, pieceId: number, pieceScore: number) => {
    const total = (score[start] ?? 0) + pieceScore;
    if (total <= (score[end] ?? 0)) return;
    score[end] = total;
    from[end] = start;
    id[end] = pieceId;
  };
  for (let start = 0; start < n; start++) {
    let piece = '';
    let single = false;
    for (let end = start + 1; end <= Math.min(n, start + longest); end++) {
      piece += characters[end - 1] ?? '';
      const entry = entries.get(piece);
      if (entry === undefined) continue;
      if (end === start + 1) single = true;
      offer(start, end, entry.id, entry.score);
    }
    if (!single) offer(start, start + 1, UNKNOWN_ID, UNKNOWN_SCORE);
  }
  return { from, id, score };
}

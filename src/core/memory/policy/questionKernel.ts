/** How alike the questions of judged runs are to a question, for sharing evidence between them. */
import { lexicalTokens, ngrams, STOP_WORDS } from '../../common/text';
import type { StoredVector } from '../storedVector';
import { dot, fourDots } from './dot';
import type { QuestionFeatures } from './judgedRun';
import { hash32 } from './random';

/** A question's direction in the space of its encoder, or in that of words where no encoder reads it. */
export interface Placed {
  readonly space: string;
  /** Unit length (or all zeros). */
  readonly direction: Float64Array;
}

/**
 * The mean direction of an encoder's vectors, by encoder id. Sentence encoders put all texts into one cone; without
 * subtracting its axis every question looks somewhat like every other (Mu & Viswanath 2018, All-but-the-Top).
 */
export type EncoderMeans = ReadonlyMap<string, Float32Array>;

const WORDS = 'words';
const WORD_DIMENSIONS = 512;

export function place(question: QuestionFeatures, means: EncoderMeans): Placed {
  const { vector, text } = question;
  if (vector === undefined) return { space: WORDS, direction: wordDirection(text) };
  return { space: vector.encoder, direction: centred(vector, means.get(vector.encoder)) };
}

/** The cosine of two placed questions; 0 across spaces. */
export function cosineOf(a: Placed, b: Placed): number {
  return comparable(a, b) ? dot(a.direction, b.direction, a.direction.length) : 0;
}

/** The cosines of several placed questions with one: of the rows, in their order. */
export function cosinesOf(rows: readonly Placed[], one: Placed): Float64Array {
  const cosines = new Float64Array(rows.length);
  const sums = new Float64Array(4);
  for (let r = 0; r < rows.length; r += 4) {
    const some = rows.slice(r, r + 4);
    const alike = some.length === 4 && some.every((row) => comparable(row, one));
    if (alike) {
      fourDots(
        some.map(({ direction }) => direction),
        one.direction,
        one.direction.length,
        sums,
      );
      cosines.set(sums, r);
    } else for (const [i, row] of some.entries()) cosines[r + i] = cosineOf(row, one);
  }
  return cosines;
}

const comparable = (a: Placed, b: Placed): boolean =>
  a.space === b.space && a.direction.length === b.direction.length;

/**
 * The square of the cosine: unrelated questions (a cosine within ±.15) share almost nothing. A polynomial kernel, so
 * every matrix of it is positive semidefinite.
 */
export const kernelOf = (cosine: number): number => cosine * cosine;

function centred({ values }: StoredVector, mean: Float32Array | undefined): Float64Array {
  const centre = mean?.length === values.length ? mean : undefined;
  return unit(Float64Array.from(values, (value, i) => value - (centre?.[i] ?? 0)));
}

/** A bag of words and of parts of words, hashed with signs (Weinberger et al. 2009): cosines are right on average. */
function wordDirection(text: string): Float64Array {
  const all = lexicalTokens(text);
  const content = all.filter((token) => !STOP_WORDS.has(token));
  const direction = new Float64Array(WORD_DIMENSIONS);
  for (const token of new Set(content.length > 0 ? content : all)) {
    for (const part of [token, ...ngrams(`^${token}$`, 3)]) {
      const hash = hash32(part);
      const slot = hash % WORD_DIMENSIONS;
      direction[slot] = (direction[slot] ?? 0) + (hash >= 2 ** 31 ? 1 : -1);
    }
  }
  return unit(direction);
}

function unit(values: Float64Array): Float64Array {
  const length = Math.sqrt(dot(values, values, values.length));
  return length > 0 ? values.map((value) => value / length) : values;
}

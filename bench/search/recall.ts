/** Recall at 5 of questions, and intervals of the difference between two systems. */

export const K = 5;

/** The share of a question's gold documents among the first `k` that were found, of which none comes twice. */
export function recallOf(found: readonly (number | undefined)[], gold: readonly number[], k: number): number {
  const first = found.slice(0, k);
  return gold.filter((each) => first.includes(each)).length / Math.max(1, gold.length);
}

/** Percent; `tune` are the questions with even numbers (from 0), on which weights were chosen, `check` the others. */
export interface Recall {
  readonly all: number;
  readonly tune: number;
  readonly check: number;
}

export const recallIn = (values: readonly number[]): Recall => ({
  all: percent(values),
  tune: percent(values.filter((_, i) => i % 2 === 0)),
  check: percent(values.filter((_, i) => i % 2 === 1)),
});

export interface Difference {
  /** Points of percent. */
  readonly points: number;
  /** Of a 95 % percentile bootstrap over questions, both systems on the same ones. */
  readonly low: number;
  readonly high: number;
}

const RESAMPLES = 10_000;

export function difference(ours: readonly number[], theirs: readonly number[]): Difference {
  const differences = ours.map((value, i) => value - (theirs[i] ?? 0));
  const random = seeded(1);
  const means = Float64Array.from({ length: RESAMPLES }, () => {
    let sum = 0;
    for (let i = 0; i < differences.length; i++) {
      sum += differences[Math.floor(random() * differences.length)] ?? 0;
    }
    return sum / differences.length;
  }).sort();
  const at = (share: number) => round(100 * (means[Math.floor(share * (RESAMPLES - 1))] ?? 0));
  return { points: round(percent(differences)), low: at(0.025), high: at(0.975) };
}

const percent = (values: readonly number[]): number =>
  round((100 * values.reduce((sum, value) => sum + value, 0)) / Math.max(1, values.length));

const round = (value: number): number => Math.round(10 * value) / 10;

/** mulberry32 (public domain), so that two runs give the same interval. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

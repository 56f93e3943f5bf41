/** Paired bootstrap (Efron & Tibshirani 1993, chapter 13): questions are drawn anew, with what every arm made of them. */
import { SeededRandom } from '../../memory/policy/random';
import type { Measured } from '../../memory/report/intervals';

const RESAMPLES = 10_000;

/**
 * The mean of a question's differences, and the 2.5th and 97.5th percentile of the means of resamples. Undefined for none.
 * @param differences one a question, e.g. in {−1, 0, 1}
 */
export function pairedBootstrap(differences: readonly number[], seed: number): Measured | undefined {
  const n = differences.length;
  if (n === 0) return undefined;
  const random = new SeededRandom(seed);
  const means = Array.from({ length: RESAMPLES }, () => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += differences[random.integer(n)] ?? 0;
    return sum / n;
  }).sort((a, b) => a - b);
  const at = (share: number) => means[Math.min(RESAMPLES - 1, Math.floor(share * RESAMPLES))] ?? 0;
  const value = differences.reduce((sum, each) => sum + each, 0) / n;
  return { value, low: at(0.025), high: at(0.975) };
}

/** Two-sided 5 %, power 80 %: 1.96 + 0.84. */
const REACH = 2.80159;
/** Of the questions, those that the arms answer differently: as many as two runs of one model on hard questions do. */
const DISCORDANT = 0.2;

/**
 * The difference of shares that so many pairs show four times in five (McNemar's test; Connor 1987), if a fifth of the
 * pairs differ: d = z·√((0.2 − d²)/n). In [0, 1]. A hundred and fifty pairs show ten points.
 */
export const detectable = (pairs: number): number =>
  Math.min(1, REACH * Math.sqrt(DISCORDANT / (pairs + REACH ** 2)));

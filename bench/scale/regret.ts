/** What the chances of a simulated life come to: regret against the oracle, and what became of the first kinds. */
import type { Chances } from './lived';
import { AGAIN_FROM, drifts, isFirst, LEARNED_UNTIL } from './world';

const DECILES = 10;

/** Means over some runs: probabilities of success. */
export interface Mean {
  readonly runs: number;
  readonly chosen: number;
  readonly oracle: number;
  readonly none: number;
}

/** Of the kinds that are asked at the start and at the end only. */
export interface FirstKinds {
  readonly drifted: boolean;
  /** The last two fifths of the time in which they were asked first. */
  readonly learned: Mean;
  /** The first and the second half of the time in which they are asked again. */
  readonly again: Mean;
  readonly later: Mean;
}

export const decilesOf = (chances: Chances): readonly Mean[] =>
  Array.from({ length: DECILES }, (_, d) => {
    const at = (part: number) => Math.floor((part / DECILES) * chances.chosen.length);
    return meanOf(chances, at(d), at(d + 1));
  });

export const firstKindsOf = (chances: Chances): readonly FirstKinds[] =>
  [false, true].map((drifted) => {
    const between = (from: number, to: number) =>
      meanOf(
        chances,
        Math.floor(from * chances.chosen.length),
        Math.floor(to * chances.chosen.length),
        (kind) => isFirst(kind) && drifts(kind) === drifted,
      );
    const middle = (1 + AGAIN_FROM) / 2;
    return {
      drifted,
      learned: between(0.6 * LEARNED_UNTIL, LEARNED_UNTIL),
      again: between(AGAIN_FROM, middle),
      later: between(middle, 1),
    };
  });

/** The sum over the runs of what the oracle's chance was better. */
export function regretOf(deciles: readonly Mean[], of: 'chosen' | 'none'): number {
  return deciles.reduce((sum, mean) => sum + mean.runs * (mean.oracle - mean[of]), 0);
}

/** The share of what the best cases add that the chosen ones add. */
export const shareOf = ({ chosen, oracle, none }: Mean): number => (chosen - none) / (oracle - none);

/** Of the runs from `from` to `to` (exclusive) that ask of some kinds. */
export function meanOf(
  chances: Chances,
  from: number,
  to: number,
  where: (kind: number) => boolean = () => true,
): Mean {
  const sums = { chosen: 0, oracle: 0, none: 0 };
  let runs = 0;
  for (let t = from; t < to; t++) {
    if (!where(chances.kinds[t] ?? 0)) continue;
    runs++;
    for (const key of ['chosen', 'oracle', 'none'] as const) sums[key] += chances[key][t] ?? 0;
  }
  const { chosen, oracle, none } = sums;
  return { runs, chosen: chosen / runs, oracle: oracle / runs, none: none / runs };
}

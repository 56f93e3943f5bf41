/** 95 % intervals of shares and of differences of shares that are looked at once. */
import type { Interval } from '../policy/judgedRun';

/** Of a standard normal distribution, 95 % lie within so much of 0. */
export const Z95 = 1.959964;

/** Of `total` judged runs, so many were accepted. Neither need be whole: weighted runs count as their effective number. */
export interface Counts {
  readonly judged: number;
  readonly accepted: number;
}

/** A share or a difference of shares, and where it lies with 95 %. */
export interface Measured extends Interval {
  readonly value: number;
}

/** Wilson's score interval (Wilson 1927); undefined where nothing was judged. */
export function wilson({ judged, accepted }: Counts): Measured | undefined {
  if (judged <= 0) return undefined;
  const value = accepted / judged;
  const centre = value + Z95 ** 2 / (2 * judged);
  const reach = Z95 * Math.sqrt((value * (1 - value)) / judged + (Z95 / (2 * judged)) ** 2);
  const scale = 1 + Z95 ** 2 / judged;
  return {
    value,
    low: Math.max(0, (centre - reach) / scale),
    high: Math.min(1, (centre + reach) / scale),
  };
}

/** first − second, by the hybrid score method (Newcombe 1998, method 10). Undefined where either has no judged run. */
export function newcombe(first: Counts, second: Counts): Measured | undefined {
  const [a, b] = [wilson(first), wilson(second)];
  if (a === undefined || b === undefined) return undefined;
  return weightedSum([
    { weight: 1, part: a },
    { weight: -1, part: b },
  ]);
}

/** Runs that were assigned with the same probability: only within a stratum are the arms alike but for the coin. */
export interface Stratum {
  readonly first: Counts;
  readonly second: Counts;
}

/**
 * first − second over strata, each weighted as by Mantel and Haenszel (1959); the interval joins Newcombe's of the strata.
 * With one stratum it is Newcombe's own. Undefined where no stratum has judged runs in both arms.
 */
export function stratifiedDifference(strata: readonly Stratum[]): Measured | undefined {
  const parts = strata.flatMap(({ first, second }) => {
    const part = newcombe(first, second);
    return part ? [{ part, weight: (first.judged * second.judged) / (first.judged + second.judged) }] : [];
  });
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return undefined;
  return weightedSum(parts.map(({ part, weight }) => ({ part, weight: weight / total })));
}

/**
 * The sum of independent estimates, from the distances of their limits: the method of variance estimates recovery (Zou &
 * Donner 2008). A negative weight swaps the limits.
 */
export function weightedSum(
  parts: readonly { readonly weight: number; readonly part: Measured }[],
): Measured {
  let value = 0;
  let below = 0;
  let above = 0;
  for (const { weight, part } of parts) {
    value += weight * part.value;
    const [down, up] = [weight * (part.value - part.low), weight * (part.high - part.value)];
    below += (weight < 0 ? up : down) ** 2;
    above += (weight < 0 ? down : up) ** 2;
  }
  return { value, low: value - Math.sqrt(below), high: value + Math.sqrt(above) };
}

/** What predictions are worth, with bootstrap intervals. */
import { SeededRandom } from '../../src/core/memory/policy/random';
import type { Prediction } from '../../src/core/memory/report/calibration';

/**
 * The area under the ROC curve: how often of an accepted and a rejected question the accepted one has the higher
 * prediction, ties counted half (Mann & Whitney 1947). Undefined where there are not both.
 */
export function auc(predictions: readonly Prediction[]): number | undefined {
  const sorted = predictions.toSorted((a, b) => a.predicted - b.predicted);
  let [accepted, rejected, wins] = [0, 0, 0];
  for (let start = 0; start < sorted.length;) {
    let end = start;
    let tied = 0;
    while (end < sorted.length && sorted[end]?.predicted === sorted[start]?.predicted) {
      if (sorted[end++]?.accepted === true) tied++;
    }
    const lost = end - start - tied;
    wins += tied * (rejected + lost / 2);
    accepted += tied;
    rejected += lost;
    start = end;
  }
  return accepted * rejected === 0 ? undefined : wins / (accepted * rejected);
}

/** A value with its 95 % interval. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const SEED = 2025;
const RESAMPLES = 1000;

/**
 * The percentile bootstrap (Efron 1979) over items with replacement, always the same ones for one number of items: so
 * the difference of two statistics is paired. Resamples without a value are left out; NaN where nothing has one.
 */
export function bootstrap<T>(
  items: readonly T[],
  statistic: (sample: readonly T[]) => number | undefined,
  resamples = RESAMPLES,
): Estimate {
  const random = new SeededRandom(SEED);
  const values: number[] = [];
  for (let r = 0; r < resamples; r++) {
    const value = statistic(items.map((item) => items[random.integer(items.length)] ?? item));
    if (value !== undefined) values.push(value);
  }
  values.sort((a, b) => a - b);
  const quantile = (share: number) => values[Math.round(share * (values.length - 1))] ?? Number.NaN;
  return { value: statistic(items) ?? Number.NaN, low: quantile(0.025), high: quantile(0.975) };
}

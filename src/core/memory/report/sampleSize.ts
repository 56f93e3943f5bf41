/** How many runs it takes to see an effect of a given size. */

/** Power 80 % of a two-sided test at 5 %. */
const Z_ALPHA = 1.959964;
const Z_BETA = 0.841621;

export interface SampleSize {
  /** Judged runs in all, and how many of them are controls. */
  readonly runs: number;
  readonly controls: number;
  readonly controlRate: number;
  /** The shares accepted of controls and of the others. */
  readonly from: number;
  readonly to: number;
}

/**
 * Judged runs until a difference of two shares is seen (Fleiss, Levin & Paik 2003, section 4.2): from 60 % to 70 % about
 * 2,080 at a control rate of 10 % and 712 at 50 %. Where nothing differs the shares' mean is weighted as the difference's
 * variance weighs the arms, each by the size of the other.
 *
 * @param controlRate in (0, 1)
 */
export function sampleSize(controlRate: number, from: number, to: number): SampleSize {
  const middle = (1 - controlRate) * from + controlRate * to;
  const variance = (share: number) => share * (1 - share);
  const unchanged = variance(middle) / (controlRate * (1 - controlRate));
  const changed = variance(from) / controlRate + variance(to) / (1 - controlRate);
  const reach = Z_ALPHA * Math.sqrt(unchanged) + Z_BETA * Math.sqrt(changed);
  const runs = (reach / (to - from)) ** 2;
  return { runs: Math.ceil(runs), controls: Math.ceil(runs * controlRate), controlRate, from, to };
}

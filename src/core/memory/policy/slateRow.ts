import type { JudgedRun } from './judgedRun';
import type { CaseFeatures } from '../runRecord';
import type { Placed } from './questionKernel';
import type { SlatePrior } from './slatePrior';

/** A judged run as the model keeps it. */
export interface Row {
  readonly run: JudgedRun;
  readonly place: Placed;
  /** The reward less its prior mean. */
  readonly residual: number;
  /** |S|^−ρ; 0 where nothing was shown. */
  readonly share: number;
  /** The basis functions of the cases shown, summed and multiplied by the share. */
  readonly basis: readonly number[];
  readonly caseIds: readonly string[];
  /** A number for each case id. */
  readonly codes: readonly number[];
}

/** One, similarity and label of a case: what effects that many cases have in common are proportional to. */
export const basisOf = ({ standing, label }: CaseFeatures): readonly [number, number, number] => [
  1,
  standing,
  label === null ? 0 : label - 0.5,
];

/** The advantage of a case before any evidence. */
export function priorAdvantage(features: CaseFeatures, { mean, floor }: SlatePrior): number {
  const [, standing, label] = basisOf(features);
  return mean.similarity * (standing - floor) + mean.label * label;
}

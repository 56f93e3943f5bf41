/**
 * How far predicted probabilities can be taken at their word: Brier score (Brier 1950), and the expected calibration
 * error with the rows of a reliability diagram (Naeini, Cooper & Hauskrecht 2015) over bins of equal width.
 */

export interface Prediction {
  /** The probability, in [0, 1], that the answer is accepted. */
  readonly predicted: number;
  readonly accepted: boolean;
}

/** The predictions within [low, high), in the last bin within [low, 1]. */
export interface ReliabilityRow {
  readonly low: number;
  readonly high: number;
  /** Always above 0: a bin without predictions has no row. */
  readonly count: number;
  readonly meanPredicted: number;
  readonly shareAccepted: number;
}

const BINS = 10;

/** The mean squared difference of prediction and outcome (1 or 0): 0 is best. Undefined for no predictions. */
export function brierScore(predictions: readonly Prediction[]): number | undefined {
  return mean(predictions.map(({ predicted, accepted }) => (predicted - (accepted ? 1 : 0)) ** 2));
}

/**
 * What predictions are away from the shares accepted, bin by bin, weighted by their counts. Undefined for no
 * predictions. With few of them it is above 0 even where every probability is true.
 */
export function calibrationError(predictions: readonly Prediction[], bins = BINS): number | undefined {
  if (predictions.length === 0) return undefined;
  return reliability(predictions, bins).reduce(
    (sum, { count, meanPredicted, shareAccepted }) =>
      sum + (count / predictions.length) * Math.abs(meanPredicted - shareAccepted),
    0,
  );
}

/** Lowest bin first. @param bins how many of equal width there are from 0 to 1 */
export function reliability(predictions: readonly Prediction[], bins = BINS): readonly ReliabilityRow[] {
  const binOf = ({ predicted }: Prediction) => Math.min(bins - 1, Math.floor(predicted * bins));
  return Array.from({ length: bins }, (_, bin) => bin).flatMap((bin) => {
    const inside = predictions.filter((each) => binOf(each) === bin);
    const meanPredicted = mean(inside.map(({ predicted }) => predicted));
    const shareAccepted = mean(inside.map(({ accepted }) => (accepted ? 1 : 0)));
    if (meanPredicted === undefined || shareAccepted === undefined) return [];
    return [{ low: bin / bins, high: (bin + 1) / bins, count: inside.length, meanPredicted, shareAccepted }];
  });
}

function mean(values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

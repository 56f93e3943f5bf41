/** How far the estimates can be taken at their word, on the runs that were shown a case: choosing the best overestimates. */
import { counted } from '../../common/figures';
import { type RunOutcome, shownCases } from '../runRecord';
import { brierScore, calibrationError, reliability, type ReliabilityRow } from './calibration';

export interface Predictions {
  readonly words: string;
  /** Judged runs with a case shown and a prediction. */
  readonly judged: number;
  /** The mean squared error: 0 is best; null where nothing is judged. */
  readonly brier: number | null;
  /** The same for always saying the share that was accepted. */
  readonly brierOfShare: number | null;
  /** Expected calibration error over ten bins. */
  readonly ece: number | null;
  readonly rows: readonly ReliabilityRow[];
}

/** Fewer than these say nothing of calibration: its error is above 0 even where every probability is true. */
const FEWEST = 30;

export function predictions(outcomes: readonly RunOutcome[]): Predictions {
  const made = outcomes.flatMap(({ record, reward }) => {
    const { decision, reused } = record;
    if (reward === null || reused !== null || decision.expected === null) return [];
    return shownCases(decision).length === 0
      ? []
      : [{ predicted: decision.expected, accepted: reward === 1 }];
  });
  const share = made.filter(({ accepted }) => accepted).length / made.length;
  const found = {
    judged: made.length,
    brier: brierScore(made) ?? null,
    brierOfShare: made.length === 0 ? null : share * (1 - share),
    ece: calibrationError(made) ?? null,
    rows: reliability(made),
  };
  return { words: wordsOf(found), ...found };
}

function wordsOf({ judged, brier, brierOfShare, ece }: Omit<Predictions, 'words'>): string {
  if (brier === null || brierOfShare === null || ece === null) {
    return 'Not measured yet: no run that was shown a case had a prediction and was judged.';
  }
  if (judged < FEWEST) {
    return `Not measured yet: ${counted(judged, 'judged prediction')}, too few to say; at least ${FEWEST} are needed.`;
  }
  const better = brier < brierOfShare ? 'better' : 'no better';
  return (
    `On ${counted(judged, 'judged run')} that were shown cases the predictions were ${Math.round(100 * ece)} points off on ` +
    `average (ECE ${ece.toFixed(2)}). Their Brier score of ${brier.toFixed(3)} is ${better} than that of always saying ` +
    `the usual share (${brierOfShare.toFixed(3)}).`
  );
}

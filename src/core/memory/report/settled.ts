import type { RunOutcome } from '../runRecord';

/**
 * What may be counted without telling an asker which arm their latest run is in: all but the runs of an experiment that
 * are newer than the newest judged run and can still be judged. They wait until a later run is judged, or they are.
 *
 * @param outcomes by run id, which is the order in which runs began
 */
export function settled(outcomes: readonly RunOutcome[]): {
  readonly counted: readonly RunOutcome[];
  /** How many runs wait. */
  readonly pending: number;
} {
  const newestJudged = outcomes.findLastIndex(({ reward }) => reward !== null);
  const counted = outcomes.filter((each, i) => i <= newestJudged || !isOpen(each));
  return { counted, pending: outcomes.length - counted.length };
}

function isOpen({ record, reward }: RunOutcome): boolean {
  const { controlRate, dropRate } = record.decision.design;
  const judgeable = record.outcome !== 'failed' && record.outcome !== 'cancelled';
  return reward === null && judgeable && (controlRate > 0 || dropRate > 0);
}

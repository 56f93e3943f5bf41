/** How the arms of the experiment did while it went on: the share accepted so far, with cases and without. */
import type { Trial } from './confidenceSequence';
import { type Counts, type Measured, wilson } from './intervals';

export interface ArmPoint {
  /** Judged runs of the experiment so far. */
  readonly judged: number;
  /** Each with the interval for one look. */
  readonly controls: Measured;
  readonly others: Measured;
}

/** More are no clearer in a plot. */
const MOST_POINTS = 60;

/**
 * @param trials in the order in which they were judged
 * @returns none before both arms have a judged run; the last one is of all
 */
export function armCurve(trials: readonly Trial[]): readonly ArmPoint[] {
  const arms = { controls: { judged: 0, accepted: 0 }, others: { judged: 0, accepted: 0 } };
  const step = Math.max(1, Math.ceil(trials.length / MOST_POINTS));
  return trials.flatMap(({ control, reward }, i) => {
    const arm = arms[control ? 'controls' : 'others'];
    arm.judged++;
    arm.accepted += reward;
    const isLast = i === trials.length - 1;
    return (i + 1) % step === 0 || isLast ? pointOf(i + 1, arms.controls, arms.others) : [];
  });
}

function pointOf(judged: number, withNone: Counts, withCases: Counts): ArmPoint[] {
  const [controls, others] = [wilson(withNone), wilson(withCases)];
  return controls && others ? [{ judged, controls, others }] : [];
}

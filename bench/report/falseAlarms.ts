import { SeededRandom } from '../../src/core/memory/policy/random';
import { ConfidenceSequence } from '../../src/core/memory/report/confidenceSequence';
import { type Measured, newcombe } from '../../src/core/memory/report/intervals';

const LOOKS = 1_000;

/** Of worlds in which memory has no effect: in what share of them one was claimed at some look or other. */
export interface FalseAlarms {
  readonly controlRate: number;
  /** Accepted, in the middle of the world; and how much more at its end than at its start. */
  readonly share: number;
  readonly drift: number;
  readonly anytime: number;
  /** With an interval that is made for one look. */
  readonly oneLook: number;
  /** Of the interval after all looks, from end to end. */
  readonly width: number;
}

export function* falseAlarms(repetitions: number): Generator<FalseAlarms> {
  for (const drift of [0, 0.3]) {
    for (const controlRate of [0.05, 0.1, 0.2, 0.5]) {
      for (const share of [0.3, 0.6, 0.9]) yield simulate(controlRate, share, drift, repetitions);
    }
  }
}

function simulate(controlRate: number, share: number, drift: number, repetitions: number): FalseAlarms {
  const random = new SeededRandom(7);
  const totals = { anytime: 0, oneLook: 0, width: 0 };
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const found = world(controlRate, share, drift, random);
    totals.anytime += found.anytime ? 1 : 0;
    totals.oneLook += found.oneLook ? 1 : 0;
    totals.width += found.width;
  }
  const { anytime, oneLook, width } = totals;
  return {
    controlRate,
    share,
    drift,
    anytime: anytime / repetitions,
    oneLook: oneLook / repetitions,
    width: width / repetitions,
  };
}

function world(controlRate: number, share: number, drift: number, random: SeededRandom) {
  const sequence = new ConfidenceSequence();
  const arms = { control: { judged: 0, accepted: 0 }, other: { judged: 0, accepted: 0 } };
  let [anytime, oneLook] = [false, false];
  for (let look = 0; look < LOOKS; look++) {
    const chance = Math.min(0.98, share + drift * (look / LOOKS - 0.5));
    const control = random.next() < controlRate;
    const reward = random.next() < chance ? 1 : 0;
    sequence.add({ control, controlRate, reward });
    const arm = arms[control ? 'control' : 'other'];
    arm.judged++;
    arm.accepted += reward;
    if (!sequence.enough) continue;
    anytime ||= excludesZero(sequence.effect);
    oneLook ||= excludesZero(newcombe(arms.other, arms.control));
  }
  const { low, high } = sequence.effect ?? { low: -1, high: 1 };
  return { anytime, oneLook, width: high - low };
}

const excludesZero = (interval: Measured | undefined): boolean =>
  interval !== undefined && (interval.low > 0 || interval.high < 0);

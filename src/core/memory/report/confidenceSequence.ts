/**
 * A 95 % interval for the effect of memory that holds however often it is looked at.
 *
 * Each judged run gives a score whose mean is the effect: doubly robust, with the known probability of its coin and with
 * expectations from the runs before it (AIPW; Robins, Rotnitzky & Zhao 1994). The scores minus the effect are a
 * martingale, so Robbins' normal mixture bounds their sum at all times at once, with the scores' own variance: the
 * asymptotic confidence sequence of Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas (2024, Annals of Statistics, section
 * 2.4: means that may drift, so that a learning curve does no harm).
 *
 * Assumed: the coin fell with the rate of the time, independently of all before; runs are judged alike in both arms; and
 * enough runs for a normal limit, so nothing is claimed before `FEWEST_PER_ARM` are judged in each.
 */
import type { Measured } from './intervals';

export const FEWEST_PER_ARM = 10;

const ALPHA = 0.05;
/** The variance of the sum at which the interval is tightest: about 500 runs at a rate of .3, 400 at .1. */
const TIGHTEST_AT = 1000;
const MIXTURE = (-2 * Math.log(ALPHA) + Math.log(-2 * Math.log(ALPHA) + 1)) / TIGHTEST_AT;
/** How many runs the common share of acceptance counts for in the expectation of an arm. */
const PRIOR_COUNTS = 4;

export interface Trial {
  readonly control: boolean;
  /** The probability with which it became a control, in (0, 1). */
  readonly controlRate: number;
  readonly reward: 0 | 1;
}

interface Tally {
  judged: number;
  accepted: number;
}

export class ConfidenceSequence {
  readonly #controls: Tally = { judged: 0, accepted: 0 };
  readonly #others: Tally = { judged: 0, accepted: 0 };
  /** Sums over the runs of 1/rate and 1/(1 − rate): what an arm's variance is multiplied by. */
  #controlWeight = 0;
  #otherWeight = 0;
  /** The farthest that one score can go. */
  #farthest = 0;
  #count = 0;
  #mean = 0;
  #squares = 0;

  /** In the order in which the runs were judged. */
  add({ control, controlRate, reward }: Trial): void {
    const [withNone, withCases] = [this.#expected(this.#controls), this.#expected(this.#others)];
    const surprise = control ? -(reward - withNone) / controlRate : (reward - withCases) / (1 - controlRate);
    const score = withCases - withNone + surprise;
    this.#count++;
    const before = score - this.#mean;
    this.#mean += before / this.#count;
    this.#squares += before * (score - this.#mean);
    this.#farthest = Math.max(this.#farthest, 1 / controlRate, 1 / (1 - controlRate));
    this.#controlWeight += 1 / controlRate;
    this.#otherWeight += 1 / (1 - controlRate);
    const arm = control ? this.#controls : this.#others;
    arm.judged++;
    arm.accepted += reward;
  }

  /** Enough runs in both arms for a claim. */
  get enough(): boolean {
    return Math.min(this.#controls.judged, this.#others.judged) >= FEWEST_PER_ARM;
  }

  /** The mean effect of showing cases so far; undefined before the first run. Wider than [-1, 1] while it says nothing. */
  get effect(): Measured | undefined {
    if (this.#count === 0) return undefined;
    const spread = this.#variance() + 1 / MIXTURE;
    const reach = Math.sqrt(spread * Math.log((this.#variance() * MIXTURE + 1) / ALPHA ** 2)) / this.#count;
    return { value: this.#mean, low: this.#mean - reach, high: this.#mean + reach };
  }

  /**
   * Of the sum of the scores: as they vary, or as the arms' shares say where few of the rarer arm have come yet; and as if
   * one more had gone the farthest, because a few controls of rare ones are far from a normal limit.
   */
  #variance(): number {
    const bernoulli = ({ judged, accepted }: Tally) => {
      const share = (accepted + 1) / (judged + 2);
      return share * (1 - share);
    };
    const predicted =
      this.#controlWeight * bernoulli(this.#controls) + this.#otherWeight * bernoulli(this.#others);
    return Math.max(this.#squares, predicted) + this.#farthest ** 2;
  }

  /** The share accepted in an arm so far, drawn to that of both. */
  #expected(arm: Tally): number {
    const accepted = this.#controls.accepted + this.#others.accepted;
    const common = (accepted + 1) / (this.#count + 2);
    return (arm.accepted + PRIOR_COUNTS * common) / (arm.judged + PRIOR_COUNTS);
  }
}

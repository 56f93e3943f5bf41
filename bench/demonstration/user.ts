/** A simulated user: how likely an answer is right given the cases that its planner was shown, and what is said of it. */
import { SeededRandom } from '../../src/core/memory/policy/random';

/** 1 helps with questions of its kind, −1 harms, 0 does nothing; with other kinds no case does anything. */
export type Effect = -1 | 0 | 1;

/** The shares of cases that help and that do nothing, of answers that were right and that were wrong. */
const EFFECTS = { right: [0.6, 0.3], wrong: [0.1, 0.4] } as const;
/** A case that helps closes this share of the way to the best chance; one that harms takes this share away. */
const HELP = 0.5;
const HARM = 0.3;
const BEST = 0.85;
/** Judgements that say the opposite, and answers that nobody judges. */
const MISTAKEN = 0.1;
const UNJUDGED = 0.1;

export interface Answered {
  readonly reward: 0 | 1 | null;
  /** Of the case that the run becomes. */
  readonly effect: Effect;
}

export class SimulatedUser {
  readonly #random: SeededRandom;

  constructor(seed: number) {
    this.#random = new SeededRandom(seed);
  }

  /** @param shown the effects that the shown cases have on this question */
  answer(shown: readonly Effect[]): Answered {
    // As hard as it is: half of the chances without cases lie between 35 and 55 %.
    const plain = 1 / (1 + Math.exp(0.2 - 0.6 * this.#random.normal()));
    const missing = (1 - HELP) ** shown.filter((effect) => effect > 0).length;
    const spared = (1 - HARM) ** shown.filter((effect) => effect < 0).length;
    const chance = (plain + Math.max(0, BEST - plain) * (1 - missing)) * spared;
    const right = this.#random.next() < chance;
    const says = this.#random.next() < MISTAKEN ? !right : right;
    const judges = this.#random.next() >= UNJUDGED;
    return { reward: judges ? (says ? 1 : 0) : null, effect: this.#effectOf(right) };
  }

  #effectOf(right: boolean): Effect {
    const [helps, nothing] = EFFECTS[right ? 'right' : 'wrong'];
    const draw = this.#random.next();
    if (draw < helps) return 1;
    return draw < helps + nothing ? 0 : -1;
  }
}

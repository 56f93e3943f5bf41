/** The simulated users: who asks, who judges and how well, and who throws away what. Habits follow from the seed. */
import { hash32, SeededRandom } from '../../src/core/memory/policy/random';

const PEOPLE = 25;
/** By turns: how many of a person's runs are judged (.2 on average), and how many of these judgements are wrong (.11). */
const JUDGES = [0.02, 0.05, 0.1, 0.2, 0.33, 0.5];
const MISTAKES = [0.02, 0.05, 0.1, 0.15, 0.25];
/** Runs that are cancelled, and leave no case. */
const CANCELLED = 0.05;
/** Wrong judgements that are put right later, and after how many runs. */
const CORRECTED = 0.2;
const CORRECTED_AFTER = 60;

export interface Verdict {
  readonly reward: 0 | 1;
  /** The run at which the opposite is said; undefined where nothing is put right. */
  readonly correctedAt: number | undefined;
}

export class People {
  readonly #seed: number;

  constructor(seed: number) {
    this.#seed = seed;
  }

  cancels(t: number): boolean {
    return this.#random('cancels', t).next() < CANCELLED;
  }

  /** What is said of run t; undefined where nobody judges it. */
  judges(t: number, right: boolean): Verdict | undefined {
    const random = this.#random('judges', t);
    const person = random.integer(PEOPLE);
    if (random.next() >= (JUDGES[person % JUDGES.length] ?? 0)) return undefined;
    const mistaken = random.next() < (MISTAKES[person % MISTAKES.length] ?? 0);
    const reward = right !== mistaken ? 1 : 0;
    const corrects = mistaken && random.next() < CORRECTED;
    return { reward, correctedAt: corrects ? t + CORRECTED_AFTER : undefined };
  }

  #random(what: string, t: number): SeededRandom {
    return new SeededRandom(hash32(`${this.#seed} people ${what} ${t}`));
  }
}

/** A case as those know it who tidy up. */
export interface KeptCase {
  readonly run: number;
  readonly question: string;
  readonly judged: boolean;
}

/**
 * What goes so that no more than `most` cases stay: what nobody judged, then judged cases of a question that has a newer
 * judged one, then the others; of each the oldest first. Not by what was said: a report of what is left over from throwing
 * away rejected cases would praise the memory.
 */
export function tidied(cases: readonly KeptCase[], most: number): readonly KeptCase[] {
  const newest = new Map<string, KeptCase>();
  for (const each of cases) if (each.judged) newest.set(each.question, each);
  const worth = (each: KeptCase) => (!each.judged ? 0 : newest.get(each.question) !== each ? 1 : 2);
  return cases
    .toSorted((a, b) => worth(a) - worth(b) || a.run - b.run)
    .slice(0, Math.max(0, cases.length - most));
}

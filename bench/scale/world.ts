/**
 * The world that the simulated users ask about. Questions have hidden kinds; a case helps, does nothing or harms with
 * questions of its own kind and does nothing with others. What a policy sees of a kind are words and a vector. All of it
 * follows from the seed, so that every policy meets the same questions and the same luck.
 */
import { hash32, SeededRandom } from '../../src/core/memory/policy/random';
import { someWords } from './words';

/** 1 helps, −1 harms, 0 does nothing. */
export type Effect = -1 | 0 | 1;

/** Asked in the first twentieth of the runs, and then not before the last fiftieth. */
const FIRST = 10;
/** Asked all the time. */
const STANDING = 24;
/** Asked in one tenth of the runs each. */
const PASSING = 8;
const TENTHS = 10;
export const KINDS = FIRST + STANDING + PASSING * TENTHS;

export const LEARNED_UNTIL = 0.05;
export const AGAIN_FROM = 0.98;
const DRIFT_AT = 0.5;

/** Different questions of a kind; the first ones are asked more often, by the square. */
const VARIANTS = 20;
const TOPICS = 12;
/** As many numbers as the product's encoder gives. */
const DIMENSIONS = 512;
/** The shares of a vector's squared length: kind and topic; the rest is the question's own. */
const SHARE = { kind: 0.5, topic: 0.12 };

/** The shares of cases that help and that do nothing, of answers that were right and that were wrong. */
type Quality = Readonly<Record<'right' | 'wrong', readonly [helps: number, nothing: number]>>;
const SOUND: Quality = { right: [0.6, 0.3], wrong: [0.1, 0.4] };
const USELESS: Quality = { right: [0, 1], wrong: [0, 1] };
/** Last time's way leads astray: what questions about the newest state of something are like. */
const TREACHEROUS: Quality = { right: [0.1, 0.3], wrong: [0.05, 0.25] };
/** Kinds by turns. */
const QUALITIES = [SOUND, SOUND, USELESS, SOUND, TREACHEROUS];

/** A case that helps closes this share of the way to the best chance; one that harms takes this share away. */
const HELP = 0.5;
const HARM = 0.3;
const BEST = 0.85;
/** No more cases than this are shown. */
export const MOST_SHOWN = 4;

export interface WorldQuestion {
  readonly kind: number;
  readonly text: string;
  /** Unit length. */
  readonly values: Float32Array;
}

/** What a run's case does before the world has drifted and after. */
export interface CaseEffects {
  readonly first: Effect;
  readonly later: Effect;
}

export const isFirst = (kind: number): boolean => kind < FIRST;
/** Half of the kinds that are there at the start: from half-time on their cases of before are like those of treacherous kinds. */
export const drifts = (kind: number): boolean => kind < FIRST + STANDING && kind % 2 === 1;

export class World {
  readonly seed: number;
  readonly runs: number;
  readonly #kinds: readonly Float32Array[];
  readonly #topics: readonly Float32Array[];

  constructor(seed: number, runs: number) {
    [this.seed, this.runs] = [seed, runs];
    const random = this.#random('directions', 0);
    this.#kinds = Array.from({ length: KINDS }, () => direction(random));
    this.#topics = Array.from({ length: TOPICS }, () => direction(random));
  }

  /** What is asked in run t. */
  question(t: number): WorldQuestion {
    const random = this.#random('question', t);
    const kind = this.#kindAt(t / this.runs, random);
    return this.#variant(kind, Math.floor(VARIANTS * random.next() ** 2));
  }

  /** The probability that run t succeeds with no case. */
  plain(t: number): number {
    return 1 / (1 + Math.exp(0.2 - 0.6 * this.#random('plain', t).normal()));
  }

  /** @param effects of the cases shown, on this question */
  chance(plain: number, effects: readonly Effect[]): number {
    const missing = (1 - HELP) ** effects.filter((effect) => effect > 0).length;
    const spared = (1 - HARM) ** effects.filter((effect) => effect < 0).length;
    return (plain + Math.max(0, BEST - plain) * (1 - missing)) * spared;
  }

  /** Whether run t succeeds. */
  succeeds(t: number, chance: number): boolean {
    return this.#random('luck', t).next() < chance;
  }

  /** Of the case that run t leaves. */
  effects(t: number, kind: number, right: boolean): CaseEffects {
    const random = this.#random('effect', t);
    const first = drawn(QUALITIES[kind % QUALITIES.length] ?? SOUND, right, random);
    const later = drawn(TREACHEROUS, right, random);
    return { first, later: drifts(kind) && t < DRIFT_AT * this.runs ? later : first };
  }

  isDrifted(t: number): boolean {
    return t >= DRIFT_AT * this.runs;
  }

  #kindAt(share: number, random: SeededRandom): number {
    const isTime = share < LEARNED_UNTIL || share >= AGAIN_FROM;
    if (isTime && random.next() < 0.5) return random.integer(FIRST);
    if (random.next() < 0.7) return FIRST + random.integer(STANDING);
    return FIRST + STANDING + PASSING * Math.floor(share * TENTHS) + random.integer(PASSING);
  }

  #variant(kind: number, variant: number): WorldQuestion {
    const ofKind = someWords(this.#random('kind', kind), 3).join(' ');
    const random = this.#random('variant', kind * VARIANTS + variant);
    const topic = random.integer(TOPICS);
    const [subject = '', detail = '', time = ''] = someWords(random, 3);
    return {
      kind,
      text: `What did the ${ofKind} say about ${subject} and ${detail} in ${time}?`,
      values: this.#vector(kind, topic, random),
    };
  }

  #vector(kind: number, topic: number, random: SeededRandom): Float32Array {
    const own = direction(random);
    const rest = Math.sqrt(1 - SHARE.kind - SHARE.topic);
    const parts = [
      { by: Math.sqrt(SHARE.kind), of: this.#kinds[kind] },
      { by: Math.sqrt(SHARE.topic), of: this.#topics[topic] },
    ];
    return unit(
      own.map((value, i) => parts.reduce((sum, { by, of }) => sum + by * (of?.[i] ?? 0), rest * value)),
    );
  }

  #random(what: string, n: number): SeededRandom {
    return new SeededRandom(hash32(`${this.seed} ${what} ${n}`));
  }
}

function drawn(quality: Quality, right: boolean, random: SeededRandom): Effect {
  const [helps, nothing] = quality[right ? 'right' : 'wrong'];
  const draw = random.next();
  if (draw < helps) return 1;
  return draw < helps + nothing ? 0 : -1;
}

const direction = (random: SeededRandom): Float32Array =>
  unit(Float32Array.from({ length: DIMENSIONS }, () => random.normal()));

function unit(vector: Float32Array): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return vector.map((value) => value / length);
}

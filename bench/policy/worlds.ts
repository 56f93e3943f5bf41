/**
 * Simulated users and planners in which a case-selection policy can be tried. Tasks have hidden kinds; a case helps, does
 * nothing or harms within its own kind and does nothing elsewhere. The encoder sees the kind only in part, beside a
 * surface topic and a direction that all texts share. A world follows from (kind, seed, options) and knows no policy.
 */
import { SeededRandom } from '../../src/core/memory/policy/random';

/** The shares of helpful, useless and harmful cases. */
export type Quality = readonly [number, number, number];

export const kinds: Readonly<Record<string, Quality>> = {
  right: [0.85, 0.1, 0.05],
  mixed: [0.4, 0.3, 0.3],
  hubs: [0.4, 0.3, 0.3],
  useless: [0, 1, 0],
  harmful: [0, 0.3, 0.7],
};

export interface WorldOptions {
  readonly cases: number;
  readonly runs: number;
  readonly hiddenKinds: number;
  readonly topics: number;
  readonly dimensions: number;
  /** The share of judgements that say the opposite. */
  readonly flip: number;
  /** The mean number of runs by which a judgement is late; geometrically distributed. */
  readonly delay: number;
  /** The share of runs that nobody judges. */
  readonly unjudged: number;
  readonly k: number;
  /** At half-time half of the cases become what another case of their kind would be. */
  readonly drift: boolean;
  /** What cases do, 1 as described at `success`; 0.2 gives the gain that the paper reports (+6 points). */
  readonly effect: number;
}

/** What a run of the world shows of itself. */
export interface Outcome {
  readonly success: 0 | 1;
  /** Null: never judged. */
  readonly reward: 0 | 1 | null;
  /** The step at which the judgement is known. */
  readonly arrives: number;
}

export interface World {
  readonly N: number;
  readonly M: number;
  readonly d: number;
  readonly k: number;
  /** N × d and M × d, unit rows. */
  readonly questions: Float32Array;
  readonly cases: Float32Array;
  /** What the user said of each case when it was made. */
  readonly caseReward: readonly number[];
  /** The probability that run t succeeds with these cases. */
  success(t: number, shown: readonly number[]): number;
  step(t: number, shown: readonly number[]): Outcome;
  /** The best cases for run t. */
  oracle(t: number): readonly number[];
  /** The hidden kinds, for the row that is told them. */
  readonly hidden?: {
    readonly questions: readonly number[];
    readonly cases: readonly number[];
    count: number;
  };
}

const DEFAULTS: WorldOptions = {
  cases: 240,
  runs: 500,
  hiddenKinds: 12,
  topics: 8,
  dimensions: 512,
  flip: 0.1,
  delay: 0,
  unjudged: 0,
  k: 4,
  drift: false,
  effect: 1,
};

/** The shares of a text's squared length: common to all texts, topic, hidden kind; the rest is its own. */
const SHARE = { common: 0.3, topic: 0.08, kind: 0.37 };
/** In `hubs` generic texts lie nearest to everything of their kind, and it is the harmful cases that are generic. */
const HUB_NOISE: Readonly<Record<number, number>> = { [-1]: 0.25, 0: 0.6, 1: 1 };
/** How often the user accepted the run that became a case, by what the case does. */
const ACCEPTED: Readonly<Record<number, number>> = { [-1]: 0.4, 0: 0.6, 1: 0.8 };

export function world(kind: string, seed: number, some: Partial<WorldOptions> = {}): World {
  const options = { ...DEFAULTS, ...some };
  const random = new SeededRandom(7_919 * (seed + 1));
  const texts = new Texts(random, options);
  const quality = kinds[kind] ?? [1 / 3, 1 / 3, 1 / 3];
  const count = options.hiddenKinds;
  const questions = Array.from({ length: options.runs }, () => random.integer(count));
  const cases = Array.from({ length: options.cases }, (_, j) => j % count);
  const does = cases.map(() => drawn(quality, random));
  const later = does.map((now) => (options.drift && random.next() < 0.5 ? drawn(quality, random) : now));
  const effect = (t: number, j: number): number => {
    if (cases[j] !== questions[t]) return 0;
    return (2 * t < options.runs ? does[j] : later[j]) ?? 0;
  };
  const base = questions.map(() => 1 / (1 + Math.exp(0.2 - 0.6 * random.normal())));
  const success = (t: number, shown: readonly number[]): number => {
    const helpful = shown.filter((j) => effect(t, j) > 0).length;
    const harmful = shown.filter((j) => effect(t, j) < 0).length;
    const plain = base[t] ?? 0;
    const gain = options.effect * (Math.max(0.85, plain) - plain) * (1 - 0.4 ** helpful);
    return (plain + gain) * (1 - 0.3 * options.effect) ** harmful;
  };
  const noise = (j: number) => (kind === 'hubs' ? (HUB_NOISE[does[j] ?? 0] ?? 1) : 1);
  return {
    N: options.runs,
    M: options.cases,
    d: options.dimensions,
    k: options.k,
    questions: texts.of(questions, () => 1),
    cases: texts.of(cases, noise),
    caseReward: does.map((it) => (random.next() < (ACCEPTED[it] ?? 0) ? 1 : 0)),
    success,
    step: outcomes(random, options, success),
    oracle: (t) => indices(options.cases, (j) => effect(t, j) > 0).slice(0, options.k),
    hidden: { questions, cases, count },
  };
}

function drawn([helpful, useless]: Quality, random: SeededRandom): -1 | 0 | 1 {
  const draw = random.next();
  if (draw < helpful) return 1;
  return draw < helpful + useless ? 0 : -1;
}

const indices = (count: number, where: (i: number) => boolean): number[] =>
  Array.from({ length: count }, (_, i) => i).filter(where);

/** The user of each run is drawn beforehand, so that two policies meet the same luck. */
function outcomes(
  random: SeededRandom,
  { runs, flip, delay, unjudged }: WorldOptions,
  success: World['success'],
): World['step'] {
  const late = () =>
    delay === 0 ? 0 : Math.floor(Math.log(1 - random.next()) / Math.log(delay / (1 + delay)));
  const draws = Array.from({ length: runs }, () => ({
    success: random.next(),
    flip: random.next(),
    judged: random.next(),
    late: late(),
  }));
  return (t, shown) => {
    const draw = draws[t] ?? { success: 1, flip: 1, judged: 1, late: 0 };
    const succeeded = draw.success < success(t, shown) ? 1 : 0;
    const said = draw.flip < flip ? (succeeded === 1 ? 0 : 1) : succeeded;
    return { success: succeeded, reward: draw.judged < unjudged ? null : said, arrives: t + draw.late };
  };
}

/** Makes the vectors of texts. */
class Texts {
  readonly #random: SeededRandom;
  readonly #dimensions: number;
  readonly #common: Float32Array;
  readonly #topics: readonly Float32Array[];
  readonly #kinds: readonly Float32Array[];

  constructor(random: SeededRandom, { dimensions, topics, hiddenKinds }: WorldOptions) {
    [this.#random, this.#dimensions] = [random, dimensions];
    this.#common = this.#direction();
    this.#topics = Array.from({ length: topics }, () => this.#direction());
    this.#kinds = Array.from({ length: hiddenKinds }, () => this.#direction());
  }

  /** n × d. @param noise scales what is a text's own */
  of(kindsOfTexts: readonly number[], noise: (i: number) => number): Float32Array {
    const rows = new Float32Array(kindsOfTexts.length * this.#dimensions);
    for (const [i, kind] of kindsOfTexts.entries()) {
      rows.set(this.#text(this.#kinds[kind], noise(i)), i * this.#dimensions);
    }
    return rows;
  }

  #text(kind: Float32Array | undefined, noise: number): Float32Array {
    const topic = this.#topics[this.#random.integer(this.#topics.length)];
    const own = this.#direction();
    const rest = Math.sqrt((1 - SHARE.common - SHARE.topic - SHARE.kind) * noise);
    const { common, topic: ofTopic, kind: ofKind } = SHARE;
    return unit(
      own.map(
        (value, i) =>
          rest * value +
          Math.sqrt(common) * (this.#common[i] ?? 0) +
          Math.sqrt(ofTopic) * (topic?.[i] ?? 0) +
          Math.sqrt(ofKind) * (kind?.[i] ?? 0),
      ),
    );
  }

  #direction(): Float32Array {
    return unit(Float32Array.from({ length: this.#dimensions }, () => this.#random.normal()));
  }
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return vector.map((value) => value / length);
}

import { RELEVANCE_FLOOR } from '../search/similarity';
import {
  best,
  plainValue,
  type CaseValue,
  type JudgedRun,
  type QuestionFeatures,
  type RetrievalPolicy,
} from './judgedRun';
import type { CaseFeatures } from '../runRecord';
import { type EncoderMeans, place } from './questionKernel';
import { Adam, QNetwork } from './qNetwork';
import { hash32, SeededRandom } from './random';

export interface PaperOptions {
  readonly seed?: number;
  readonly floor?: number;
  readonly means?: EncoderMeans;
}

/** Numbers that a question's direction, and a case's identity, are projected to. */
const CODE = 16;
const FEATURES = 4;
const INPUTS = FEATURES + 2 * CODE;
const HIDDEN = 16;
const LEARNING_RATE = 0.01;
/** Earlier pairs that are learned again with each new run: half of them accepted, half rejected. */
const REPLAYED = 8;

interface Pair {
  readonly input: Float64Array;
  readonly reward: 0 | 1;
  readonly weight: number;
}

/**
 * The paper's parametric read: the K cases of highest Q(s,c;θ), a two-layer network that learns online, by
 * cross-entropy, the reward of the run for every case that was shown in it (so it learns how hard questions are rather
 * than what a case did: policy `learned` is the answer to that). Adam depends on the path, so the network is a function of
 * the runs sorted by id: whatever does not append at the end trains it anew from its seed. Two things differ from the
 * paper: only relevant cases are read, and an untrained network leaves the order of similarity.
 */
export class PaperPolicy implements RetrievalPolicy {
  readonly version = 'paper/1';
  readonly choose = best;
  readonly #runs = new Map<string, JudgedRun>();
  readonly #options: Required<PaperOptions>;
  #trained: Training | undefined;

  constructor({ seed = 1, floor = RELEVANCE_FLOOR, means = new Map() }: PaperOptions = {}) {
    this.#options = { seed, floor, means };
  }

  learn(run: JudgedRun): void {
    if (this.#runs.has(run.runId) || run.runId < (this.#trained?.last ?? '')) this.#trained = undefined;
    this.#runs.set(run.runId, run);
    this.#trained?.train(run);
  }

  withdraw(runId: string): boolean {
    this.#trained = undefined;
    return this.#runs.delete(runId);
  }

  values(question: QuestionFeatures, candidates: readonly CaseFeatures[]): readonly CaseValue[] {
    const { network, inputs } = (this.#trained ??= this.#rebuild());
    const code = inputs.question(question);
    return candidates.map((each) =>
      plainValue(each, network.q(inputs.pair(code, each)), each.similarity < this.#options.floor),
    );
  }

  /** The mean Q of the cases shown; null with none, of which the network knows nothing. */
  predict(question: QuestionFeatures, shown: readonly CaseFeatures[]): number | null {
    if (shown.length === 0) return null;
    return this.values(question, shown).reduce((sum, { value }) => sum + value, 0) / shown.length;
  }

  #rebuild(): Training {
    const training = new Training(this.#options.seed, this.#options.means);
    for (const run of [...this.#runs.values()].sort((a, b) => (a.runId < b.runId ? -1 : 1))) {
      training.train(run);
    }
    return training;
  }
}

/** The network after some runs, in order. */
class Training {
  readonly network: QNetwork;
  readonly inputs: Inputs;
  last = '';
  readonly #adam: Adam;
  readonly #random: SeededRandom;
  readonly #seen: Record<0 | 1, Pair[]> = { 0: [], 1: [] };

  constructor(seed: number, means: EncoderMeans) {
    this.network = new QNetwork(INPUTS, HIDDEN, seed);
    this.inputs = new Inputs(seed, means);
    this.#adam = new Adam(this.network.parameters.length, LEARNING_RATE);
    this.#random = new SeededRandom(seed ^ 0x5eed);
  }

  train(run: JudgedRun): void {
    this.last = run.runId;
    const code = this.inputs.question(run.question);
    const pairs = run.shown.map((each) => ({ ...run, input: this.inputs.pair(code, each) }));
    if (pairs.length === 0 || run.weight <= 0) return;
    const batch = [...pairs, ...this.#replay()];
    const gradient = new Float64Array(this.network.parameters.length);
    for (const { input, reward, weight } of batch) {
      this.network.addGradient(input, reward, weight / batch.length, gradient);
    }
    this.#adam.step(this.network.parameters, gradient);
    this.#seen[run.reward].push(...pairs);
  }

  #replay(): Pair[] {
    const draw = (seen: readonly Pair[]) =>
      Array.from({ length: REPLAYED / 2 }, () => seen[this.#random.integer(seen.length)] ?? []).flat();
    return [...draw(this.#seen[0]), ...draw(this.#seen[1])];
  }
}

/** What the network reads of a question and a case. */
class Inputs {
  readonly #seed: number;
  readonly #means: EncoderMeans;
  /** Random projections, by space and dimension. */
  readonly #projections = new Map<string, readonly Float64Array[]>();

  constructor(seed: number, means: EncoderMeans) {
    [this.#seed, this.#means] = [seed, means];
  }

  /** CODE numbers: a random projection keeps angles roughly (Johnson & Lindenstrauss 1984). */
  question(question: QuestionFeatures): Float64Array {
    const { space, direction } = place(question, this.#means);
    const projection = this.#projection(space, direction.length);
    return Float64Array.from(projection, (axis) =>
      axis.reduce((sum, weight, i) => sum + weight * (direction[i] ?? 0), 0),
    );
  }

  pair(question: Float64Array, { caseId, cosine, lexical, similarity, label }: CaseFeatures): Float64Array {
    const input = new Float64Array(INPUTS);
    input.set([similarity, cosine ?? 0, lexical, label === null ? 0 : 2 * label - 1]);
    input.set(question, FEATURES);
    const random = new SeededRandom(hash32(caseId) ^ this.#seed);
    for (let i = 0; i < CODE; i++) input[FEATURES + CODE + i] = random.next() < 0.5 ? -0.5 : 0.5;
    return input;
  }

  #projection(space: string, dimensions: number): readonly Float64Array[] {
    const key = `${space} ${dimensions}`;
    const known = this.#projections.get(key);
    if (known) return known;
    const random = new SeededRandom(hash32(key) ^ this.#seed);
    const made = Array.from({ length: CODE }, () =>
      Float64Array.from({ length: dimensions }, () => random.normal()),
    );
    this.#projections.set(key, made);
    return made;
  }
}

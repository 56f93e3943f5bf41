import type { CaseValue, Interval, JudgedRun, QuestionFeatures, RetrievalPolicy } from './judgedRun';
import type { CaseFeatures } from '../runRecord';
import type { EncoderMeans } from './questionKernel';
import { SlateModel } from './slateModel';
import type { SlatePosterior } from './slatePosterior';
import { DEFAULT_PRIOR, type SlatePrior } from './slatePrior';

export interface LearnedOptions {
  readonly prior?: SlatePrior;
  readonly means?: EncoderMeans;
}

/** The newest judged runs that values stand on: bounds what a value costs. */
const MOST_RUNS = 1000;
/** Above this a rebuild is cheaper. */
const MOST_REMOVALS = 100;
/** How many standard deviations of its own doubt a case is ranked above its mean. */
const OPTIMISM = 0.3;
/** Cases a run that are shown though they seem to be worth less than nothing: what gives them a second chance. */
const MOST_TRIALS = 1;

/** What runs learned in another order add up to differs in the last digits, which must decide nothing. */
const rounded = (value: number): number => Math.round(value * 1e9);

/**
 * Our policy. A case is worth its advantage: how much likelier success is with it than with no case (slateModel.ts).
 * Cases below zero are withheld, but one of them may be tried while little is known of it: without that, bad luck with
 * the nearest cases would hide good ones behind them for ever, and with more of it a memory that only harms would go on
 * harming. Before the first judgement it is policy `similarity`.
 */
export class LearnedPolicy implements RetrievalPolicy {
  readonly version = 'learned/1';
  readonly #runs = new Map<string, JudgedRun>();
  #model: SlateModel;
  #changed = false;

  constructor({ prior = DEFAULT_PRIOR, means = new Map() }: LearnedOptions = {}) {
    this.#model = new SlateModel(prior, means);
  }

  learn(run: JudgedRun): void {
    this.#runs.delete(run.runId);
    if (run.weight > 0) this.#runs.set(run.runId, run);
    this.#changed = true;
  }

  withdraw(runId: string): boolean {
    this.#changed = true;
    return this.#runs.delete(runId);
  }

  values(
    question: QuestionFeatures,
    candidates: readonly CaseFeatures[],
    detail: 'full' | 'brief' = 'full',
  ): readonly CaseValue[] {
    this.#refresh();
    const posterior = this.#model.posterior(question);
    const isUntaught = this.#model.size === 0;
    // Before the first judgement labels say nothing yet.
    const asked = isUntaught ? candidates.map((each) => ({ ...each, label: null })) : candidates;
    const intervals = detail === 'full' ? posterior.intervals(asked) : [];
    const values = asked.map((each, i) => this.#value(each, posterior, intervals[i]));
    if (!isUntaught) return values;
    return values.map((value, rank) => this.#untaught(value, candidates[rank] ?? value.features, rank));
  }

  choose(values: readonly CaseValue[], k: number): readonly CaseValue[] {
    const chosen: CaseValue[] = [];
    let trials = 0;
    for (const value of values.toSorted((a, b) => rounded(b.score) - rounded(a.score))) {
      if (chosen.length >= k) break;
      if (value.withheld && (!value.trial || ++trials > MOST_TRIALS)) continue;
      chosen.push(value);
    }
    return chosen;
  }

  predict(question: QuestionFeatures, shown: readonly CaseFeatures[]): number {
    this.#refresh();
    const { crowding } = this.#model.prior;
    const posterior = this.#model.posterior(question);
    const advantages = shown.reduce((sum, each) => sum + posterior.advantage(each), 0);
    const share = shown.length === 0 ? 0 : shown.length ** -crowding;
    return Math.min(1, Math.max(0, posterior.usual + share * advantages));
  }

  /** Takes in what was learned now rather than with the next question. How many judged runs values stand on. */
  update(): number {
    this.#refresh();
    return this.#model.size;
  }

  /** @param interval undefined where none is wanted, and no facts */
  #value(features: CaseFeatures, posterior: SlatePosterior, interval: Interval | undefined): CaseValue {
    const value = posterior.advantage(features);
    const score = value + OPTIMISM * posterior.doubt(features);
    const withheld = rounded(value) <= 0;
    return {
      features,
      value,
      interval: interval ?? null,
      facts: interval ? posterior.facts(features) : null,
      score,
      withheld,
      trial: withheld && score > 0 && features.similarity >= this.#model.prior.floor,
    };
  }

  /** The order and the floor of similarity, with the advantage that is expected of it. */
  #untaught(value: CaseValue, features: CaseFeatures, rank: number): CaseValue {
    const { floor } = this.#model.prior;
    return { ...value, features, score: -rank, withheld: features.similarity < floor, trial: false };
  }

  /** Brings the model to the newest runs by id: run by run, or anew where much of it has to go. */
  #refresh(): void {
    if (!this.#changed) return;
    this.#changed = false;
    const ids = [...this.#runs.keys()].sort().slice(-MOST_RUNS);
    const wanted = new Set(ids.map((id) => this.#runs.get(id)));
    const gone = this.#model.runs().filter((run) => !wanted.has(run));
    if (gone.length > MOST_REMOVALS) this.#model = new SlateModel(this.#model.prior, this.#model.means);
    else for (const run of gone) this.#model.remove(run);
    const there = new Set(this.#model.runs());
    const fresh = [...wanted].filter((run) => run !== undefined);
    this.#model.addAll(fresh.filter((run) => !there.has(run)));
  }
}

/** Runs through a real bank, one after the other: asked, decided, kept, judged, put right, forgotten. */
import type { Decision } from '../../src/core/memory/bank';
import type { PolicyName } from '../../src/core/memory/retrieved';
import { shownCases } from '../../src/core/memory/runRecord';
import type { ScaleBank } from './bank';
import { caseIdOf, caseOf, recordOf, runIdOf, runOf } from './cases';
import { type Chances, chancesOf, type LiveCase, LiveCases, type SavedChances } from './lived';
import { type People, tidied } from './people';
import type { Stopwatch } from './stopwatch';
import { MOST_SHOWN, type World, type WorldQuestion } from './world';

/** Twenty-five runs a day for eleven years, where there are 100,000. */
export const RUN_MS = 3_600_000;
/** The memory experiment: runs that are shown no case, and runs that are shown one less. */
const RATES = { control: 0.05, drop: 0.05 };
/** How often people tidy up, as a share of the cases that a bank may have. */
const TIDIED_EVERY = 0.5;

export interface Setting {
  readonly world: World;
  readonly people: People;
  readonly bank: ScaleBank;
  readonly policy: Exclude<PolicyName, 'none'>;
  /** People tidy up where there are more. */
  readonly mostCases: number;
  readonly watch: Stopwatch;
  /** Before the first run, milliseconds since the epoch. */
  readonly start: number;
}

interface Correction {
  readonly run: number;
  readonly reward: 0 | 1;
}

/** What a simulation knows beside its bank, after the runs before `next`. */
export interface SavedSimulation extends Counts {
  readonly next: number;
  readonly chances: SavedChances;
  readonly live: readonly LiveCase[];
  readonly gone: readonly number[];
  readonly corrections: readonly (readonly [number, readonly Correction[]])[];
}

export interface Counts {
  /** Cases that were decided on after they were forgotten: there must be none. */
  readonly revenants: number;
  readonly forgotten: number;
  /** Judgements, those that put another right among them. */
  readonly judged: number;
}

export class Simulation {
  readonly chances: Chances;
  readonly counts: { -readonly [K in keyof Counts]: Counts[K] };
  readonly #setting: Setting;
  readonly #live: LiveCases;
  readonly #gone: Uint8Array;
  /** By run: the cases of which the opposite is said then. */
  readonly #corrections: Map<number, readonly Correction[]>;

  constructor(setting: Setting, saved?: SavedSimulation) {
    const { world } = setting;
    this.#setting = setting;
    this.#live = new LiveCases(world, saved?.live);
    this.#gone = new Uint8Array(world.runs);
    for (const run of saved?.gone ?? []) this.#gone[run] = 1;
    this.#corrections = new Map(saved?.corrections);
    const { revenants = 0, forgotten = 0, judged = 0 } = saved ?? {};
    this.counts = { revenants, forgotten, judged };
    this.chances = chancesOf(world.runs, saved?.chances);
  }

  saved(next: number): SavedSimulation {
    const { chosen, oracle, none, kinds } = this.chances;
    const first = (values: Float64Array | Uint8Array) => [...values.subarray(0, next)];
    return {
      next,
      ...this.counts,
      chances: { chosen: first(chosen), oracle: first(oracle), none: first(none), kinds: first(kinds) },
      live: this.#live.all(),
      gone: [...this.#gone.keys()].filter((run) => this.#gone[run] === 1),
      corrections: [...this.#corrections],
    };
  }

  get live(): LiveCases {
    return this.#live;
  }

  /** Run t, and what its people do after it. */
  async run(t: number): Promise<void> {
    const { world, people, bank, watch, start } = this.#setting;
    bank.now = start + t * RUN_MS;
    const question = world.question(t);
    const decision = await watch.time('decision', () => this.#decide(t, question));
    this.#check(decision);
    const shown = shownCases(decision.record).map(({ caseId }) => runOf(caseId));
    const chance = this.#note(t, question.kind, decision, shown);
    await this.#keep(t, question, decision, people.cancels(t) ? undefined : world.succeeds(t, chance));
    for (const { run, reward } of this.#corrections.get(t) ?? []) await this.#judge(run, reward);
    this.#corrections.delete(t);
    const every = Math.ceil(TIDIED_EVERY * this.#setting.mostCases);
    if (t % every === every - 1) await this.#tidy();
  }

  #decide(t: number, { text, values }: WorldQuestion): Promise<Decision> {
    const { bank, policy } = this.#setting;
    const vector = { encoder: 'simulated', values };
    const asked = { runId: runIdOf(t), question: text, vector, policy, k: MOST_SHOWN, rates: RATES };
    return bank.decide({ ...asked, now: bank.now });
  }

  #check({ listed, candidates }: Decision): void {
    const ids = new Set([...listed.map((each) => each.case.id), ...candidates.map(({ caseId }) => caseId)]);
    for (const id of ids) this.counts.revenants += this.#gone[runOf(id)] ?? 0;
  }

  /** @returns the probability that the run succeeds with what its planner was shown */
  #note(t: number, kind: number, { record }: Decision, shown: readonly number[]): number {
    const { world } = this.#setting;
    const plain = world.plain(t);
    const chosen = record.chosen.map(({ caseId }) => runOf(caseId));
    const chance = (runs: readonly number[]) => world.chance(plain, this.#live.effects(t, kind, runs));
    this.chances.kinds[t] = kind;
    this.chances.none[t] = plain;
    this.chances.chosen[t] = chance(chosen);
    this.chances.oracle[t] = world.chance(plain, this.#live.bestEffects(t, kind));
    return chance(shown);
  }

  /** @param right undefined for a run that was cancelled */
  async #keep(
    t: number,
    question: WorldQuestion,
    decision: Decision,
    right: boolean | undefined,
  ): Promise<void> {
    const { people, bank, watch } = this.#setting;
    const { text, values } = question;
    const vector = right === undefined ? undefined : { encoder: 'simulated', values };
    const record = recordOf(t, bank.now, text, vector, decision.record);
    const kept = vector && caseOf(t, text, bank.now);
    await watch.time('keeping', () => bank.keep(record, kept, vector));
    if (right === undefined) return;
    this.#live.add(t, question, right);
    const verdict = people.judges(t, right);
    if (verdict === undefined) return;
    await this.#judge(t, verdict.reward);
    const { correctedAt } = verdict;
    if (correctedAt === undefined) return;
    const others = this.#corrections.get(correctedAt) ?? [];
    this.#corrections.set(correctedAt, [...others, { run: t, reward: verdict.reward === 1 ? 0 : 1 }]);
  }

  async #judge(run: number, reward: 0 | 1): Promise<void> {
    const { bank, watch } = this.#setting;
    const live = this.#live.get(run);
    if (live === undefined) return;
    live.judged = true;
    this.counts.judged++;
    await watch.time('judgement', () => bank.judge(caseIdOf(run), { reward, reason: null, at: bank.now }));
  }

  async #tidy(): Promise<void> {
    const { bank, mostCases, watch } = this.#setting;
    await this.#forget(tidied(this.#live.all(), mostCases).map(({ run }) => run));
    await watch.time('learning after tidying', () => bank.learn());
  }

  async #forget(runs: readonly number[]): Promise<void> {
    await this.#setting.bank.forget(runs.map(caseIdOf));
    for (const run of runs) {
      this.#gone[run] = 1;
      this.#live.delete(run);
    }
    this.counts.forgotten += runs.length;
  }
}

/** What the cases of a simulated bank do, and what the runs through it came to. */
import { type CaseEffects, type Effect, MOST_SHOWN, type World, type WorldQuestion } from './world';

/** By run: probabilities of success. */
export interface Chances {
  /** With what the policy chose, before the coins. */
  readonly chosen: Float64Array;
  /** With the best cases that were in the bank. */
  readonly oracle: Float64Array;
  /** With none. */
  readonly none: Float64Array;
  readonly kinds: Uint8Array;
}

/** Of the first runs. */
export type SavedChances = Readonly<Record<keyof Chances, readonly number[]>>;

export function chancesOf(runs: number, saved?: SavedChances): Chances {
  const chances = {
    chosen: new Float64Array(runs),
    oracle: new Float64Array(runs),
    none: new Float64Array(runs),
    kinds: new Uint8Array(runs),
  };
  if (saved === undefined) return chances;
  for (const key of ['chosen', 'oracle', 'none', 'kinds'] as const) chances[key].set(saved[key]);
  return chances;
}

/** A case that is in the bank and not forgotten. */
export interface LiveCase extends CaseEffects {
  readonly run: number;
  readonly kind: number;
  readonly question: string;
  judged: boolean;
}

export class LiveCases {
  readonly #world: World;
  readonly #cases = new Map<number, LiveCase>();
  readonly #byKind = new Map<number, Set<LiveCase>>();

  constructor(world: World, cases: readonly LiveCase[] = []) {
    this.#world = world;
    for (const each of cases) this.#put(each);
  }

  get size(): number {
    return this.#cases.size;
  }

  all(): readonly LiveCase[] {
    return [...this.#cases.values()];
  }

  get(run: number): LiveCase | undefined {
    return this.#cases.get(run);
  }

  add(run: number, { kind, text }: WorldQuestion, right: boolean): void {
    this.#put({ run, kind, question: text, judged: false, ...this.#world.effects(run, kind, right) });
  }

  #put(added: LiveCase): void {
    this.#cases.set(added.run, added);
    const ofKind = this.#byKind.get(added.kind) ?? new Set();
    this.#byKind.set(added.kind, ofKind.add(added));
  }

  delete(run: number): void {
    const gone = this.#cases.get(run);
    if (gone === undefined) return;
    this.#cases.delete(run);
    this.#byKind.get(gone.kind)?.delete(gone);
  }

  /** Of these cases on a question of the kind at run t. */
  effects(t: number, kind: number, runs: readonly number[]): readonly Effect[] {
    return runs.map((run) => {
      const shown = this.#cases.get(run);
      return shown?.kind === kind ? this.#effect(t, shown) : 0;
    });
  }

  /** Of the best cases there are, as many as may be shown. */
  bestEffects(t: number, kind: number): readonly Effect[] {
    const best: Effect[] = [];
    for (const each of this.#byKind.get(kind) ?? []) {
      if (best.length === MOST_SHOWN) break;
      if (this.#effect(t, each) > 0) best.push(1);
    }
    return best;
  }

  #effect(t: number, { first, later }: CaseEffects): Effect {
    return this.#world.isDrifted(t) ? later : first;
  }
}

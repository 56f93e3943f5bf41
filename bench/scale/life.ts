/** A bank's life of many runs under one policy, with what it came to. */
import { type Checkpoint, checkpoint, referenceWork, WINDOW } from './checkpoint';
import { ScaleBank } from './bank';
import { type Forgetting, forgetHalf } from './forgetting';
import { People } from './people';
import type { Chances } from './lived';
import { decilesOf, type FirstKinds, firstKindsOf, type Mean, meanOf } from './regret';
import { restore, save } from './saved';
import { type Counts, RUN_MS, type Setting, Simulation } from './simulation';
import { Stopwatch } from './stopwatch';
import { World } from './world';

export interface LifeOptions {
  readonly folder: string;
  readonly policy: Setting['policy'];
  readonly seed: number;
  readonly runs: number;
  /** People tidy up where there are more. */
  readonly mostCases: number;
  /** A folder from which an interrupted life goes on, and to which it is saved; undefined where it is not. */
  readonly place: string | undefined;
  readonly progress: (text: string) => void;
}

export interface Life extends Counts {
  readonly policy: string;
  readonly seed: number;
  readonly runs: number;
  readonly mostCases: number;
  readonly seconds: number;
  readonly deciles: readonly Mean[];
  readonly firstKinds: readonly FirstKinds[];
  readonly checkpoints: readonly Checkpoint[];
  readonly forgetting: Forgetting;
}

const SIZES = [1_000, 10_000, 50_000, 100_000];
/** Runs after which a life is saved and told of. */
const SAVED_EVERY = 2_500;

export async function live(options: LifeOptions): Promise<Life> {
  const { folder, policy, seed, runs, mostCases, place, progress } = options;
  const begun = performance.now();
  const saved = place === undefined ? undefined : await restore(place, folder);
  // So that it ends today: what was forgotten is older than a day for the product's own clock too.
  const start = saved?.start ?? Date.now() - (runs + 100) * RUN_MS;
  const bank = new ScaleBank(folder, start, saved?.written);
  const watch = new Stopwatch(bank.written);
  const world = new World(seed, runs);
  const setting = { world, people: new People(seed), bank, policy, mostCases, watch, start };
  const simulation = new Simulation(setting, saved?.simulation);
  const sizes = [...new Set([...SIZES.filter((size) => size < runs), runs])];
  const checkpoints = [...(saved?.checkpoints ?? [])];
  const seconds = () => (saved?.seconds ?? 0) + Math.round((performance.now() - begun) / 1000);
  for (let t = saved?.simulation.next ?? 0; t < runs; t++) {
    if (sizes.includes(t + WINDOW)) watch.dropUsual();
    await simulation.run(t);
    if (sizes.some((size) => t < size && t + WINDOW >= size)) await watch.time('reference', referenceWork);
    const done = t + 1;
    if (sizes.includes(done)) checkpoints.push(await checkpoint(bank, watch, done));
    if (done % SAVED_EVERY !== 0) continue;
    progress(`${policy}: ${done} runs, ${seconds()} s; ${progressWords(simulation.chances, done)}`);
    const state = { checkpoints, written: bank.written, seconds: seconds(), start };
    if (place !== undefined) await save(place, folder, { ...state, simulation: simulation.saved(done) });
  }
  const { chances, counts, live } = simulation;
  const forgetting = await forgetHalf(bank, world, live.all());
  await bank.close();
  return {
    ...{ policy, seed, runs, mostCases, ...counts, checkpoints, forgetting },
    seconds: seconds(),
    deciles: decilesOf(chances),
    firstKinds: firstKindsOf(chances),
  };
}

/** The mean chances of the runs since the last time. */
function progressWords(chances: Chances, done: number): string {
  const { chosen, oracle, none } = meanOf(chances, done - SAVED_EVERY, done);
  return `chance ${chosen.toFixed(3)}, with no case ${none.toFixed(3)}, with the best ${oracle.toFixed(3)}`;
}

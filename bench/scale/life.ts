/** A bank's life of many runs under one policy, with what it came to. */
import { type Checkpoint, checkpoint, referenceWork, WINDOW } from './checkpoint';
import { ScaleBank } from './bank';
import { type Forgetting, forgetHalf } from './forgetting';
import { People } from './people';
import { decilesOf, type FirstKinds, firstKindsOf, type Mean } from './regret';
import { RUN_MS, type Setting, Simulation } from './simulation';
import { Stopwatch } from './stopwatch';
import { World } from './world';

export interface LifeOptions {
  readonly folder: string;
  readonly policy: Setting['policy'];
  readonly seed: number;
  readonly runs: number;
  /** People tidy up where there are more. */
  readonly mostCases: number;
  readonly progress: (text: string) => void;
}

export interface Life {
  readonly policy: string;
  readonly seed: number;
  readonly runs: number;
  readonly mostCases: number;
  readonly seconds: number;
  readonly judged: number;
  readonly forgotten: number;
  /** Forgotten cases that a decision named. */
  readonly revenants: number;
  readonly deciles: readonly Mean[];
  readonly firstKinds: readonly FirstKinds[];
  readonly checkpoints: readonly Checkpoint[];
  readonly forgetting: Forgetting;
}

const SIZES = [1_000, 10_000, 50_000, 100_000];
const DECILES = 10;

export async function live(options: LifeOptions): Promise<Life> {
  const { folder, policy, seed, runs, mostCases, progress } = options;
  const begun = performance.now();
  // So that it ends today: what was forgotten is older than a day for the product's own clock too.
  const start = Date.now() - (runs + 100) * RUN_MS;
  const bank = new ScaleBank(folder, start);
  const watch = new Stopwatch(bank.written);
  const world = new World(seed, runs);
  const simulation = new Simulation({
    ...{ world, people: new People(seed), bank, policy, mostCases, watch, start },
  });
  const sizes = [...new Set([...SIZES.filter((size) => size < runs), runs])];
  const checkpoints: Checkpoint[] = [];
  for (let t = 0; t < runs; t++) {
    if (sizes.includes(t + WINDOW)) watch.dropUsual();
    await simulation.run(t);
    if (sizes.some((size) => t < size && t + WINDOW >= size)) await watch.time('reference', referenceWork);
    if (sizes.includes(t + 1)) checkpoints.push(await checkpoint(bank, watch, t + 1));
    if ((t + 1) % Math.ceil(runs / DECILES) === 0)
      progress(`${policy}: ${t + 1} runs, ${secondsSince(begun)} s`);
  }
  const { judged, forgotten, revenants, chances } = simulation;
  const forgetting = await forgetHalf(bank, world, simulation.live.all());
  await bank.close();
  return {
    ...{ policy, seed, runs, mostCases, judged, forgotten, revenants, checkpoints, forgetting },
    seconds: secondsSince(begun),
    deciles: decilesOf(chances),
    firstKinds: firstKindsOf(chances),
  };
}

const secondsSince = (begun: number): number => Math.round((performance.now() - begun) / 1000);

/**
 * Times of single calls, apart from those in which the bank made an image of itself. What counts is the processor's time,
 * of all threads of the process: on a machine that does other things, too, the clock on the wall tells of those.
 */
import type { Written } from './bank';

export type Timed =
  'decision' | 'keeping' | 'judgement' | 'learning after tidying' | 'image' | 'import' | 'reference';

/** Milliseconds. */
export interface Took {
  readonly processor: number;
  readonly wall: number;
}

export class Stopwatch {
  readonly #written: Written;
  #times = new Map<Timed, Took[]>();

  constructor(written: Written) {
    this.#written = written;
  }

  async time<T>(what: Timed, work: () => Promise<T>): Promise<T> {
    const { images } = this.#written;
    const begun = performance.now();
    const before = process.cpuUsage();
    const result = await work();
    const { user, system } = process.cpuUsage(before);
    const took = { processor: (user + system) / 1000, wall: performance.now() - begun };
    const key = this.#written.images > images ? 'image' : what;
    const known = this.#times.get(key);
    if (known) known.push(took);
    else this.#times.set(key, [took]);
    return result;
  }

  /** In the order of the calls since the last time they were taken. */
  take(): ReadonlyMap<Timed, readonly Took[]> {
    const taken = this.#times;
    this.#times = new Map();
    return taken;
  }

  /** What is rare stays: images, and what was learned after tidying. */
  dropUsual(): void {
    for (const what of ['decision', 'keeping', 'judgement', 'reference'] as const) this.#times.delete(what);
  }
}

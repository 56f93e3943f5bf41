import type { Contender, Engine, Search } from './contender';
import { DIMENSIONS, K, nearestRows, randomVectors, rowOf } from './vectors';

export interface Timing {
  /** Median of a query, milliseconds. */
  readonly ms: number;
  /** Medians of the ratios to plain JavaScript and to reading the memory, in the same round. */
  readonly ofPlain: number;
  readonly ofRead: number;
  /** The share of the truly nearest K that it found; undefined of what only reads. */
  readonly recall: number | undefined;
}

export interface Row {
  readonly name: string;
  /** By the number of vectors. */
  readonly timings: ReadonlyMap<number, Timing>;
  /** Why it could not run. */
  readonly failure: string | undefined;
}

const QUERIES = 20;
const WARM_UP = 3;

interface Running {
  readonly contender: Contender;
  engine: Engine | undefined;
  failure: string | undefined;
  readonly timings: Map<number, Timing>;
}

/**
 * All contenders, one query each in turn, so that none has the quieter minute and each finds the caches full of others'
 * rows. `plain` and `read` are among them.
 */
export async function measure(
  contenders: readonly Contender[],
  sizes: readonly number[],
  { plain, read }: { readonly plain: Contender; readonly read: Contender },
): Promise<readonly Row[]> {
  const all = await Promise.all(contenders.map(opened));
  for (const size of sizes) await measureSize(all, size, plain, read);
  for (const { engine } of all) await engine?.close?.();
  return all.map(({ contender: { name }, timings, failure }) => ({ name, timings, failure }));
}

async function opened(contender: Contender): Promise<Running> {
  const timings = new Map<number, Timing>();
  try {
    return { contender, timings, engine: await contender.open(), failure: undefined };
  } catch (error) {
    return { contender, timings, engine: undefined, failure: firstLine(error) };
  }
}

async function measureSize(
  all: readonly Running[],
  size: number,
  plain: Contender,
  read: Contender,
): Promise<void> {
  const vectors = randomVectors(size, size);
  const asked = randomVectors(QUERIES, size + 1);
  const queries = Array.from({ length: QUERIES }, (_, i) => rowOf(asked, i).slice());
  const expected = queries.map((query) => nearestRows(vectors, query));
  const searches = new Map<Contender, Search>();
  for (const running of all) {
    if (!running.engine || size > (running.contender.most ?? Infinity)) continue;
    await attempt(running, async (engine) => searches.set(running.contender, await engine.load(vectors)));
  }
  const rounds = roundsFor(size);
  const times = new Map([...searches.keys()].map((contender) => [contender, [] as number[]]));
  const hits = new Map<Contender, number>();
  for (let round = -WARM_UP; round < rounds; round++) {
    const i = (round + WARM_UP) % QUERIES;
    for (const [contender, search] of searches) {
      const begun = performance.now();
      const rows = await search(queries[i]!);
      if (round >= 0) times.get(contender)!.push(performance.now() - begun);
      if (round >= 0 && rows) {
        hits.set(
          contender,
          (hits.get(contender) ?? 0) + rows.filter((row) => expected[i]!.includes(row)).length,
        );
      }
    }
  }
  const ratio = (one: readonly number[], other: Contender) =>
    median(one.map((time, round) => time / times.get(other)![round]!));
  for (const { contender, timings } of all) {
    const own = times.get(contender);
    if (!own) continue;
    const found = hits.get(contender);
    timings.set(size, {
      ms: median(own),
      ofPlain: ratio(own, plain),
      ofRead: ratio(own, read),
      recall: found === undefined ? undefined : found / (rounds * K),
    });
  }
}

/** A contender that fails is out, and says why. */
async function attempt(running: Running, work: (engine: Engine) => Promise<unknown>): Promise<void> {
  if (!running.engine) return;
  try {
    await work(running.engine);
  } catch (error) {
    running.failure = firstLine(error);
    running.engine = undefined;
  }
}

/** About ten seconds of the slowest, and enough for a median. */
const roundsFor = (size: number) => Math.max(15, Math.min(100, Math.round(2e8 / (size * DIMENSIONS))));

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

const firstLine = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';

import { type Answer, type Contender, timed } from './contender';
import { Isolated } from './isolated';
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
  /** Why it did not run, or not to the end. */
  readonly failure: string | undefined;
}

export interface Contenders {
  readonly own: readonly Contender[];
  /** In processes of their own. */
  readonly others: readonly Contender[];
  /** Two of the own ones, to which all are compared. */
  readonly plain: Contender;
  readonly read: Contender;
}

type Ask = (query: Float32Array) => Promise<Answer | undefined>;

/** A contender that is in the race until it fails. */
interface Runner {
  readonly contender: Contender;
  readonly load: (count: number) => Promise<Ask>;
  readonly close: () => Promise<void>;
  readonly timings: Map<number, Timing>;
  failure: string | undefined;
}

const QUERIES = 20;
const WARM_UP = 3;

/**
 * All contenders, one query each in turn, so that none has the quieter minute and each finds the caches full of others'
 * rows.
 */
export async function measure(contenders: Contenders, sizes: readonly number[]): Promise<readonly Row[]> {
  const { own, others, plain, read } = contenders;
  const runners = await Promise.all(own.map(here));
  for (const other of others) runners.push(await apart(other));
  try {
    for (const size of sizes) await race(runners, size, plain, read);
  } finally {
    for (const runner of runners) await runner.close();
  }
  return runners.map(({ contender: { name }, timings, failure }) => ({ name, timings, failure }));
}

async function here(contender: Contender): Promise<Runner> {
  const engine = await contender.open();
  const load = async (count: number) => {
    const search = await engine.load(randomVectors(count, count));
    return (query: Float32Array) => timed(search, query);
  };
  return { contender, load, timings: new Map(), failure: undefined, close: async () => engine.close?.() };
}

async function apart(contender: Contender): Promise<Runner> {
  const child = new Isolated(contender.name);
  const load = async (count: number) => {
    await child.ask({ type: 'load', count, seed: count });
    return (query: Float32Array) => child.ask({ type: 'search', query });
  };
  const close = async () => {
    await child.ask({ type: 'close' }).catch(() => undefined);
    child.end();
  };
  const runner: Runner = { contender, load, timings: new Map(), failure: undefined, close };
  await attempt(runner, () => child.ask({ type: 'open' }));
  return runner;
}

async function race(
  runners: readonly Runner[],
  size: number,
  plain: Contender,
  read: Contender,
): Promise<void> {
  const vectors = randomVectors(size, size);
  const asked = randomVectors(QUERIES, size + 1);
  const queries = Array.from({ length: QUERIES }, (_, i) => rowOf(asked, i).slice());
  const expected = queries.map((query) => nearestRows(vectors, query));
  const racing: { readonly runner: Runner; readonly ask: Ask; readonly answers: Answer[] }[] = [];
  for (const runner of runners) {
    if (size > (runner.contender.most ?? Infinity)) continue;
    const ask = await attempt(runner, () => runner.load(size));
    if (ask) racing.push({ runner, ask, answers: [] });
  }
  const rounds = roundsFor(size);
  for (let round = -WARM_UP; round < rounds; round++) {
    const query = queries[(round + QUERIES) % QUERIES]!;
    for (const { runner, ask, answers } of racing) {
      const answer = await attempt(runner, () => ask(query));
      if (answer && round >= 0) answers.push(answer);
    }
  }
  const timesOf = (wanted: Contender) =>
    racing.find(({ runner }) => runner.contender === wanted)!.answers.map(({ ms }) => ms);
  const ratio = (times: readonly number[], others: readonly number[]) =>
    median(times.map((time, round) => time / others[round]!));
  for (const { runner, answers } of racing) {
    if (runner.failure !== undefined) continue;
    const times = answers.map(({ ms }) => ms);
    runner.timings.set(size, {
      ms: median(times),
      ofPlain: ratio(times, timesOf(plain)),
      ofRead: ratio(times, timesOf(read)),
      recall: recall(answers, expected),
    });
  }
}

/** A contender that fails is out, and says why. */
async function attempt<T>(runner: Runner, work: () => Promise<T>): Promise<T | undefined> {
  if (runner.failure !== undefined) return undefined;
  try {
    return await work();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    runner.failure = message.split('\n')[0] ?? '';
    return undefined;
  }
}

function recall(answers: readonly Answer[], expected: readonly (readonly number[])[]): number | undefined {
  if (answers.some(({ rows }) => rows === undefined)) return undefined;
  const hits = answers.map(
    ({ rows = [] }, round) => rows.filter((row) => expected[round % QUERIES]!.includes(row)).length,
  );
  return hits.reduce((sum, count) => sum + count, 0) / (answers.length * K);
}

/** Some ten seconds of the slower ones, and enough for a median. */
const roundsFor = (size: number) => Math.max(15, Math.min(100, Math.round(2e8 / (size * DIMENSIONS))));

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/** The parts of the benchmark, each with a bank of its own, kept as files where somebody wants to go on another time. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type Alarms, falseAlarms } from './alarms';
import { crowd, type Crowded } from './crowded';
import { type Life, live } from './life';

export const PARTS = ['learned', 'similarity', 'crowded', 'alarms'] as const;
export type Part = (typeof PARTS)[number];

export interface Sizes {
  readonly seed: number;
  readonly runs: number;
  /** People tidy up a bank that has more. */
  readonly mostCases: number;
  /** Of the bank that nobody tidies up. */
  readonly cases: number;
  /** Of the false alarms. */
  readonly worlds: number;
}

/** Undefined for a part that was not asked for. */
export interface Results {
  readonly learned: Life | undefined;
  readonly similarity: Life | undefined;
  readonly crowded: Crowded | undefined;
  readonly alarms: readonly Alarms[] | undefined;
}

/** What makes parts, and keeps what they came to in `kept`, a folder, if there is one. */
export interface Bench {
  readonly sizes: Sizes;
  readonly kept: string | undefined;
  readonly progress: (text: string) => void;
}

export async function resultsOf(bench: Bench, parts: readonly Part[]): Promise<Results> {
  const { sizes, progress } = bench;
  const { seed } = sizes;
  const life = (policy: 'learned' | 'similarity') => (folder: string) =>
    live({ ...sizes, folder, policy, progress, place: placeOf(bench, policy) });
  const crowded = (folder: string) => crowd(folder, seed, sizes.cases, progress);
  const alarms = async () => falseAlarms(sizes.worlds, seed);
  const wanted = <T>(
    part: Part,
    isResult: (value: unknown) => value is T,
    make: (folder: string) => Promise<T>,
  ) => (parts.includes(part) ? resultOf(bench, part, isResult, make) : undefined);
  return {
    learned: await wanted('learned', isLife, life('learned')),
    similarity: await wanted('similarity', isLife, life('similarity')),
    crowded: await wanted('crowded', isCrowded, crowded),
    alarms: await wanted('alarms', isAlarms, alarms),
  };
}

/** Without its ending. */
const placeOf = ({ kept, sizes }: Bench, part: Part): string | undefined =>
  kept && path.join(kept, `${part}-${Object.values(sizes).join('-')}`);

/** As it was kept by a run of the same sizes, or made now. */
async function resultOf<T>(
  bench: Bench,
  part: Part,
  isResult: (value: unknown) => value is T,
  make: (folder: string) => Promise<T>,
): Promise<T> {
  const place = placeOf(bench, part);
  const file = place && `${place}.json`;
  if (file !== undefined && existsSync(file)) {
    const known: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (isResult(known)) return known;
    bench.progress(`${file} is no result of this benchmark: it is made anew.`);
  }
  const folder = await mkdtemp(path.join(os.tmpdir(), 'memento-scale-'));
  try {
    const result = await make(folder);
    if (place !== undefined && file !== undefined) {
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, JSON.stringify(result));
    }
    return result;
  } finally {
    await rm(folder, { recursive: true });
  }
}

const has = (value: unknown, ...keys: readonly string[]): boolean =>
  typeof value === 'object' && value !== null && keys.every((key) => key in value);
const isLife = (value: unknown): value is Life =>
  has(value, 'policy', 'deciles', 'firstKinds', 'checkpoints', 'forgetting');
const isCrowded = (value: unknown): value is Crowded => has(value, 'cases', 'checkpoints', 'thread');
const isAlarms = (value: unknown): value is readonly Alarms[] =>
  Array.isArray(value) && value.every((each) => has(each, 'looks', 'anytime', 'usual'));

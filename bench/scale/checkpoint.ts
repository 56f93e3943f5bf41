/** What a bank of some size costs: bytes on the disk, memory of the process, milliseconds a call. */
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { dot } from '../../src/core/memory/policy/dot';
import { generationsOf, imageName, isSegment } from '../../src/node/journal/layout';
import { nodeDisk } from '../../src/node/journal/disk';
import { median, percentile } from '../learning/timing';
import type { ScaleBank } from './bank';
import type { Stopwatch, Timed, Took } from './stopwatch';

/** The times that stand for a size are those of so many runs before it. */
export const WINDOW = 500;

/** Milliseconds of the processor, and the median by the clock on the wall. */
export interface Spread {
  readonly count: number;
  readonly median: number;
  readonly p95: number;
  readonly wall: number;
}

export interface Checkpoint {
  readonly runs: number;
  readonly cases: number;
  /** Bytes: of the newest image, of all files, and written since the start. */
  readonly image: number;
  readonly files: number;
  readonly written: number;
  readonly images: number;
  /** Bytes of the process: resident, of live objects, and of buffers outside the heap (the database is one). */
  readonly rss: number;
  readonly heap: number;
  readonly buffers: number;
  readonly times: Readonly<Partial<Record<Timed, Spread>>>;
  /** A memory report of all runs, milliseconds of the processor. */
  readonly report: number;
}

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');
const isCollector = (value: unknown): value is () => void => typeof value === 'function';

export async function checkpoint(bank: ScaleBank, watch: Stopwatch, runs: number): Promise<Checkpoint> {
  const { total } = await bank.read((known) => known.counts());
  if (isCollector(collect)) collect();
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
  const taken = watch.take();
  const before = process.cpuUsage();
  await bank.report();
  const { user, system } = process.cpuUsage(before);
  return {
    runs,
    cases: total,
    ...sizesOf(bank.folder),
    written: bank.written.bytes,
    images: bank.written.images,
    rss,
    heap: heapUsed,
    buffers: arrayBuffers,
    times: Object.fromEntries([...taken].map(([what, times]) => [what, spread(times)])),
    report: (user + system) / 1000,
  };
}

export function sizesOf(folder: string): { readonly image: number; readonly files: number } {
  const names = nodeDisk.list(folder);
  const size = (name: string) => nodeDisk.size(path.join(folder, name)) ?? 0;
  const [newest] = generationsOf(names);
  const own = names.filter((name) => isSegment(name) || generationsOf([name]).length > 0);
  return {
    image: newest === undefined ? 0 : size(imageName(newest)),
    files: own.reduce((sum, name) => sum + size(name), 0),
  };
}

function spread(times: readonly Took[]): Spread {
  const processor = times.map((took) => took.processor);
  return {
    count: times.length,
    median: median(processor),
    p95: percentile(processor, 0.95),
    wall: median(times.map((took) => took.wall)),
  };
}

const NUMBERS = Float64Array.from({ length: 1_000_000 }, (_, i) => Math.sin(i));

/** Always the same, a few milliseconds: what the other times are compared with, as the machine is now. */
export const referenceWork = async (): Promise<number> =>
  [1, 2].reduce((sum) => sum + dot(NUMBERS, NUMBERS, NUMBERS.length), 0);

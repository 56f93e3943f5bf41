/** What durability costs, and how long a large bank takes to open. */
import path from 'node:path';
import { adding } from '../../src/core/memory/journal/changes';
import { type Disk, nodeDisk } from '../../src/node/journal/disk';
import { generationsOf, imageName, isSegment } from '../../src/node/journal/layout';
import { openBank, someCase, someVector } from './bank';

/** Milliseconds. */
export interface WriteCost {
  readonly durable: number;
  readonly unsafe: number;
  /** durable / unsafe. */
  readonly ratio: number;
  /** A case of a hundred that are written together, durably. */
  readonly together: number;
}

const UNSAFE: Disk = {
  ...nodeDisk,
  create: (file) => ({ ...nodeDisk.create(file), sync: () => undefined }),
  syncFolder: () => undefined,
};
const WRITES = 300;
const ROUNDS = 3;

/** Medians of single writes, one kind after the other in each round, so that neither has the quieter minute. */
export async function writeCost(work: string): Promise<WriteCost> {
  const durable: number[] = [];
  const unsafe: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    durable.push(...(await timeWrites(path.join(work, `durable-${round}`), nodeDisk)));
    unsafe.push(...(await timeWrites(path.join(work, `unsafe-${round}`), UNSAFE)));
  }
  const [one, other] = [median(durable), median(unsafe)];
  return {
    durable: one,
    unsafe: other,
    ratio: one / other,
    together: await timeBatch(path.join(work, 'batch')),
  };
}

async function timeWrites(folder: string, disk: Disk): Promise<number[]> {
  const bank = openBank(folder, { disk });
  const times: number[] = [];
  for (let n = 0; n < WRITES; n++) {
    const change = adding(someCase(n), someVector());
    const begun = performance.now();
    await bank.write(change);
    times.push(performance.now() - begun);
  }
  await bank.dispose();
  return times;
}

async function timeBatch(folder: string): Promise<number> {
  const bank = openBank(folder);
  const changes = Array.from({ length: 100 }, (_, n) => adding(someCase(n), someVector()));
  await bank.write(adding(someCase(0)));
  const begun = performance.now();
  await Promise.all(changes.map((change) => bank.write(change)));
  const time = performance.now() - begun;
  await bank.dispose();
  return time / changes.length;
}

export interface OpenCost {
  readonly cases: number;
  readonly imageBytes: number;
  /** Bytes of segments that the image does not have. */
  readonly journalBytes: number;
  /** Milliseconds until the cases can be counted and listed. */
  readonly open: number;
  /** Milliseconds of the first search: the indexes are built. */
  readonly firstSearch: number;
  readonly nextSearch: number;
  /** Milliseconds to write all of the cases, a hundred at a time. */
  readonly filling: number;
}

export async function openCost(work: string, cases: number): Promise<OpenCost> {
  const folder = path.join(work, 'large');
  const filling = await timed(() => fill(folder, cases));
  const bank = openBank(folder);
  const open = await timed(() =>
    bank.read((known) => [known.counts(), known.list({ offset: 0, limit: 50 })]),
  );
  const search = () =>
    timed(() => bank.read((known) => known.candidates('What is the depth of 77?', someVector(), 8)));
  const [firstSearch, nextSearch] = [await search(), await search()];
  await bank.dispose();
  return { cases, ...sizes(folder), open, firstSearch, nextSearch, filling };
}

async function fill(folder: string, cases: number): Promise<void> {
  const bank = openBank(folder);
  for (let n = 0; n < cases; n += 100) {
    const batch = Array.from({ length: Math.min(100, cases - n) }, (_, i) => someCase(n + i));
    await Promise.all(batch.map((record) => bank.write(adding(record, someVector()))));
  }
  await bank.dispose();
}

function sizes(folder: string) {
  const names = nodeDisk.list(folder);
  const size = (name: string) => nodeDisk.size(path.join(folder, name)) ?? 0;
  const journalBytes = names.filter(isSegment).reduce((sum, name) => sum + size(name), 0);
  return { imageBytes: size(imageName(generationsOf(names)[0] ?? 0)), journalBytes };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

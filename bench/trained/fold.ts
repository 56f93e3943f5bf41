/** One fold: a bank of its own without the questions that are held out, asked about them cold and warm. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { normalise } from '../../src/core/common/text';
import type { CaseBank } from '../../src/core/memory/bank';
import { cosine } from '../../src/core/tools/search/vectors';
import { placeOf } from '../../src/core/memory/transfer/record';
import { openCaseBank, type OpenCaseBank } from '../../src/node/memory';
import type { Query } from '../difficulty/data';
import type { Encoded } from '../difficulty/vectors';
import { type Choice, type Choices, choicesOf, drawn } from './choices';
import { caseLines, fileOf, type ReleasedLines, rowLines, type TrainingLine } from './files';
import { type ClockedEncoder, importText, type ImportTimes } from './importing';
import { type Split, withRowsShuffled } from './split';

export interface Fold {
  readonly dropped: Split['dropped'];
  /** Of the warm bank. */
  readonly cases: number;
  readonly runs: number;
  /** The bank has the cases alone; then the training rows as judged runs too. */
  readonly cold: Choices;
  readonly warm: Choices;
  /** Warm with the same rows, each query's cases given to another one. */
  readonly shuffled: Choices;
  /** Cases drawn at random. */
  readonly drawn: readonly Choice[];
  readonly closest: Closest;
  /** Of the rows. */
  readonly warming: ImportTimes;
}

/** Between what is held out and every question of the warm bank. */
export interface Closest {
  readonly cosine: number;
  /** Questions of the bank whose normal form is held out. */
  readonly same: number;
}

export interface FoldOptions {
  readonly encoder: ClockedEncoder;
  readonly encoded: Encoded;
  /** The folder that the build made. */
  readonly dist: string;
}

/** A bank in a folder of its own, by the product's thread; the folder is deleted when `use` is done. */
export async function withBank<T>(dist: string, use: (bank: OpenCaseBank) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'memento-bench-'));
  const bank = openCaseBank({ folder, workerFile: path.join(dist, 'memory-worker.js'), dist });
  try {
    return await use(bank);
  } finally {
    await bank.dispose();
    await rm(folder, { recursive: true, force: true });
  }
}

const SHUFFLE_SEED = 1;

export async function askFold(
  heldOut: readonly Query[],
  split: Split,
  { encoder, encoded, dist }: FoldOptions,
): Promise<Fold> {
  const fold = await withBank(dist, async (bank) => {
    await importCases(split, bank, encoder);
    const cold = await choicesOf(heldOut, bank, encoder);
    const warming = await importRows(split.training, bank, encoder);
    const warm = await choicesOf(heldOut, bank, encoder);
    const { cases, total } = await bank.list({ offset: 0, limit: MOST });
    const examples = cases.filter(({ reward, plan }) => reward === 1 && plan.length > 0);
    const closest = await closestIn(bank, heldOut, encoded, encoder.id);
    return { cold, warm, cases: total, drawn: drawn(heldOut, examples, encoded), closest, warming };
  });
  const shuffled = await withBank(dist, async (bank) => {
    await importCases(split, bank, encoder);
    await importRows(withRowsShuffled(split.training, SHUFFLE_SEED), bank, encoder);
    return choicesOf(heldOut, bank, encoder);
  });
  return { ...fold, shuffled, runs: fold.warming.runs, dropped: split.dropped };
}

/** The whole files into one bank, as a user imports them: the cases, then the training rows. */
export const importWhole = (
  { cases, training }: ReleasedLines,
  encoder: ClockedEncoder,
  dist: string,
): Promise<readonly NamedTimes[]> =>
  withBank(dist, async (bank) => [
    { name: 'cases', ...(await importText(fileOf(cases.map(({ line }) => line)), bank, encoder)) },
    { name: 'training rows', ...(await importRows(training, bank, encoder)) },
  ]);

export type NamedTimes = ImportTimes & { readonly name: string };

/** Those of the bank and those of the training rows, as cases alone. */
async function importCases({ cases, training }: Split, bank: CaseBank, encoder: ClockedEncoder) {
  await importText(fileOf(cases.map(({ line }) => line)), bank, encoder);
  await importText(fileOf(caseLines(training)), bank, encoder);
}

const importRows = (training: readonly TrainingLine[], bank: CaseBank, encoder: ClockedEncoder) =>
  importText(fileOf(rowLines(training)), bank, encoder);

/** More than the files have. */
const MOST = 100_000;
const PAGE = 500;

/** By the vectors that the bank itself has: whatever the split did, nothing that is held out is in it. */
async function closestIn(
  bank: CaseBank,
  heldOut: readonly Query[],
  encoded: Encoded,
  encoderId: string,
): Promise<Closest> {
  const ids = new Set(heldOut.map(({ id }) => id));
  const held = heldOut.flatMap(({ text }) => encoded(text).vector?.values ?? []);
  const closest = { cosine: -1, same: 0 };
  for (let place = ''; ;) {
    const page = await bank.recordsAfter(place, PAGE);
    const cases = page.flatMap((record) => (record.type === 'case' ? [record] : []));
    const last = cases.at(-1);
    if (last === undefined) return closest;
    place = placeOf(last);
    for (const { case: record, vectors } of cases) {
      if (ids.has(normalise(record.question))) closest.same++;
      const own = vectors.find(({ encoder }) => encoder === encoderId)?.values ?? new Float32Array();
      if (own.length === 0) continue;
      for (const other of held) closest.cosine = Math.max(closest.cosine, cosine(own, other));
    }
  }
}

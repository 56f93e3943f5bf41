/** A life that was interrupted: where it was, and its bank, so that it can go on. */
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Written } from './bank';
import type { Checkpoint } from './checkpoint';
import type { SavedSimulation } from './simulation';

export interface Saved {
  readonly simulation: SavedSimulation;
  readonly checkpoints: readonly Checkpoint[];
  readonly written: Written;
  readonly seconds: number;
  /** Of the world's clock before its first run, milliseconds since the epoch. */
  readonly start: number;
}

/** Keeps both in `place`, a folder, whole or not at all. Between two runs a bank's files say all that it knows. */
export async function save(place: string, bank: string, saved: Saved): Promise<void> {
  const unfinished = `${place}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  await cp(bank, path.join(unfinished, 'bank'), { recursive: true });
  await writeFile(path.join(unfinished, 'state.json'), JSON.stringify(saved));
  await rm(place, { recursive: true, force: true });
  await rename(unfinished, place);
}

/** What was saved in `place`, its bank copied to the folder `bank`; undefined where nothing was. */
export async function restore(place: string, bank: string): Promise<Saved | undefined> {
  const file = path.join(place, 'state.json');
  if (!existsSync(file)) return undefined;
  const saved: unknown = JSON.parse(await readFile(file, 'utf8'));
  if (!isSaved(saved)) throw new TypeError(`${file} was not saved by this benchmark.`);
  await cp(path.join(place, 'bank'), bank, { recursive: true });
  return saved;
}

const isSaved = (value: unknown): value is Saved =>
  typeof value === 'object' &&
  value !== null &&
  ['simulation', 'checkpoints', 'written', 'seconds', 'start'].every((key) => key in value);

/** Short words for tests of a bank on disk. */
import path from 'node:path';
import { readdir } from 'node:fs/promises';
import { adding } from '../../src/core/memory/journal/changes';
import { BankJournal, type BankJournalOptions } from '../../src/node/journal/bankJournal';
import { generationsOf, imageName } from '../../src/node/journal/layout';
import { memoryDatabase, someCase } from './memoryBank';

/** Every write is followed by an image. */
export const ALWAYS = { bytes: 0, segments: 0 };

export const opened = (folder: string, options: Partial<BankJournalOptions> = {}) =>
  new BankJournal({ folder, openDatabase: memoryDatabase, ...options });
export const ids = (journal: BankJournal) =>
  journal.read((bank) =>
    bank
      .list({ offset: 0, limit: 1000 })
      .cases.map((record) => record.id)
      .sort(),
  );

export async function add(journal: BankJournal, parts = {}): Promise<string> {
  const record = someCase(parts);
  await journal.write(adding(record));
  return record.id;
}

/** The files of the images, newest first. */
export const imagesIn = async (folder: string): Promise<string[]> =>
  generationsOf(await readdir(folder)).map((generation) => path.join(folder, imageName(generation)));

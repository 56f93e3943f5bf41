/** The records of a data set's file: a JSON list, JSON Lines, or a table with a first row of names. */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import Papa from 'papaparse';
import { readCorpus } from '../../core/evaluation/dataset/gold';
import type { CorpusDocument, Dataset } from '../../core/evaluation/dataset/question';
import { readQuestions } from '../../core/evaluation/dataset/readQuestions';
import { isObject } from '../../core/common/kind';
import { errnoOf } from '../../node/errno';
import { UsageError } from '../values';

export interface LoadedDataset extends Dataset {
  /** Of the file or its folder, for a person. */
  readonly name: string;
  /** The folder that its files lie in. */
  readonly folder: string;
  /** What the questions are about, where that lies beside them; else what they bring themselves. */
  readonly documents: readonly CorpusDocument[];
}

/** @throws UsageError where there is no such file, or nothing in it is a question */
export async function loadDataset(given: string): Promise<LoadedDataset> {
  const place = path.resolve(given);
  const isFolder = (await look(place, given)).isDirectory();
  const file = isFolder ? path.join(place, 'questions.json') : place;
  if (isFolder) await look(file, path.join(given, 'questions.json'));
  const dataset = readQuestions(recordsOf(path.basename(file), await readFile(file, 'utf8'), given));
  if (dataset.questions.length === 0) {
    throw new UsageError(
      `${given} has no question with an answer. ${dataset.problems[0] ?? 'It has no records.'}`,
    );
  }
  const folder = path.dirname(file);
  const corpus = await readFile(path.join(folder, 'corpus.json'), 'utf8').catch(() => undefined);
  const documents = (corpus === undefined ? undefined : readCorpus(parsed(corpus))) ?? dataset.documents;
  const base = path.basename(file);
  const name = /^(?:questions|metadata|data)\./.test(base)
    ? path.basename(folder)
    : base.replace(/\.\w+$/, '');
  return { ...dataset, name, folder, documents };
}

async function look(file: string, given: string) {
  try {
    return await stat(file);
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    throw new UsageError(`There is no ${given}.`);
  }
}

export function recordsOf(name: string, text: string, given = name): readonly unknown[] {
  const body = text.replace(/^\uFEFF/, '').trim();
  if (/\.(?:csv|tsv)$/i.test(name)) return table(body, name);
  const whole = parsed(body);
  if (Array.isArray(whole)) return whole;
  // SQuAD-like wrappers, and a single record.
  if (isObject(whole)) return Array.isArray(whole['data']) ? whole['data'] : [whole];
  const lines = body.split(/\r?\n/).filter((line) => line.trim() !== '');
  const records = lines.map(parsed);
  if (records.every((record) => record === undefined)) {
    throw new UsageError(`${given} is neither JSON, JSON Lines nor a table (.csv, .tsv).`);
  }
  return records;
}

const table = (text: string, name: string): readonly unknown[] =>
  Papa.parse<unknown>(text, {
    header: true,
    skipEmptyLines: 'greedy',
    ...(name.toLowerCase().endsWith('.tsv') ? { delimiter: '\t' } : {}),
  }).data;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The released files line by line, so that any part of them is imported as it stands. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { normalise } from '../../src/core/common/text';
import { parseLine } from '../../src/core/memory/transfer/parseLine';

/** A case of `memory.jsonl` or of `dummy_memo.jsonl`. */
export interface CaseLine {
  readonly line: string;
  readonly question: string;
}

/** A case that the run on `query` was shown. */
export interface TrainingLine {
  readonly query: string;
  /** What became of the run. */
  readonly truth_label: boolean;
  /** In the format of `memory.jsonl`. */
  readonly shown: { readonly case: string; readonly plan: string; readonly case_label: string };
}

export interface ReleasedLines {
  readonly cases: readonly CaseLine[];
  readonly training: readonly TrainingLine[];
}

/** How much is read of each file; all of it where a number is absent. */
export interface Limits {
  readonly cases?: number;
  readonly queries?: number;
}

const CASE = z
  .union([z.object({ case: z.string() }), z.object({ question: z.string() })])
  .transform((row) => ('case' in row ? row.case : row.question));
const SHOWN = z.object({ case: z.string(), plan: z.string(), case_label: z.string() });
const ROW = SHOWN.extend({ query: z.string(), truth_label: z.boolean() });

/** Throws on a file that is missing and on a line of another shape. */
export async function readReleased(folder: string, limits: Limits = {}): Promise<ReleasedLines> {
  const [memory, older, training] = await Promise.all(
    ['memory.jsonl', 'dummy_memo.jsonl', 'training_data.jsonl'].map(async (name) =>
      linesOf(await readFile(path.join(folder, 'memento', name), 'utf8')),
    ),
  );
  return releasedLines(
    { cases: [...(memory ?? []).slice(0, limits.cases), ...(older ?? [])], training: training ?? [] },
    limits.queries,
  );
}

/** @param queries of so many, the first ones, the training rows are taken */
export function releasedLines(
  files: { readonly cases: readonly string[]; readonly training: readonly string[] },
  queries = Infinity,
): ReleasedLines {
  const asked = new Set<string>();
  return {
    cases: files.cases.map((line) => ({ line, question: CASE.parse(JSON.parse(line)) })),
    training: files.training.flatMap((line): TrainingLine[] => {
      const { query, truth_label, ...shown } = ROW.parse(JSON.parse(line));
      if (!asked.has(query) && asked.size >= queries) return [];
      asked.add(query);
      return [{ query, truth_label, shown }];
    }),
  };
}

/** Every question of the files, each text once. */
export const questionsOf = ({ cases, training }: ReleasedLines): readonly string[] => [
  ...new Set([
    ...cases.map(({ question }) => question),
    ...training.flatMap(({ query, shown }) => [query, shown.case]),
  ]),
];

/** By the normal form of the question, the descriptions of the plan's tasks, a line each. */
export function plansOf({ cases, training }: ReleasedLines): ReadonlyMap<string, string> {
  const lines = [...caseLines(training), ...cases.map(({ line }) => line)];
  return new Map(
    lines.flatMap((line) => {
      const parsed = parseLine(line);
      if (parsed.type !== 'case') return [];
      const { question, plan } = parsed.case;
      return [[normalise(question), plan.map(({ description }) => description).join('\n')] as const];
    }),
  );
}

/** The distinct cases of training rows, a line of `memory.jsonl` each. */
export const caseLines = (training: readonly TrainingLine[]): readonly string[] => [
  ...new Set(training.map(({ shown }) => JSON.stringify(shown))),
];

export const rowLines = (training: readonly TrainingLine[]): readonly string[] =>
  training.map(({ query, truth_label, shown }) => JSON.stringify({ query, ...shown, truth_label }));

/** The text of a file of these lines. */
export const fileOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

const linesOf = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '');

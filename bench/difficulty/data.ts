/** The cases and the training pairs released with the Memento paper (Agent-on-the-Fly/Memento, MIT), and their sources. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { normalise } from '../../src/core/common/text';

/** A question of which it is known whether the run on it succeeded. */
export interface LabelledQuestion {
  /** Its normal form: no two have the same. */
  readonly id: string;
  readonly text: string;
  readonly succeeded: boolean;
}

export interface ReleasedCase extends LabelledQuestion {
  /** The descriptions of the plan's tasks, a line each. */
  readonly plan: string;
  /** The question set it is from; undefined where `deepresearcher.jsonl` does not have it. */
  readonly source: string | undefined;
}

/** A query with the cases that its run was shown. */
export interface Query extends LabelledQuestion {
  /** Each question once, in the file's order, without the query itself. */
  readonly cases: readonly LabelledQuestion[];
  /** In `memory.jsonl` too, where it is negative whatever became of its run. */
  readonly inMemory: boolean;
}

export interface Released {
  readonly cases: readonly ReleasedCase[];
  readonly queries: readonly Query[];
  /** The question set of each question of `deepresearcher.jsonl`, by normal form. */
  readonly sources: ReadonlyMap<string, string>;
}

const LABEL = z.enum(['positive', 'negative']);
const CASE = z.object({ case: z.string(), plan: z.string(), case_label: LABEL });
const PLAN = z.object({ plan: z.array(z.object({ description: z.string() })) });
const PAIR = z.object({ query: z.string(), case: z.string(), case_label: LABEL, truth_label: z.boolean() });
const SOURCED = z.object({ question: z.string(), data_source: z.string() });

/** Undefined where the folder has no `memento`. Throws on a line of another shape. */
export async function loadReleased(folder: string): Promise<Released | undefined> {
  const from = path.join(folder, 'memento');
  if (!existsSync(from)) return undefined;
  const sourced = await lines(path.join(from, 'deepresearcher.jsonl'), SOURCED);
  const sources = new Map(
    sourced.map(({ question, data_source }) => [normalise(question), data_source] as const),
  );
  const cases = (await lines(path.join(from, 'memory.jsonl'), CASE)).map((row): ReleasedCase => {
    const { plan } = PLAN.parse(JSON.parse(row.plan));
    const question = labelled(row.case, row.case_label === 'positive');
    const text = plan.map(({ description }) => description).join('\n');
    return { ...question, plan: text, source: sources.get(question.id) };
  });
  const pairs = await lines(path.join(from, 'training_data.jsonl'), PAIR);
  const known = new Set(cases.map(({ id }) => id));
  return { cases: once(cases), queries: queriesOf(pairs, known), sources };
}

function queriesOf(pairs: readonly z.infer<typeof PAIR>[], known: ReadonlySet<string>): Query[] {
  const byQuery = new Map<string, z.infer<typeof PAIR>[]>();
  for (const pair of pairs) {
    const id = normalise(pair.query);
    byQuery.set(id, [...(byQuery.get(id) ?? []), pair]);
  }
  return [...byQuery].flatMap(([id, rows]) => {
    const [first] = rows;
    if (first === undefined) return [];
    const cases = rows.map((row) => labelled(row.case, row.case_label === 'positive'));
    const others = once(cases).filter((each) => each.id !== id);
    return [{ ...labelled(first.query, first.truth_label), cases: others, inMemory: known.has(id) }];
  });
}

const labelled = (text: string, succeeded: boolean): LabelledQuestion => ({
  id: normalise(text),
  text,
  succeeded,
});

const once = <T extends { readonly id: string }>(some: readonly T[]): T[] => [
  ...new Map(some.map((each) => [each.id, each])).values(),
];

async function lines<T>(file: string, schema: z.ZodType<T>): Promise<T[]> {
  const text = await readFile(file, 'utf8');
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => schema.parse(JSON.parse(line)));
}

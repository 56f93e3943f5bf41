/**
 * Questions with right answers, from the records of the data sets that research agents are measured on:
 * `question` and `ground_truth` (the Memento release; alternatives joined by `<|answer_split|>`), GAIA's `Question`,
 * `Final answer` and `file_name`, SimpleQA's `problem` and `answer`, HotpotQA's and MuSiQue's with what supports them.
 */
import * as z from 'zod';
import { type Gold, hotpotGold, musiqueGold, NO_GOLD } from './gold';
import type { CorpusDocument, Dataset, DatasetFormat, EvalQuestion } from './question';

const ALTERNATIVES = '<|answer_split|>';

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const record = z.record(z.string(), z.unknown());

/** @param records as JSON or a table gave them, in their order */
export function readQuestions(records: readonly unknown[]): Dataset {
  const problems: string[] = [];
  const questions = new Map<string, EvalQuestion>();
  const documents = new Map<string, CorpusDocument>();
  let format: DatasetFormat = 'questions';
  records.forEach((value, i) => {
    const read = questionOf(value, i + 1);
    if (typeof read === 'string') {
      problems.push(`Record ${i + 1} ${read}.`);
      return;
    }
    if (questions.size === 0) format = read.format;
    const id = questions.has(read.question.id) ? `${read.question.id}-${i + 1}` : read.question.id;
    questions.set(id, { ...read.question, id });
    for (const each of read.documents) documents.set(JSON.stringify([each.title, each.text]), each);
  });
  return { format, questions: [...questions.values()], documents: [...documents.values()], problems };
}

interface ReadQuestion {
  readonly format: DatasetFormat;
  readonly question: EvalQuestion;
  readonly documents: readonly CorpusDocument[];
}

/** What is wrong with it, as the end of a sentence, where it is none. */
function questionOf(value: unknown, number: number): ReadQuestion | string {
  const fields = record.safeParse(value);
  if (!fields.success) return 'is no object';
  const row = fields.data;
  const text = textOf(row, 'question', 'Question', 'problem');
  if (text === undefined) return 'has no question (question, Question or problem)';
  const answers = answersOf(row);
  if (answers.length === 0)
    return 'has no answer to compare with (ground_truth, Final answer, answer or answers)';
  const gold = goldOf(row);
  return {
    format: formatOf(row, gold),
    question: {
      id: textOf(row, 'id', '_id', 'task_id', 'question_id') ?? String(number),
      question: text,
      answers,
      group: textOf(row, 'data_source', 'Level', 'type') ?? '',
      support: gold.support,
      file: textOf(row, 'file_name'),
    },
    documents: gold.documents,
  };
}

function formatOf(row: Readonly<Record<string, unknown>>, gold: Gold): DatasetFormat {
  if ('Final answer' in row) return 'gaia';
  if ('problem' in row) return 'simpleqa';
  return gold.format ?? 'questions';
}

function answersOf(row: Readonly<Record<string, unknown>>): string[] {
  const given = ['ground_truth', 'Final answer', 'answer', 'answers', 'golden_answers'].find(
    (name) => row[name] !== undefined && row[name] !== null,
  );
  const main = given === undefined ? [] : listOf(row[given]).flatMap((text) => text.split(ALTERNATIVES));
  const all = [...main, ...listOf(row['answer_aliases'])].map((text) => text.trim());
  // GAIA's test part has no answers but a question mark.
  return [...new Set(all)].filter((text) => text !== '' && !(given === 'Final answer' && text === '?'));
}

function listOf(value: unknown): string[] {
  const list = z.array(scalar).safeParse(Array.isArray(value) ? value : [value]);
  return list.success ? list.data : [];
}

function textOf(row: Readonly<Record<string, unknown>>, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const text = scalar.safeParse(row[name]);
    if (text.success && text.data.trim() !== '') return text.data.trim();
  }
  return undefined;
}

const goldOf = (row: Readonly<Record<string, unknown>>): Gold =>
  hotpotGold(row) ?? musiqueGold(row) ?? NO_GOLD;

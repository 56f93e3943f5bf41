/** The question sets of the search benchmark: HotpotQA and MuSiQue, samples of OSU-NLP-Group/HippoRAG. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';

export interface Document {
  readonly title: string;
  readonly text: string;
}

export interface Question {
  readonly text: string;
  /** Indices of the documents that hold the answer's parts. */
  readonly gold: readonly number[];
}

export interface QuestionSet {
  readonly name: string;
  readonly documents: readonly Document[];
  readonly questions: readonly Question[];
}

const HOTPOT_QUESTIONS = z.array(
  z.object({ question: z.string(), supporting_facts: z.array(z.tuple([z.string(), z.number()])) }),
);
const HOTPOT_CORPUS = z.record(z.string(), z.array(z.string()));
const MUSIQUE_PARAGRAPH = z.object({
  title: z.string(),
  paragraph_text: z.string(),
  is_supporting: z.boolean(),
});
const MUSIQUE_QUESTIONS = z.array(z.object({ question: z.string(), paragraphs: z.array(MUSIQUE_PARAGRAPH) }));
const MUSIQUE_CORPUS = z.array(z.object({ title: z.string(), text: z.string() }));

/** The sets that are there; an absent folder is no error. */
export async function loadSets(folder: string): Promise<QuestionSet[]> {
  const sets: QuestionSet[] = [];
  if (existsSync(path.join(folder, 'hotpotqa'))) sets.push(await hotpotqa(path.join(folder, 'hotpotqa')));
  if (existsSync(path.join(folder, 'musique'))) sets.push(await musique(path.join(folder, 'musique')));
  return sets;
}

/** The first questions, over what they need and the first of the other documents. */
export function smaller(
  { name, documents, questions }: QuestionSet,
  most: { readonly questions: number; readonly documents: number },
): QuestionSet {
  const chosen = questions.slice(0, most.questions);
  const needed = new Set(chosen.flatMap(({ gold }) => gold));
  const others = documents.map((_, i) => i).filter((i) => !needed.has(i));
  const kept = [...needed, ...others.slice(0, Math.max(0, most.documents - needed.size))].sort(
    (a, b) => a - b,
  );
  const place = new Map(kept.map((old, i) => [old, i]));
  return {
    name,
    documents: kept.flatMap((i) => documents[i] ?? []),
    questions: chosen.map(({ text, gold }) => ({ text, gold: indices(gold.map((i) => place.get(i))) })),
  };
}

async function hotpotqa(folder: string): Promise<QuestionSet> {
  const questions = HOTPOT_QUESTIONS.parse(await json(folder, 'questions.json'));
  const corpus = Object.entries(HOTPOT_CORPUS.parse(await json(folder, 'corpus.json')));
  const index = new Map(corpus.map(([title], i) => [title, i]));
  return {
    name: 'HotpotQA',
    documents: corpus.map(([title, sentences]) => ({ title, text: sentences.join('') })),
    questions: questions.map(({ question, supporting_facts }) => ({
      text: question,
      gold: indices(supporting_facts.map(([title]) => index.get(title))),
    })),
  };
}

async function musique(folder: string): Promise<QuestionSet> {
  const questions = MUSIQUE_QUESTIONS.parse(await json(folder, 'questions.json'));
  const documents = MUSIQUE_CORPUS.parse(await json(folder, 'corpus.json'));
  const index = new Map(documents.map(({ title, text }, i) => [`${title}\n${text}`, i]));
  return {
    name: 'MuSiQue',
    documents,
    questions: questions.map(({ question, paragraphs }) => ({
      text: question,
      gold: indices(
        paragraphs
          .filter((paragraph) => paragraph.is_supporting)
          .map(({ title, paragraph_text }) => index.get(`${title}\n${paragraph_text}`)),
      ),
    })),
  };
}

const indices = (found: readonly (number | undefined)[]): number[] => [
  ...new Set(found.filter((each) => each !== undefined)),
];

const json = async (folder: string, name: string): Promise<unknown> =>
  JSON.parse(await readFile(path.join(folder, name), 'utf8'));

/** Questions with what a right answer quotes, from the sample workspace and from the sets that bench/search.ts reads. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { normalise } from '../../src/core/common/text';
import { ANSWERABLE, UNANSWERABLE } from '../../test/unit/core/agent/extractive/sample-questions';
import { filesOf } from '../search/layouts';
import { loadSets } from '../search/sets';
import { SUPPORTED, UNSUPPORTED } from './sample-tuning';

/** tune: weights may be fitted on it; check: never. */
export type Half = 'tune' | 'check';

export interface Asked {
  readonly text: string;
  readonly half: Half;
  /** True for a quotation that answers; undefined where the files do not answer. */
  readonly answers: ((quote: string, source: string) => boolean) | undefined;
}

/** Questions about one folder. */
export interface FolderSet {
  readonly name: string;
  /** path -> text, or where the folder is. */
  readonly folder: ReadonlyMap<string, { readonly text: string }> | string;
  readonly questions: readonly Asked[];
}

const has = (quote: string, words: string) => normalise(quote).includes(normalise(words));

export function sampleSets(project: string): FolderSet[] {
  const folder = path.join(project, 'examples/sample-workspace');
  const tuning: Asked[] = [
    ...SUPPORTED.map(([text, words]) => asked(text, 'tune', (quote) => has(quote, words))),
    ...UNSUPPORTED.map((text) => asked(text, 'tune', undefined)),
  ];
  const test: Asked[] = [
    ...ANSWERABLE.map(({ question, file, words }) =>
      asked(question, 'check', (quote, source) => source.endsWith(file) && has(quote, words)),
    ),
    ...UNANSWERABLE.map((text) => asked(text, 'check', undefined)),
  ];
  return [
    { name: 'sample, tuning', folder, questions: tuning },
    { name: 'sample, test', folder, questions: test },
  ];
}

const asked = (text: string, half: Half, answers: Asked['answers']): Asked => ({ text, half, answers });
export const halfOf = (i: number): Half => (i % 2 === 0 ? 'tune' : 'check');

const ANSWERS = z.array(
  z.object({
    question: z.string(),
    answer: z.string(),
    answer_aliases: z.array(z.string()).default([]),
  }),
);

/** HotpotQA and MuSiQue as folders of titled files; yes and no count as right with a quotation from a gold document. */
export async function hopSets(folder: string): Promise<FolderSet[]> {
  const sets = await loadSets(folder);
  return Promise.all(
    sets.map(async ({ name, documents, questions }) => {
      const files = filesOf(documents, 'headings');
      const raw: unknown = JSON.parse(
        await readFile(path.join(folder, name.toLowerCase(), 'questions.json'), 'utf8'),
      );
      const answers = new Map(ANSWERS.parse(raw).map((row) => [row.question, row]));
      const made = questions.map(({ text, gold }, i) => {
        const row = answers.get(text);
        const wanted = row === undefined ? [] : [row.answer, ...row.answer_aliases];
        const polar = /^(?:yes|no)$/i.test(wanted[0] ?? '');
        return asked(text, halfOf(i), (quote, source) =>
          polar ? gold.includes(files.get(source)?.index ?? -1) : wanted.some((answer) => has(quote, answer)),
        );
      });
      return { name, folder: files, questions: made };
    }),
  );
}

export interface Paragraph {
  readonly title: string;
  readonly text: string;
}

/** A question over one paragraph. */
export interface ParagraphQuestion extends Asked {
  readonly paragraph: Paragraph;
}

const QED = z.object({
  title_text: z.string(),
  question_text: z.string(),
  paragraph_text: z.string(),
  annotation: z.object({
    selected_sentence: z.object({ string: z.string() }).optional(),
  }),
});
/** Of the questions with a supporting sentence: each is asked twice. */
const MOST_QED = 240;

/**
 * QED: each question over its own paragraph, where one sentence supports the answer, and over the paragraph of another
 * article that shares most words with it, where none does. undefined without the file.
 */
export async function qedQuestions(folder: string): Promise<ParagraphQuestion[] | undefined> {
  const file = path.join(folder, 'qed/qed-dev.jsonl');
  if (!existsSync(file)) return undefined;
  const rows = (await readFile(file, 'utf8'))
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => QED.parse(JSON.parse(line)));
  const paragraphs = rows.map(({ title_text: title, paragraph_text: text }) => ({ title, text }));
  const nearest = await nearestOther(paragraphs);
  const made: ParagraphQuestion[] = [];
  for (const { question_text: text, title_text: title, paragraph_text, annotation } of rows) {
    const sentence = annotation.selected_sentence?.string;
    if (sentence === undefined || made.length >= 2 * MOST_QED) continue;
    const half = halfOf(made.length / 2);
    const supports = (quote: string) => has(sentence, quote) || has(quote, sentence);
    made.push({ ...asked(text, half, supports), paragraph: { title, text: paragraph_text } });
    made.push({ ...asked(text, half, undefined), paragraph: await nearest(text, title) });
  }
  return made;
}

/** Finds, by words, the paragraph of another article that bears most on a question. */
async function nearestOther(paragraphs: readonly Paragraph[]) {
  const { WorkspaceIndex } = await import('../../src/core/tools/workspaceIndex');
  const index = new WorkspaceIndex({});
  paragraphs.forEach(({ title, text }, i) => index.update(`${i}.md`, `# ${title}\n\n${text}\n`));
  return async (question: string, title: string): Promise<Paragraph> => {
    const hits = await index.search(question, { limit: 12 });
    const found = hits.map(({ path: name }) => paragraphs[Number.parseInt(name, 10)]);
    const other = found.find((each) => each !== undefined && each.title !== title);
    return other ?? { title: '', text: '' };
  };
}

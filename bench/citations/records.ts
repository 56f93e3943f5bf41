/** The records of QED: paragraphs with the sentence that supports an answer, and what its pronouns stand for. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';

const reference = z.object({ start: z.int(), end: z.int(), string: z.string() });
const ROW = z.object({
  title_text: z.string(),
  paragraph_text: z.string(),
  sentence_starts: z.array(z.int()),
  annotation: z.object({
    selected_sentence: reference.optional(),
    referential_equalities: z
      .array(
        z.object({
          question_reference: z.object({ string: z.string() }),
          sentence_reference: reference.extend({ bridge: z.union([z.boolean(), z.string()]) }),
        }),
      )
      .default([]),
  }),
});

export interface Reference {
  /** In the paragraph. */
  readonly start: number;
  readonly end: number;
  readonly string: string;
}

export interface QedRecord {
  readonly title: string;
  readonly paragraph: string;
  /** The sentence that supports an answer. */
  readonly sentence: Reference;
  /** All sentences of the paragraph. */
  readonly sentences: readonly string[];
  /** Phrases of the sentence that refer to what the question names. */
  readonly references: readonly (Reference & { readonly bridge: boolean; readonly named: string })[];
}

/** Undefined without the file. Records with no supporting sentence are left out. */
export async function qedRecords(folder: string): Promise<readonly QedRecord[] | undefined> {
  const file = path.join(folder, 'qed/qed-dev.jsonl');
  if (!existsSync(file)) return undefined;
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line.trim() !== '');
  return lines.flatMap((line) => {
    const {
      title_text: title,
      paragraph_text: paragraph,
      sentence_starts: starts,
      annotation,
    } = ROW.parse(JSON.parse(line));
    const sentence = annotation.selected_sentence;
    if (!sentence || sentence.string.trim() === '') return [];
    const sentences = starts.map((start, i) => paragraph.slice(start, starts[i + 1]).trim());
    const references = annotation.referential_equalities.map(
      ({ question_reference, sentence_reference }) => ({
        ...sentence_reference,
        bridge: sentence_reference.bridge !== false,
        named: question_reference.string,
      }),
    );
    return [{ title, paragraph, sentence, sentences, references }];
  });
}

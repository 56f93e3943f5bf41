/** What the makers of multi-hop sets marked as needed for the answer, and the passages that came with the question. */
import * as z from 'zod';
import type { CorpusDocument, DatasetFormat, SupportingFact } from './question';

export interface Gold {
  readonly format: DatasetFormat | undefined;
  readonly support: readonly SupportingFact[];
  readonly documents: readonly CorpusDocument[];
}

export const NO_GOLD: Gold = { format: undefined, support: [], documents: [] };

/** `[title, sentences]` in the set's own files, columns where it was made a table of (Hugging Face). */
const hotpotContext = z.union([
  z.array(z.tuple([z.string(), z.array(z.string())])),
  z
    .object({ title: z.array(z.string()), sentences: z.array(z.array(z.string())) })
    .transform(({ title, sentences }) =>
      title.map((each, i): [string, string[]] => [each, sentences[i] ?? []]),
    ),
]);
const hotpotFacts = z.union([
  z.array(z.tuple([z.string(), z.int()])),
  z
    .object({ title: z.array(z.string()), sent_id: z.array(z.int()) })
    .transform(({ title, sent_id }) => title.map((each, i): [string, number] => [each, sent_id[i] ?? -1])),
]);
const hotpot = z.object({ supporting_facts: hotpotFacts, context: hotpotContext });

/** HotpotQA (Yang et al. 2018): a fact is a sentence by title and number. Undefined for another kind of record. */
export function hotpotGold(row: unknown): Gold | undefined {
  const read = hotpot.safeParse(row);
  if (!read.success) return undefined;
  const sentences = new Map(read.data.context);
  // Some facts name a sentence that is not there.
  const support = read.data.supporting_facts.flatMap(([title, number]) => {
    const text = sentences.get(title)?.[number]?.trim();
    return text === undefined || text === '' ? [] : [{ title, text }];
  });
  const documents = read.data.context.map(([title, parts]) => ({ title, text: parts.join('').trim() }));
  return { format: 'hotpotqa', support, documents };
}

const musique = z.object({
  paragraphs: z.array(
    z.object({ title: z.string(), paragraph_text: z.string(), is_supporting: z.boolean() }),
  ),
});

/** MuSiQue (Trivedi et al. 2022): a fact is a whole paragraph. Undefined for another kind of record. */
export function musiqueGold(row: unknown): Gold | undefined {
  const read = musique.safeParse(row);
  if (!read.success) return undefined;
  const all = read.data.paragraphs.map(({ title, paragraph_text, is_supporting }) => ({
    document: { title, text: paragraph_text.trim() },
    isGold: is_supporting,
  }));
  return {
    format: 'musique',
    support: all.filter(({ isGold }) => isGold).map(({ document }) => document),
    documents: all.map(({ document }) => document),
  };
}

const corpus = z.union([
  z
    .record(z.string(), z.array(z.string()))
    .transform((titles) => Object.entries(titles).map(([title, parts]) => ({ title, text: parts.join('') }))),
  z.array(z.object({ title: z.string(), text: z.string() })),
]);

/** The documents of a corpus file: `{title: [sentence, …]}` or `[{title, text}]`; undefined where it is neither. */
export function readCorpus(value: unknown): readonly CorpusDocument[] | undefined {
  const read = corpus.safeParse(value);
  return read.success ? read.data : undefined;
}

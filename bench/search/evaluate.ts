/** Recall of search and of two hops on a question set laid out as files. */
import type { Encoder, SearchHit } from '../../src/core/ports';
import { twoHop } from '../../src/core/tools/twoHop';
import { DEFAULT_WEIGHTS } from '../../src/core/tools/search/weights';
import { WorkspaceIndex } from '../../src/core/tools/workspaceIndex';
import { filesOf, type Layout } from './layouts';
import type { QuestionSet } from './sets';

export const SYSTEMS = ['words', 'search', 'two hops'] as const;
export type System = (typeof SYSTEMS)[number];

/** Percent; `tune` are the questions with even numbers (from 0), on which weights were chosen, `check` the others. */
export interface Recall {
  readonly all: number;
  readonly tune: number;
  readonly check: number;
}

export interface Row {
  readonly set: string;
  readonly layout: Layout;
  readonly system: System;
  readonly recallAt5: Recall;
  readonly recallAt10: Recall;
  /** Milliseconds a file. */
  readonly indexing: number;
  /** Milliseconds a question, encoding included. */
  readonly answering: number;
}

/**
 * words: BM25 alone; search: with embeddings and names; two hops: with what the best finds lead to.
 * Recall at k: the share of a question's gold documents among those of the first k passages, averaged over questions.
 */
export async function evaluate(
  set: QuestionSet,
  layout: Layout,
  system: System,
  encoder: Encoder | undefined,
): Promise<Row> {
  const files = filesOf(set.documents, layout);
  const plain = { ...DEFAULT_WEIGHTS, cosine: 0, mention: 0 };
  const index = new WorkspaceIndex(system === 'words' ? { weights: plain } : { encoder });
  const start = performance.now();
  for (const [path, { text }] of files) index.update(path, text);
  const indexed = performance.now();

  const recalls: { at5: number; at10: number }[] = [];
  for (const { text, gold } of set.questions) {
    const hits = await (system === 'two hops' ? twoHop(index, text, 10) : index.search(text, { limit: 10 }));
    recalls.push({ at5: recall(hits, 5, gold, files), at10: recall(hits, 10, gold, files) });
  }
  return {
    set: set.name,
    layout,
    system,
    recallAt5: halves(recalls.map(({ at5 }) => at5)),
    recallAt10: halves(recalls.map(({ at10 }) => at10)),
    indexing: (indexed - start) / files.size,
    answering: (performance.now() - indexed) / set.questions.length,
  };
}

function recall(
  hits: readonly SearchHit[],
  k: number,
  gold: readonly number[],
  files: ReadonlyMap<string, { readonly index: number }>,
): number {
  const found = new Set(hits.slice(0, k).map(({ path }) => files.get(path)?.index));
  return gold.filter((each) => found.has(each)).length / Math.max(1, gold.length);
}

function halves(values: readonly number[]): Recall {
  const percent = (some: readonly number[]) =>
    Math.round((1000 * some.reduce((sum, value) => sum + value, 0)) / Math.max(1, some.length)) / 10;
  return {
    all: percent(values),
    tune: percent(values.filter((_, i) => i % 2 === 0)),
    check: percent(values.filter((_, i) => i % 2 === 1)),
  };
}

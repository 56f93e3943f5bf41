/** The passages of a document that bear on a goal: BM25 and embeddings, mixed as for the workspace. */
import type { DocumentPart, Encoder } from '../../ports';
import type { Locator } from '../../common/locator';
import { splitPassages } from '../passages';
import { evenly, LexicalIndex } from '../search/lexicalIndex';
import { parseQuery } from '../search/query';
import { cosine, Vectors } from '../search/vectors';
import { DEFAULT_WEIGHTS } from '../search/weights';

export interface PagePassage {
  readonly text: string;
  /** The headings above it. */
  readonly title: string;
  readonly locator: Locator;
  /** Index of the part that it is of. */
  readonly part: number;
}

/** An encoder takes some 10 ms a passage. */
const MOST_EMBEDDED = 48;
/** Without a word in common a passage must be this near. */
const LEAST_COSINE = 0.35;
/** Of the best score; less is chance. */
const LEAST_SHARE = 0.25;

export const passagesOf = (parts: readonly DocumentPart[]): PagePassage[] =>
  parts.flatMap(({ text, title, locator }, part) =>
    splitPassages('part.md', text).map((passage) => ({
      text: passage.text,
      title,
      locator: narrowed(locator, passage.startLine, passage.endLine),
      part,
    })),
  );

/** Lines can be told within a part that has lines; pages and sections cannot be cut. */
const narrowed = (locator: Locator, first: number, last: number): Locator =>
  locator.kind === 'lines'
    ? { kind: 'lines', start: locator.start + first - 1, end: locator.start + last - 1 }
    : locator;

/** Best first; none where nothing bears on the goal. An encoder that fails leaves the words. */
export async function rankPassages(
  passages: readonly PagePassage[],
  goal: string,
  encoder: Encoder | undefined,
  signal: AbortSignal,
): Promise<PagePassage[]> {
  const index = new LexicalIndex();
  passages.forEach(({ title, text }, id) =>
    index.add(id, { path: '', title, text, startLine: 1, endLine: 1 }),
  );
  const { terms } = parseQuery(goal);
  const lexical = index.search(evenly(terms));
  const best = Math.max(0, ...lexical.values());
  const byWords = [...lexical].sort((a, b) => b[1] - a[1]).map(([id]) => id);
  const others = passages.map((_, id) => id).filter((id) => !lexical.has(id));
  const cosines = await cosinesOf(
    passages,
    [...byWords, ...others].slice(0, MOST_EMBEDDED),
    goal,
    encoder,
    signal,
  );
  const scored = passages.map((passage, id) => {
    const [words, meaning] = [lexical.get(id) ?? 0, Math.max(0, cosines.get(id) ?? 0)];
    const bears = words > 0 || meaning >= LEAST_COSINE;
    return { passage, score: bears ? (best > 0 ? words / best : 0) + DEFAULT_WEIGHTS.cosine * meaning : 0 };
  });
  const top = Math.max(0, ...scored.map(({ score }) => score));
  return scored
    .filter(({ score }) => score > 0 && score >= top * LEAST_SHARE)
    .sort((a, b) => b.score - a.score)
    .map(({ passage }) => passage);
}

async function cosinesOf(
  passages: readonly PagePassage[],
  ids: readonly number[],
  goal: string,
  encoder: Encoder | undefined,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, number>> {
  const vectors = new Vectors(encoder);
  const textOf = (id: number) => `${passages[id]?.title ?? ''}. ${passages[id]?.text ?? ''}`;
  try {
    await vectors.ensure([goal, ...ids.map(textOf)], signal);
  } catch {
    signal.throwIfAborted();
    return new Map();
  }
  const query = vectors.get(goal);
  return new Map(
    ids.flatMap((id) => {
      const vector = vectors.get(textOf(id));
      return query === undefined || vector === undefined ? [] : [[id, cosine(query, vector)] as const];
    }),
  );
}

/** The second hop: what the passages found so far lead to. */
import type { Passage, SearchHit } from '../../ports';
import { evenly } from './lexicalIndex';
import { indexTerms, nameWords } from './terms';
import type { Mention } from './titleIndex';
import type { SearchWeights } from './weights';

/** What the second hop needs of the index. */
export interface Reach {
  readonly weights: SearchWeights;
  /** BM25 of weighted terms: passage -> score. */
  search(terms: ReadonlyMap<string, number>): Map<number, number>;
  /** About how many passages have the term. */
  frequency(term: string): number;
  passage(id: number): Passage | undefined;
  ofFile(path: string): readonly number[];
  links(passage: Passage): readonly string[];
  mentions(text: string): readonly Mention[];
  /** The names of a document. */
  titles(path: string): readonly string[];
  cosines(text: string, ids: readonly number[]): Promise<Map<number, number>>;
}

/**
 * Scores what each found passage f leads to, and keeps for a candidate c the best of its ways:
 *   score(c) = BM25(question, c) + cosine(question, c) + max over f of weight(f) * way(f, c)
 *   way(f, c) = link or title of c in f | title of f in c, + names of f in c + words of the question that f lacks in c
 * BM25 counts as its share of the question's best score, so scores are those of `search` with a bonus for the way.
 */
export async function rankRelated(
  found: readonly Passage[],
  question: string,
  reach: Reach,
): Promise<SearchHit[]> {
  const w = reach.weights;
  const asked = evenly([...new Set(indexTerms(question))]);
  const direct = reach.search(asked);
  const best = highest(direct);
  const ways = new Map<number, number>();
  found.forEach((passage, rank) => {
    for (const [id, way] of waysFrom(passage, asked, best, reach)) {
      ways.set(id, Math.max(ways.get(id) ?? 0, way / (1 + w.rankDecay * rank)));
    }
  });

  const known = new Set(found.map(place));
  const candidates = [...ways]
    .flatMap(([id, way]) => {
      const passage = reach.passage(id);
      if (passage === undefined || known.has(place(passage))) return [];
      return [{ id, passage, score: way + (direct.get(id) ?? 0) / best }];
    })
    .sort((a, b) => b.score - a.score || a.id - b.id)
    .slice(0, w.embedRelated);
  const cosines = await reach.cosines(
    question,
    candidates.map(({ id }) => id),
  );
  return candidates
    .map(({ id, passage, score }) => {
      const cosine = cosines.get(id);
      return { ...passage, score: score + w.cosine * Math.max(0, cosine ?? 0), cosine };
    })
    .sort((a, b) => b.score - a.score);
}

function waysFrom(
  passage: Passage,
  asked: ReadonlyMap<string, number>,
  best: number,
  reach: Reach,
): Map<number, number> {
  const w = reach.weights;
  const strong = new Map<number, number>();
  const take = (path: string, strength: number) => {
    if (path === passage.path) return;
    for (const id of reach.ofFile(path)) strong.set(id, Math.max(strong.get(id) ?? 0, strength));
  };
  for (const path of reach.links(passage)) take(path, w.link);
  const mentions = reach.mentions(passage.text);
  for (const { path, words } of mentions) take(path, w.link * (words > 1 ? 1 : w.oneWord));

  const seen = new Set(indexTerms(`${passage.title} ${passage.text}`));
  const rest = reach.search(new Map([...asked].filter(([term]) => !seen.has(term))));
  const byName = reach.search(evenly(namesIn(passage, asked, reach)));
  const bestName = highest(byName);
  for (const id of mentioning(passage, reach)) strong.set(id, Math.max(strong.get(id) ?? 0, w.backlink));

  const ways = new Map<number, number>();
  for (const id of new Set([...strong.keys(), ...byName.keys()])) {
    const way =
      (strong.get(id) ?? 0) +
      (w.names * (byName.get(id) ?? 0)) / bestName +
      (w.residual * (rest.get(id) ?? 0)) / best;
    ways.set(id, way);
  }
  return ways;
}

/** How many passages with the words of a title are looked at for the title itself. */
const BACKLINKS = 30;

/** The passages of other documents that have one of this one's titles, as it is written. */
function mentioning(passage: Passage, reach: Reach): number[] {
  const titles = reach
    .titles(passage.path)
    .map((title) => title.replace(/\s*\([^()]*\)\s*$/, ''))
    .filter((title) => title.length > 3 && /^\p{Lu}/u.test(title));
  if (titles.length === 0) return [];
  const likely = reach.search(evenly([...new Set(indexTerms(titles.join(' ')))]));
  return [...likely]
    .sort((a, b) => b[1] - a[1])
    .slice(0, BACKLINKS)
    .map(([id]) => id)
    .filter((id) => {
      const other = reach.passage(id);
      return (
        other !== undefined &&
        other.path !== passage.path &&
        titles.some((title) => other.text.includes(title))
      );
    });
}

const place = (passage: Passage): string => `${passage.path}\n${passage.startLine}\n${passage.text.length}`;

/** Never 0, as it divides. */
const highest = (scores: ReadonlyMap<number, number>): number => Math.max(1e-9, ...scores.values());

/** The rarest are the most telling, and the rest would only cost time. */
const NAMES = 12;
/** A term of more passages than this leads nowhere. */
const COMMON = 200;

/** Terms of the capitalised words of a passage that the question does not have. */
function namesIn(passage: Passage, asked: ReadonlyMap<string, number>, reach: Reach): string[] {
  const capitals = nameWords(passage.text)
    .filter(({ word, capital }) => capital && /\p{L}/u.test(word))
    .map(({ word }) => word);
  return [...new Set(indexTerms(capitals.join(' ')))]
    .filter((term) => !asked.has(term))
    .map((term) => ({ term, frequency: reach.frequency(term) }))
    .filter(({ frequency }) => frequency <= COMMON)
    .sort((a, b) => a.frequency - b.frequency)
    .slice(0, NAMES)
    .map(({ term }) => term);
}

/**
 * The similarity of two questions as a person sees it, in [0, 1]: 0 is what two unrelated questions have, 1 is the same
 * words or the same vector. The larger of the lexical similarity and the cosine, rescaled from where the encoder puts
 * unrelated texts.
 *
 * Measured with USE-lite on 1,800 released questions (Memento's bank, DeepResearcher, HotpotQA, MuSiQue): random pairs
 * have a cosine of .30 at the median and .54 to .57 at the 95th percentile, and a lexical similarity of .26 to .33
 * there. On this common scale both end near `RELEVANCE_FLOOR`: 4 % of random pairs and 22 of 24 paraphrases lie
 * above it (20 of 24 by the cosine alone).
 */
export function similarityOf(
  encoder: string | undefined,
  cosine: number | undefined,
  lexical: number,
): number {
  const base = encoder === undefined ? 0 : baseline(encoder);
  const rescaled = cosine === undefined ? 0 : (cosine - base) / (1 - base);
  return Math.min(1, Math.max(0, rescaled, lexical));
}

/** Below this similarity a case is not worth showing: the 95th percentile of random pairs. */
export const RELEVANCE_FLOOR = 0.35;

/** The median cosine of two unrelated questions. */
const baseline = (encoder: string): number => (encoder.startsWith('use-lite') ? 0.3 : 0);

const RANK_OFFSET = 60;

/**
 * Reciprocal-rank fusion (Cormack, Clarke & Büttcher 2009): the sum over the rankings of 1 / (60 + rank), by id. What a
 * ranking does not have gets nothing from it.
 */
export function fuse(rankings: readonly (readonly string[])[]): ReadonlyMap<string, number> {
  const scores = new Map<string, number>();
  for (const ranking of rankings) {
    for (const [rank, id] of ranking.entries()) {
      scores.set(id, (scores.get(id) ?? 0) + 1 / (RANK_OFFSET + rank + 1));
    }
  }
  return scores;
}

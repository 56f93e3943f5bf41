/** How the parts of a score are mixed; measured by bench/search.ts. */

export interface SearchWeights {
  /** Up to this many passages all are embedded; above it the best of each query. */
  readonly embedAll: number;
  readonly embedBest: number;
  /** How many of BM25's best are considered at all. */
  readonly keepBest: number;
  /** Of the cosine with the query; BM25 counts as its share of the best score, 0 to 1. */
  readonly cosine: number;
  /** For a document that the query names. */
  readonly mention: number;
  /** Second hop: for a link or a title mentioned in what was found, and the other way round. */
  readonly link: number;
  readonly backlink: number;
  /** Second hop: of a title of one word, as a share of `link`. */
  readonly oneWord: number;
  /** Second hop: passage n of those found (from 0) counts 1 / (1 + rankDecay * n). */
  readonly rankDecay: number;
  /** Second hop: how many candidates get a cosine. */
  readonly embedRelated: number;
  /** Second hop: of the question's words that what was found does not have. */
  readonly residual: number;
  /** Second hop: of the proper names in what was found. */
  readonly names: number;
}

/**
 * Chosen on every other question of the samples of HotpotQA and MuSiQue (50 each): recall@5 after two hops hardly moves
 * (within 1.5 points) when one of them is halved or doubled, except for `mention`, `cosine` and `link`, which must not be 0.
 */
export const DEFAULT_WEIGHTS: SearchWeights = {
  embedAll: 400,
  embedBest: 24,
  embedRelated: 16,
  keepBest: 200,
  cosine: 0.6,
  mention: 0.6,
  link: 0.5,
  oneWord: 1,
  backlink: 0.2,
  names: 0.3,
  residual: 0.5,
  rankDecay: 0.3,
};

import type { Case } from './case';

/** A case that may help with a question, with the features of its choice. */
export interface Candidate {
  readonly case: Case;
  /** Cosine of the questions' vectors in [-1, 1]; undefined where either has none. */
  readonly cosine: number | undefined;
  /** Lexical similarity of the questions in [0, 1]. */
  readonly lexical: number;
  /** What the user is shown and what ranks: in [0, 1]. */
  readonly similarity: number;
}

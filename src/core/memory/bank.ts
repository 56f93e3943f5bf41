import type { Case, Judgement } from './case';

/** The vector of a case's question, and the encoder that made it: vectors of two encoders are never compared. */
export interface StoredVector {
  readonly encoder: string;
  /** Unit length. */
  readonly values: Float32Array;
}

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

export interface CaseQuery {
  readonly offset: number;
  readonly limit: number;
  /** To be found in question, plan, answer, reason or tags; what matches best comes first. */
  readonly text?: string;
}

export interface CasePage {
  readonly cases: readonly Case[];
  /** How many match in all. */
  readonly total: number;
}

export interface CaseCounts {
  readonly total: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly unjudged: number;
}

/**
 * The memory of one project. An operation that resolved is durable. Newest cases come first in lists. Kept narrow:
 * what else is wanted (policies, report) is computed from these.
 */
export interface CaseBank {
  add(record: Case, vector?: StoredVector): Promise<void>;
  /** The judged case, or undefined if there is none of that id. */
  judge(caseId: string, judgement: Judgement): Promise<Case | undefined>;
  /** False if there is no such case. A forgotten case can be restored until it is purged. */
  forget(caseId: string, at: number): Promise<boolean>;
  restore(caseId: string): Promise<boolean>;
  get(caseId: string): Promise<Case | undefined>;
  ofRun(runId: string): Promise<Case | undefined>;
  list(query: CaseQuery): Promise<CasePage>;
  counts(): Promise<CaseCounts>;
  /** The most similar cases that are not forgotten, best first. */
  candidates(
    question: string,
    vector: StoredVector | undefined,
    limit: number,
  ): Promise<readonly Candidate[]>;
  /** What the bank wants the user to know once (read-only folder, a damaged file set aside), or undefined. */
  warning(): Promise<string | undefined>;
}

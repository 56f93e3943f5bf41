import type { Case, Lesson, Reward } from './case';

/**
 * Which past cases a planner is shown. `similarity` and `paper` are the paper's non-parametric and parametric reads;
 * `learned` is ours: the estimated advantage of a case over showing none.
 */
export const POLICY_NAMES = ['none', 'similarity', 'paper', 'learned'] as const;
export type PolicyName = (typeof POLICY_NAMES)[number];

/** Before anything was judged it does what `similarity` does. */
export const DEFAULT_POLICY: PolicyName = 'learned';
/** The paper's choice of how many cases to show. */
export const DEFAULT_K = 4;

/** `example`: shown to the planner to follow. `avoid`: shown with the user's reason. `withheld`: not shown. */
export type CaseUse = 'example' | 'avoid' | 'withheld';

/** A difference of probabilities, and where it lies with 90 %. */
export interface Estimate {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** A case that was found for a question, as the user sees it and as the run's log keeps it. */
export interface RetrievedCase {
  readonly caseId: string;
  /** The run that made it. */
  readonly sourceRunId: string;
  readonly question: string;
  /** In [0, 1]. */
  readonly similarity: number;
  /** What the policy ranks by, in its own unit; null where that is the order of similarity. */
  readonly value: number | null;
  /** How much likelier an accepted answer is with the case than without; null before anything was judged. */
  readonly advantage: Estimate | null;
  readonly reward: Reward;
  readonly reason: string | null;
  /** Why it was chosen or withheld, in words for the user. */
  readonly why: string;
  readonly use: CaseUse;
  readonly pinned: boolean;
  /** Sources of its answer that are no longer as they were. */
  readonly changedSources: readonly string[];
  /** Its lessons that still hold and go with it to the planner, where the planner sees it; none of a withheld case. */
  readonly lessons: readonly string[];
}

/** The two coins of the memory experiment, logged with every decision. */
export interface Design {
  readonly control: boolean;
  readonly controlRate: number;
  readonly dropped: string | null;
  readonly dropRate: number;
  readonly policyVersion: string;
  readonly seed: number;
}

/** A retrieved case that the planner is shown. */
export interface ShownCase {
  readonly case: Case;
  readonly similarity: number;
  readonly use: 'example' | 'avoid';
  /** Lessons of it that still hold. */
  readonly lessons: readonly Lesson[];
}

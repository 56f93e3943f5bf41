import type { Case, Reward } from './case';

/** Which past cases a planner is shown. `similarity`: the paper's non-parametric read. */
export type PolicyName = 'none' | 'similarity';

/** `example`: shown to the planner to follow. `avoid`: shown with the user's reason. `withheld`: not shown. */
export type CaseUse = 'example' | 'avoid' | 'withheld';

/** A case that was found for a question, as the user sees it and as the run's log keeps it. */
export interface RetrievedCase {
  readonly caseId: string;
  /** The run that made it. */
  readonly sourceRunId: string;
  readonly question: string;
  /** In [0, 1]. */
  readonly similarity: number;
  /** The policy's estimate of what showing it is worth; null where the policy makes none. */
  readonly value: number | null;
  readonly reward: Reward;
  readonly reason: string | null;
  /** Why it was chosen or withheld, in words for the user. */
  readonly why: string;
  readonly use: CaseUse;
  /** Sources of its answer that are no longer as they were. */
  readonly changedSources: readonly string[];
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
}

/**
 * What the memory keeps of every run, whatever came of it: what policies learn from once the run's case is judged, and
 * what the memory report counts. Features are those of decision time.
 */
import type { StoredVector } from './storedVector';
import type { Reward } from './case';
import type { Design, Estimate, PolicyName } from './retrieved';

/** A case beside a question, as it was when the choice was made. */
export interface CaseFeatures {
  readonly caseId: string;
  /** In [-1, 1]; undefined where question or case has no vector. */
  readonly cosine: number | undefined;
  /** In [0, 1]. */
  readonly lexical: number;
  /** In [0, 1]: see similarity.ts. */
  readonly similarity: number;
  /** The candidates' order as a number on the scale of similarity: see `caseFeatures`. */
  readonly standing: number;
  /** What the user had said of the case's own run by then. */
  readonly label: Reward;
}

/** A case that the policy chose, before the coins. */
export interface ChosenCase extends CaseFeatures {
  /** What the policy ranked it by, in its own unit. */
  readonly value: number;
  readonly advantage: Estimate | null;
  /** Shown whatever policy and coins say. */
  readonly pinned: boolean;
}

/** How the cases of a run were chosen. */
export interface DecisionRecord {
  readonly policy: PolicyName;
  readonly design: Design;
  /** A case could have been shown, so that control and others differ. */
  readonly eligible: boolean;
  /** As examples; those that the coins withheld are among them (`shownCases`). */
  readonly chosen: readonly ChosenCase[];
  /** Cases that a person took away from the planner. Absent with none. */
  readonly excluded?: readonly string[];
  /** The rejected case that was shown as what to avoid. */
  readonly avoided: string | null;
  /** Ids of the lessons shown. */
  readonly lessons: readonly string[];
  /** The predicted probability that the run is accepted with what was shown; null where the policy predicts none. */
  readonly expected: number | null;
}

export interface RunCost {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly modelCalls: number;
  /** US dollars; null where a price is unknown. */
  readonly cost: number | null;
  /** Milliseconds. */
  readonly duration: number;
}

export interface RunRecord {
  /** ULID. */
  readonly runId: string;
  /** When the cases were chosen, milliseconds since the epoch. */
  readonly at: number;
  /** As it was asked; empty for a run that left no case, whose text nobody could ever forget. */
  readonly question: string;
  /** Of the question, by the encoder of the time. */
  readonly vector: StoredVector | undefined;
  readonly outcome: 'answered' | 'abstained' | 'exhausted' | 'cancelled' | 'failed';
  readonly decision: DecisionRecord;
  /** The accepted case whose answer was taken over, so that the chosen cases had no effect. */
  readonly reused: string | null;
  /** The cases that the planner said it used. */
  readonly usedCases: readonly string[];
  readonly cost: RunCost;
  /** Of a file: policies learn from it, and the memory report, which is about this memory's own runs, leaves it out. */
  readonly imported?: true;
}

/** A run with what its user says of it by now. */
export interface RunOutcome {
  readonly record: RunRecord;
  /** Of the run's case; null where there is none, or nobody judged it. */
  readonly reward: Reward;
}

/** What the planner was shown as examples: the chosen cases after the coins, without those that a person took away. */
export function shownCases({
  chosen,
  design,
  excluded = [],
}: Pick<DecisionRecord, 'chosen' | 'design' | 'excluded'>): readonly ChosenCase[] {
  return chosen.filter(
    ({ caseId, pinned }) =>
      !excluded.includes(caseId) && (pinned || (!design.control && caseId !== design.dropped)),
  );
}

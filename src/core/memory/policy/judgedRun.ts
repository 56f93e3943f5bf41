/** What retrieval policies learn from, and what they answer. Features are those of decision time: nothing is read again. */
import { type CaseFeatures, type RunOutcome, shownCases } from '../runRecord';
import type { Candidate } from '../candidate';
import type { StoredVector } from '../storedVector';
import { RELEVANCE_FLOOR } from '../search/similarity';

/** A question as it was encoded when the cases for it were chosen. */
export interface QuestionFeatures {
  readonly text: string;
  /** Undefined where the encoder cannot read the text: then its words stand in for it. */
  readonly vector: StoredVector | undefined;
}

/** A run that a person judged, with the cases that its planner was shown as examples (none is a choice, too). */
export interface JudgedRun {
  /** A ULID: runs are ordered by it. */
  readonly runId: string;
  readonly question: QuestionFeatures;
  readonly shown: readonly CaseFeatures[];
  readonly reward: 0 | 1;
  /** How much the judgement counts: 1 for a person's own, 0 for a suggestion that nobody confirmed. */
  readonly weight: number;
}

/** The facts of a value, from which words for the user can be made. */
export interface CaseFacts {
  /** Judged runs on similar questions in which the case was shown, and how many of them were accepted. */
  readonly shown: number;
  readonly accepted: number;
  /** The estimated share of accepted runs on such questions when nothing is shown, in [0, 1]. */
  readonly usual: number;
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** What a policy thinks of a candidate. */
export interface CaseValue {
  readonly features: CaseFeatures;
  /**
   * What the policy ranks by in its own unit. `learned`: the estimated advantage of showing this case over showing
   * none, as a difference of probabilities.
   */
  readonly value: number;
  /** Where the value lies with a probability of 90 %; null where the policy makes no such claim. */
  readonly interval: Interval | null;
  readonly facts: CaseFacts | null;
  /** Candidates are taken by this, highest first; those with `withheld` are not. */
  readonly score: number;
  /** Worth less than showing nothing. */
  readonly withheld: boolean;
  /** Withheld by its value, though too little is known of it to say so: one such case may be tried in a run. */
  readonly trial: boolean;
}

/**
 * Which past cases a planner is shown. The values are a pure function of the judged runs, in whatever order they
 * arrived: a changed or withdrawn judgement leaves what a rebuild from the remaining ones would give.
 */
export interface RetrievalPolicy {
  /** For the log, such as `learned/1`. */
  readonly version: string;
  /** Adds a judged run, or replaces the one of that id. */
  learn(run: JudgedRun): void;
  /** The judgement of a run was withdrawn. False if it was not known. */
  withdraw(runId: string): boolean;
  /** In the order of the candidates, which come best first. `brief` leaves out intervals and facts, which cost most. */
  values(
    question: QuestionFeatures,
    candidates: readonly CaseFeatures[],
    detail?: 'full' | 'brief',
  ): readonly CaseValue[];
  /** At most `k` of the values, best first; none where nothing is worth showing. */
  choose(values: readonly CaseValue[], k: number): readonly CaseValue[];
  /** The probability that a run which is shown these cases is accepted; null where the policy predicts none. */
  predict(question: QuestionFeatures, shown: readonly CaseFeatures[]): number | null;
}

/** The `k` best by score; equal ones stay in the candidates' order. */
export function best(values: readonly CaseValue[], k: number): readonly CaseValue[] {
  return values
    .filter(({ withheld }) => !withheld)
    .sort((a, b) => b.score - a.score)
    .slice(0, Math.max(0, k));
}

/** A value with nothing but a score. */
export function plainValue(features: CaseFeatures, score: number, withheld = false): CaseValue {
  return { features, value: score, interval: null, facts: null, score, withheld, trial: false };
}

/**
 * The features of candidates that come best first. Their order (a fusion of rankings) says more than similarity does,
 * but only similarity has a scale: so the r-th candidate's standing is the r-th largest similarity, among those that
 * reach the floor and among those that do not.
 */
export function caseFeatures(
  candidates: readonly Candidate[],
  floor = RELEVANCE_FLOOR,
): readonly CaseFeatures[] {
  const descending = candidates.map(({ similarity }) => similarity).sort((a, b) => b - a);
  const above = descending.filter((similarity) => similarity >= floor);
  const below = descending.slice(above.length);
  return candidates.map(({ case: { id, reward }, cosine, lexical, similarity }) => {
    const standing = (similarity >= floor ? above : below).shift() ?? similarity;
    return { caseId: id, cosine, lexical, similarity, standing, label: reward };
  });
}

/** Undefined for a run that nobody judged, and for one that took over an answer, on which its cases had no effect. */
export function judgedRunOf({ record, reward }: RunOutcome): JudgedRun | undefined {
  if (reward === null || record.reused !== null) return undefined;
  const { runId, question, vector, decision } = record;
  return { runId, question: { text: question, vector }, shown: shownCases(decision), reward, weight: 1 };
}

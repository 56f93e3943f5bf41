/** Which case helps: runs in which the second coin left one of the chosen cases out, against those that kept it. */
import { counted, percent, points, pointsBetween } from '../../common/figures';
import type { RunOutcome } from '../runRecord';
import { type Counts, type Measured, type Stratum, stratifiedDifference } from './intervals';

/** Of judged runs alone. */
export interface KeptAndDropped {
  readonly kept: Counts;
  readonly dropped: Counts;
  /** kept − dropped; null where either has no judged run. */
  readonly difference: Measured | null;
}

export interface LeaveOneOut {
  readonly words: string;
  /** Runs in which one case, whichever, was left out, against those that were shown all. */
  readonly pooled: KeptAndDropped;
}

/** A judged run in which the coin could have left the case out. */
interface Draw {
  /** The probability with which it did. */
  readonly probability: number;
  readonly dropped: boolean;
  readonly accepted: boolean;
}

export function leaveOneOut(outcomes: readonly RunOutcome[]): LeaveOneOut {
  const draws = outcomes.flatMap((outcome) => {
    const { dropRate, dropped } = outcome.record.decision.design;
    return freeCases(outcome).length === 0 ? [] : drawOf(outcome, dropRate, dropped !== null);
  });
  const pooled = compare(draws);
  const rated = outcomes.some(({ record }) => record.decision.design.dropRate > 0);
  return { words: wordsOf(pooled, rated), pooled };
}

/** By case id: those that were left out of a judged run at least once. */
export function leftOutCases(outcomes: readonly RunOutcome[]): ReadonlyMap<string, KeptAndDropped> {
  const draws = new Map<string, Draw[]>();
  for (const outcome of outcomes) {
    const { dropRate, dropped } = outcome.record.decision.design;
    const free = freeCases(outcome);
    for (const caseId of free) {
      const known = draws.get(caseId) ?? [];
      draws.set(caseId, known);
      known.push(...drawOf(outcome, dropRate / free.length, caseId === dropped));
    }
  }
  const found = [...draws].filter(([, all]) => all.some(({ dropped }) => dropped));
  return new Map(found.map(([caseId, all]) => [caseId, compare(all)]));
}

/** The chosen cases that the coin of the run could have left out. */
function freeCases({ record: { decision } }: RunOutcome): readonly string[] {
  const { dropRate, control } = decision.design;
  if (dropRate === 0 || control) return [];
  return decision.chosen.filter(({ pinned }) => !pinned).map(({ caseId }) => caseId);
}

const drawOf = ({ reward }: RunOutcome, probability: number, dropped: boolean): Draw[] =>
  reward === null ? [] : [{ probability, dropped, accepted: reward === 1 }];

/** Stratified by the probability: only runs with the same one are alike but for the coin. */
function compare(draws: readonly Draw[]): KeptAndDropped {
  const probabilities = [...new Set(draws.map(({ probability }) => probability))];
  const strata = probabilities.map((probability): Stratum => {
    const same = draws.filter((draw) => draw.probability === probability);
    return { first: countsOf(same, false), second: countsOf(same, true) };
  });
  return {
    kept: countsOf(draws, false),
    dropped: countsOf(draws, true),
    difference: stratifiedDifference(strata) ?? null,
  };
}

function countsOf(draws: readonly Draw[], dropped: boolean): Counts {
  const some = draws.filter((draw) => draw.dropped === dropped);
  return { judged: some.length, accepted: some.filter(({ accepted }) => accepted).length };
}

function wordsOf({ kept, dropped, difference }: KeptAndDropped, rated: boolean): string {
  if (!rated) return 'Not measured yet: leave-one-out is off, so no case was left out by chance.';
  if (difference === null) {
    return `Not measured yet: ${counted(dropped.judged, 'judged run')} had a case left out, ${kept.judged} had none.`;
  }
  const share = ({ judged, accepted }: Counts) => `${percent(accepted / judged)} of ${judged}`;
  return (
    `With all chosen cases ${share(kept)} judged runs were accepted, with one left out ${share(dropped)}: ` +
    `${points(difference.value)} points (${pointsBetween(difference)}).`
  );
}

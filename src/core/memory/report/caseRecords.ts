/** What each case did: how often it was shown, what came of it, and what its runs did better than others like them. */
import { counted, points, pointsBetween } from '../../common/figures';
import type { JudgedRun } from '../policy/judgedRun';
import { judgedRunOf } from '../policy/judgedRun';
import { type RunOutcome, shownCases } from '../runRecord';
import { type Measured, weightedSum, wilson, Z95 } from './intervals';
import { leftOutCases } from './leaveOneOut';
import type { QuestionKernels } from './questionKernels';

export interface CaseRecord {
  readonly caseId: string;
  /** Runs whose planner was shown the case, those of them that were judged, and accepted. */
  readonly shown: number;
  readonly judged: number;
  readonly accepted: number;
  /** Judged runs in which the coin left it out, and accepted ones among them. */
  readonly dropped: number;
  readonly droppedAccepted: number;
  /** Reward − V(question), mean over its judged showings; null before the first, or with no run to compare with. */
  readonly advantage: Measured | null;
  /** Kept − dropped; null before it was left out of a judged run. */
  readonly leaveOneOut: Measured | null;
  /** At least 8 judged showings, and the advantage below 0 with its whole interval. */
  readonly suspected: boolean;
  /** Suspected, and the difference of leave-one-out, too, is below 0 with its whole interval. */
  readonly confirmed: boolean;
  readonly words: string;
}

/** The newest judged runs that advantages stand on: their kernels are computed once, n²/2 of them. */
const MOST_RUNS = 2_000;
/** Judged showings before a case can be suspected. */
export const FEWEST_SHOWINGS = 8;
/** What the mean of all runs counts for in V. */
const PRIOR_COUNTS = 4;

/** The records of all cases of a bank, each computed when it is asked for. */
export class CaseRecords {
  readonly #kernels: QuestionKernels;
  readonly #runs: readonly JudgedRun[];
  readonly #numbers: Int32Array;
  /** Places of judged runs by case shown. */
  readonly #showings = new Map<string, number[]>();
  readonly #shownRuns: ReadonlyMap<string, readonly RunOutcome[]>;
  readonly #leftOut: ReturnType<typeof leftOutCases>;

  /** @param outcomes by run id, without those that wait (settled.ts) */
  constructor(outcomes: readonly RunOutcome[], kernels: QuestionKernels) {
    this.#kernels = kernels;
    this.#runs = outcomes.flatMap((outcome) => judgedRunOf(outcome) ?? []).slice(-MOST_RUNS);
    this.#numbers = kernels.numbersOf(this.#runs);
    for (const [place, { shown }] of this.#runs.entries()) {
      for (const { caseId } of shown) push(this.#showings, caseId, place);
    }
    const shownRuns = new Map<string, RunOutcome[]>();
    for (const outcome of outcomes) {
      if (outcome.record.reused !== null) continue;
      for (const { caseId } of shownCases(outcome.record.decision)) push(shownRuns, caseId, outcome);
    }
    this.#shownRuns = shownRuns;
    this.#leftOut = leftOutCases(outcomes);
  }

  /** Ids of the cases that were shown often enough to be suspected. */
  get judgeable(): readonly string[] {
    const enough = [...this.#showings].filter(([, places]) => places.length >= FEWEST_SHOWINGS);
    return enough.map(([caseId]) => caseId);
  }

  /** Ids of the cases that were left out of a judged run. */
  get leftOut(): readonly string[] {
    return [...this.#leftOut.keys()];
  }

  of(caseId: string): CaseRecord {
    const runs = this.#shownRuns.get(caseId) ?? [];
    const judged = runs.filter(({ reward }) => reward !== null).length;
    const advantage = this.#advantage(caseId) ?? null;
    const leftOut = this.#leftOut.get(caseId);
    const leaveOneOut = leftOut?.difference ?? null;
    const enough = (this.#showings.get(caseId)?.length ?? 0) >= FEWEST_SHOWINGS;
    const suspected = enough && advantage !== null && advantage.high < 0;
    const found = {
      caseId,
      shown: runs.length,
      judged,
      accepted: runs.filter(({ reward }) => reward === 1).length,
      dropped: leftOut?.dropped.judged ?? 0,
      droppedAccepted: leftOut?.dropped.accepted ?? 0,
      advantage,
      leaveOneOut,
      suspected,
      confirmed: suspected && leaveOneOut !== null && leaveOneOut.high < 0,
    };
    return { ...found, words: recordWords(found) };
  }

  /**
   * V(q) is the kernel mean of the judged runs in which the case was not shown, with some counts at their mean. So the
   * mean of V over the showings is a weighted sum of rewards, Σ u_j·r_j with Σ u_j = 1, as uncertain as the share of
   * 1/Σ u_j² runs (Kish 1965); and the prior's part of it as uncertain as the prior's counts make it.
   */
  #advantage(caseId: string): Measured | undefined {
    const places = this.#showings.get(caseId) ?? [];
    const showings = new Set(places);
    const others = this.#runs.map((_, place) => place).filter((place) => !showings.has(place));
    if (places.length === 0 || others.length === 0) return undefined;
    const { weights, priorWeight } = this.#weightsOf(places, others);
    const reward = (place: number) => this.#runs[place]?.reward ?? 0;
    const total = others.reduce((sum, place) => sum + reward(place), 0);
    const usual = others.reduce((sum, place, j) => sum + (weights[j] ?? 0) * reward(place), 0);
    const effective = 1 / weights.reduce((sum, weight) => sum + weight * weight, 0);
    const accepted = places.reduce((sum, place) => sum + reward(place), 0);
    const own = wilson({ judged: places.length, accepted });
    const value = wilson({ judged: effective, accepted: usual * effective });
    if (own === undefined || value === undefined) return undefined;
    const share = (total + 1) / (others.length + 2);
    const doubt = Z95 * Math.sqrt((share * (1 - share)) / PRIOR_COUNTS);
    return weightedSum([
      { weight: 1, part: own },
      { weight: -1, part: value },
      { weight: priorWeight, part: { value: 0, low: -doubt, high: doubt } },
    ]);
  }

  /** How much each of the other runs counts in the mean of V over the showings, and how much the prior does. */
  #weightsOf(places: readonly number[], others: readonly number[]) {
    const weights = new Float64Array(others.length);
    const columns = Int32Array.from(others, (place) => this.#numbers[place] ?? 0);
    let priorWeight = 0;
    for (const place of places) {
      const row = this.#kernels.row(this.#numbers[place] ?? 0);
      let sum = PRIOR_COUNTS;
      for (let j = 0; j < columns.length; j++) sum += row[columns[j] ?? 0] ?? 0;
      const scale = 1 / (sum * places.length);
      for (let j = 0; j < columns.length; j++) {
        weights[j] = (weights[j] ?? 0) + scale * (row[columns[j] ?? 0] ?? 0);
      }
      priorWeight += scale * PRIOR_COUNTS;
    }
    for (let j = 0; j < weights.length; j++) weights[j] = (weights[j] ?? 0) + priorWeight / others.length;
    return { weights, priorWeight };
  }
}

function push<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

function recordWords(found: Omit<CaseRecord, 'words'>): string {
  const { shown, judged, accepted, advantage, suspected, confirmed, leaveOneOut } = found;
  if (shown === 0 && found.dropped === 0) return 'Not shown in any run yet.';
  const counts = `Shown in ${counted(shown, 'run')}, ${judged} judged, ${accepted} accepted`;
  const left =
    leaveOneOut === null
      ? ''
      : ` Left out by chance ${counted(found.dropped, 'time')}, ${found.droppedAccepted} of them accepted: ` +
        `keeping it made ${points(leaveOneOut.value)} points (${pointsBetween(leaveOneOut)}).`;
  if (advantage === null) return `${counts}.${left}`;
  const gain = `${points(advantage.value)} points (${pointsBetween(advantage)})`;
  const harm = confirmed ? 'Harm is confirmed by leave-one-out. ' : suspected ? 'Suspected of harm. ' : '';
  return `${harm}${counts}: ${gain} compared with runs on like questions that were not shown it.${left}`;
}

/** What the results of an evaluation say, as figures: the report, the terminal and scripts show these. */
import type { PolicyName } from '../../memory/retrieved';
import { type Measured, wilson } from '../../memory/report/intervals';
import type { AttemptResult, Spent } from '../attemptResult';
import type { Standing } from '../schedule/schedule';
import { detectable, pairedBootstrap } from './bootstrap';

/** What one arm did in one iteration with the questions of one standing. Means are over its attempts. */
export interface ArmRow {
  readonly arm: PolicyName;
  readonly iteration: number;
  readonly standing: Standing;
  readonly attempts: number;
  /** Attempts of which nobody knows whether they are right, as the judge gave no verdict: in no share. */
  readonly unknown: number;
  readonly failed: number;
  readonly abstained: number;
  /** Share that earned the reward, with Wilson's 95 %; null where nothing is known. */
  readonly accuracy: Measured | null;
  readonly exact: number;
  readonly f1: number;
  readonly cover: number;
  readonly gaia: number;
  /** Share correct of those with a verdict; null without a judge. */
  readonly judge: number | null;
  /** Share of the marked facts that stand in the run's evidence, and in what its answer cites; null with none marked. */
  readonly support: { readonly found: number; readonly cited: number } | null;
  readonly shownCases: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly modelCalls: number;
  readonly toolCalls: number;
  /** US dollars, all attempts; null where a price is unknown. */
  readonly cost: number | null;
  /** Milliseconds. */
  readonly latency: { readonly median: number; readonly p90: number };
}

/** An arm against another on the same questions. */
export interface Difference {
  readonly arm: PolicyName;
  readonly baseline: PolicyName;
  readonly iteration: number;
  readonly standing: Standing;
  readonly pairs: number;
  /** Pairs of which one is unknown. */
  readonly unknown: number;
  /** Only the arm was right, only the baseline was. */
  readonly won: number;
  readonly lost: number;
  /** Of accuracies, with the paired bootstrap's 95 %; null with no pairs. */
  readonly accuracy: Measured | null;
  /** Of token F1. */
  readonly f1: Measured | null;
  /** The difference that so many pairs mostly show, in [0, 1]. */
  readonly detectable: number;
}

export interface PassAtK {
  readonly arm: PolicyName;
  readonly standing: 'held-out' | 'learned';
  readonly k: number;
  readonly questions: number;
  /** Share of the questions of which one of the first k attempts was right. */
  readonly share: number;
}

export interface CurvePoint extends Measured {
  /** Judged answers that the arm's memory had learned from. */
  readonly judged: number;
  readonly iteration: number;
}

export interface Summary {
  readonly rows: readonly ArmRow[];
  readonly differences: readonly Difference[];
  readonly passAtK: readonly PassAtK[];
  /** Accuracy on what was never judged, by how much was. */
  readonly curves: readonly { readonly arm: PolicyName; readonly points: readonly CurvePoint[] }[];
  readonly judgeSpent: Spent;
}

/** @param arms in the order of their columns; the first of them, or `none`, is what the others are compared with */
export function summarise(
  results: readonly AttemptResult[],
  arms: readonly PolicyName[],
  seed: number,
): Summary {
  const cells = groupBy(results, ({ arm, iteration, standing }) => `${standing}/${iteration}/${arm}`);
  const rows = [...cells.values()].map(rowOf).sort(inOrder(arms));
  const baseline = arms.includes('none') ? 'none' : arms[0];
  return {
    rows,
    differences: rows.flatMap(({ arm, iteration, standing }) => {
      if (baseline === undefined || arm === baseline) return [];
      const of = (name: PolicyName) => cells.get(`${standing}/${iteration}/${name}`) ?? [];
      return [{ arm, baseline, iteration, standing, ...compare(of(arm), of(baseline), seed) }];
    }),
    passAtK: arms.flatMap((arm) => [
      ...passAtK(results, arm, 'held-out'),
      ...passAtK(results, arm, 'learned'),
    ]),
    curves: arms.map((arm) => ({ arm, points: curveOf(results, rows, arm) })),
    judgeSpent: total(results.map(({ judgeSpent }) => judgeSpent)),
  };
}

const STANDINGS: readonly Standing[] = ['held-out', 'first', 'repeat'];

const inOrder = (arms: readonly PolicyName[]) => (a: ArmRow, b: ArmRow) =>
  STANDINGS.indexOf(a.standing) - STANDINGS.indexOf(b.standing) ||
  a.iteration - b.iteration ||
  arms.indexOf(a.arm) - arms.indexOf(b.arm);

function rowOf(all: readonly AttemptResult[]): ArmRow {
  const [first] = all;
  if (!first) throw new Error('A row of no attempts.');
  const known = all.filter(({ reward }) => reward !== null);
  const verdicts = all.flatMap(({ scores: { judge } }) =>
    judge === null || judge === 'unknown' ? [] : [judge],
  );
  const facts = all.flatMap(({ support }) => support ?? []);
  const marked = sum(facts, ({ of }) => of);
  const latencies = all.map(({ latencyMs }) => latencyMs).sort((a, b) => a - b);
  const spent = total(all.map((each) => each.spent));
  const mean = (of: (result: AttemptResult) => number) => sum(all, of) / all.length;
  return {
    arm: first.arm,
    iteration: first.iteration,
    standing: first.standing,
    attempts: all.length,
    unknown: all.length - known.length,
    failed: all.filter(({ outcome }) => outcome === 'failed').length,
    abstained: all.filter(({ outcome }) => outcome === 'abstained').length,
    accuracy: wilson({ judged: known.length, accepted: sum(known, rightness) }) ?? null,
    exact: mean(({ scores }) => scores.exact),
    f1: mean(({ scores }) => scores.f1),
    cover: mean(({ scores }) => scores.cover),
    gaia: mean(({ scores }) => scores.gaia),
    judge:
      verdicts.length === 0 ? null : sum(verdicts, (each) => (each === 'correct' ? 1 : 0)) / verdicts.length,
    support:
      marked === 0
        ? null
        : {
            found: sum(facts, ({ found }) => found) / marked,
            cited: sum(facts, ({ cited }) => cited) / marked,
          },
    shownCases: mean(({ shownCases }) => shownCases),
    inputTokens: spent.inputTokens / all.length,
    outputTokens: spent.outputTokens / all.length,
    modelCalls: spent.modelCalls / all.length,
    toolCalls: mean(({ toolCalls }) => toolCalls),
    cost: spent.cost,
    latency: { median: quantile(latencies, 0.5), p90: quantile(latencies, 0.9) },
  };
}

function compare(own: readonly AttemptResult[], others: readonly AttemptResult[], seed: number) {
  const byQuestion = new Map(others.map((result) => [result.questionId, result]));
  const all = own.flatMap((result) => {
    const other = byQuestion.get(result.questionId);
    return other ? [{ result, other }] : [];
  });
  const pairs = all.filter(({ result, other }) => result.reward !== null && other.reward !== null);
  const differences = pairs.map(({ result, other }) => rightness(result) - rightness(other));
  return {
    pairs: pairs.length,
    unknown: all.length - pairs.length,
    won: differences.filter((each) => each > 0).length,
    lost: differences.filter((each) => each < 0).length,
    accuracy: pairedBootstrap(differences, seed) ?? null,
    f1:
      pairedBootstrap(
        all.map(({ result, other }) => result.scores.f1 - other.scores.f1),
        seed,
      ) ?? null,
    detectable: detectable(pairs.length),
  };
}

function passAtK(
  results: readonly AttemptResult[],
  arm: PolicyName,
  standing: PassAtK['standing'],
): readonly PassAtK[] {
  const own = results.filter(
    (each) => each.arm === arm && (each.standing === 'held-out') === (standing === 'held-out'),
  );
  const iterations = Math.max(0, ...own.map(({ iteration }) => iteration));
  const questions = [...groupBy(own, ({ questionId }) => questionId).values()];
  if (iterations < 2) return [];
  return Array.from({ length: iterations }, (_, i) => {
    const k = i + 1;
    const passed = questions.filter((tries) =>
      tries.some((each) => each.iteration <= k && each.reward === 1),
    );
    return { arm, standing, k, questions: questions.length, share: passed.length / questions.length };
  });
}

function curveOf(results: readonly AttemptResult[], rows: readonly ArmRow[], arm: PolicyName): CurvePoint[] {
  return rows.flatMap((row) => {
    if (row.arm !== arm || row.standing !== 'held-out' || row.accuracy === null) return [];
    const judged = results.filter(
      (each) =>
        each.arm === arm &&
        each.standing !== 'held-out' &&
        each.iteration <= row.iteration &&
        each.reward !== null,
    );
    return [{ ...row.accuracy, judged: judged.length, iteration: row.iteration }];
  });
}

const rightness = ({ reward }: AttemptResult): number => (reward === 1 ? 1 : 0);

function total(all: readonly Spent[]): Spent {
  return {
    inputTokens: sum(all, ({ inputTokens }) => inputTokens),
    outputTokens: sum(all, ({ outputTokens }) => outputTokens),
    modelCalls: sum(all, ({ modelCalls }) => modelCalls),
    cost: all.some(({ cost }) => cost === null) ? null : sum(all, ({ cost }) => cost ?? 0),
  };
}

const sum = <T>(all: readonly T[], of: (item: T) => number): number =>
  all.reduce((running, item) => running + of(item), 0);

/** Of sorted values, the nearest rank. */
const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? 0;

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

/** How often memory had a case to show, and what runs cost. */
import { counted, dollars, grouped, percent, span } from '../../common/figures';
import type { PolicyName } from '../retrieved';
import { type RunOutcome, shownCases } from '../runRecord';

export interface PolicyCoverage {
  readonly policy: PolicyName;
  readonly runs: number;
  /** Runs that were shown at least one case. */
  readonly covered: number;
  readonly share: number;
  readonly judged: number;
}

export interface Coverage {
  readonly words: string;
  readonly runs: number;
  readonly covered: number;
  readonly judged: number;
  readonly policies: readonly PolicyCoverage[];
}

export type CostGroup = 'with cases' | 'without cases' | 'reused';

/** Means over the runs, but for the duration: a run that waited an hour for an approval says little. */
export interface RunCosts {
  readonly group: CostGroup;
  readonly runs: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly modelCalls: number;
  /** US dollars; null where no run's price is known. */
  readonly cost: number | null;
  /** Runs whose price is known. */
  readonly priced: number;
  /** The median, milliseconds. */
  readonly duration: number;
}

export interface Costs {
  readonly words: string;
  readonly groups: readonly RunCosts[];
}

export function coverage(outcomes: readonly RunOutcome[]): Coverage {
  const policies = [...new Set(outcomes.map(({ record }) => record.decision.policy))].sort();
  const totals = coverageOf(outcomes);
  return {
    words: coverageWords(totals),
    ...totals,
    policies: policies.map((policy) => {
      const some = coverageOf(outcomes.filter(({ record }) => record.decision.policy === policy));
      return { policy, ...some, share: some.covered / some.runs };
    }),
  };
}

function coverageOf(outcomes: readonly RunOutcome[]) {
  return {
    runs: outcomes.length,
    covered: outcomes.filter(({ record }) => shownCases(record.decision).length > 0).length,
    judged: outcomes.filter(({ reward }) => reward !== null).length,
  };
}

function coverageWords({ runs, covered, judged }: ReturnType<typeof coverageOf>): string {
  if (runs === 0) return 'No run is recorded yet.';
  return `${covered} of ${counted(runs, 'run')} (${percent(covered / runs)}) were shown a case; ${percent(judged / runs)} are judged.`;
}

/** Not a comparison that a coin made: runs without cases differ in more than that. */
export function costs(outcomes: readonly RunOutcome[]): Costs {
  const groups = (['with cases', 'without cases', 'reused'] as const).flatMap((group) => {
    const some = outcomes.filter((each) => groupOf(each) === group);
    return some.length === 0 ? [] : [costsOf(group, some)];
  });
  return { words: costWords(groups), groups };
}

function groupOf({ record }: RunOutcome): CostGroup {
  if (record.reused !== null) return 'reused';
  return shownCases(record.decision).length > 0 ? 'with cases' : 'without cases';
}

function costsOf(group: CostGroup, outcomes: readonly RunOutcome[]): RunCosts {
  const all = outcomes.map(({ record }) => record.cost);
  const prices = all.flatMap(({ cost }) => (cost === null ? [] : [cost]));
  return {
    group,
    runs: all.length,
    inputTokens: mean(all.map(({ inputTokens }) => inputTokens)),
    outputTokens: mean(all.map(({ outputTokens }) => outputTokens)),
    modelCalls: mean(all.map(({ modelCalls }) => modelCalls)),
    cost: prices.length === 0 ? null : mean(prices),
    priced: prices.length,
    duration: median(all.map(({ duration }) => duration)),
  };
}

function costWords(groups: readonly RunCosts[]): string {
  if (groups.length === 0) return 'No run is recorded yet.';
  const each = groups.map(({ group, runs, inputTokens, outputTokens, modelCalls, cost, duration }) => {
    const price = modelCalls === 0 ? '' : `, ${cost === null ? 'price unknown' : dollars(cost)}`;
    const tokens = grouped(Math.round(inputTokens + outputTokens));
    return `${group} ${tokens} tokens${price} and ${span(duration)} (${counted(runs, 'run')})`;
  });
  return `A run took ${each.join('; ')}.`;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

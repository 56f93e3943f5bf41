/** What the choices of the policies have in common with the questions, and with each other. */
import { lexicalSimilarity } from '../../src/core/memory/search/lexicalSimilarity';
import { bootstrap, type Estimate } from '../difficulty/metrics';
import type { Choice } from './choices';

/** What is known of questions, by normal form. */
export interface Known {
  /** The question set that a question is from. */
  readonly sources: ReadonlyMap<string, string>;
  /** The descriptions of a plan's tasks. */
  readonly plans: ReadonlyMap<string, string>;
}

/** NaN where there is nothing to measure. Shares in [0, 1]. */
export interface ChoiceRow {
  readonly name: string;
  /** Cases a question. */
  readonly shown: Estimate;
  /** The share of the questions for which nothing is shown. */
  readonly none: Estimate;
  /** Of the cases shown: mean similarity, and the share that was accepted. */
  readonly similarity: Estimate;
  readonly accepted: Estimate;
  /** The mean of the product's own estimates, a difference of probabilities. */
  readonly advantage: Estimate;
  /** The share from the question's own set, among those of which both sets are known. */
  readonly sameSource: Estimate;
  /** The mean lexical similarity of the plans, where the question's own is known. */
  readonly planSimilarity: Estimate;
}

export function choiceRow(name: string, choices: readonly Choice[], known: Known): ChoiceRow {
  const perCase = (valueOf: (each: Choice['shown'][number], choice: Choice) => number | undefined) =>
    meanOf(choices, (choice) => choice.shown.flatMap((each) => valueOf(each, choice) ?? []));
  return {
    name,
    shown: meanOf(choices, ({ shown }) => [shown.length]),
    none: meanOf(choices, ({ shown }) => [shown.length === 0 ? 1 : 0]),
    similarity: perCase(({ similarity }) => similarity),
    accepted: perCase(({ accepted }) => (accepted ? 1 : 0)),
    advantage: perCase(({ advantage }) => advantage ?? undefined),
    sameSource: perCase(({ id }, { query }) => {
      const [own, other] = [known.sources.get(query.id), known.sources.get(id)];
      return own === undefined || other === undefined ? undefined : Number(own === other);
    }),
    planSimilarity: perCase(({ plan }, { query }) => {
      const own = known.plans.get(query.id);
      return own === undefined || plan === '' ? undefined : lexicalSimilarity(own, plan);
    }),
  };
}

export interface OverlapRow {
  readonly name: string;
  /** Jaccard: cases in both choices over cases in either, where one of them shows any. */
  readonly jaccard: Estimate;
  /** The share of the questions with the very same cases, none and none too. */
  readonly same: Estimate;
}

/** @param first and @param second on the same questions in the same order */
export function overlapRow(name: string, first: readonly Choice[], second: readonly Choice[]): OverlapRow {
  const pairs = first.map((one, i) => {
    const [a, b] = [idsOf(one), idsOf(second[i])];
    const common = [...a].filter((id) => b.has(id)).length;
    return { common, either: a.size + b.size - common };
  });
  return {
    name,
    jaccard: meanOf(pairs, ({ common, either }) => (either === 0 ? [] : [common / either])),
    same: meanOf(pairs, ({ common, either }) => [common === either ? 1 : 0]),
  };
}

const idsOf = (choice: Choice | undefined) => new Set(choice?.shown.map(({ id }) => id));

/** The mean of all values of the items, resampled by item. */
function meanOf<T>(items: readonly T[], valuesOf: (item: T) => readonly number[]): Estimate {
  const sums = items.map((item) => {
    const values = valuesOf(item);
    return { sum: values.reduce((sum, value) => sum + value, 0), count: values.length };
  });
  return bootstrap(sums, (sample) => {
    let [sum, count] = [0, 0];
    for (const each of sample) [sum, count] = [sum + each.sum, count + each.count];
    return count === 0 ? undefined : sum / count;
  });
}

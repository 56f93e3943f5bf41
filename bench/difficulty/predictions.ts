/** The rows of the benchmark: each predictor on the cases, and on the training pairs. */
import type { EncoderMeans } from '../../src/core/memory/policy/questionKernel';
import { brierScore, calibrationError, type Prediction } from '../../src/core/memory/report/calibration';
import type { LabelledQuestion, Query, Released } from './data';
import { auc, bootstrap, type Estimate } from './metrics';
import {
  acrossFolds,
  featuresOf,
  learned,
  leaveOneOut,
  neighbours,
  ownLabels,
  type Predictor,
  withCasesShuffled,
} from './predict';
import type { Encoded } from './vectors';
import { wordNeighbours } from './wordNeighbours';

export interface PredictionRow {
  readonly name: string;
  readonly auc: Estimate;
  readonly brier: Estimate;
  /** Over 10 bins of equal width. */
  readonly ece: Estimate;
}

export interface Difference {
  readonly name: string;
  /** Of the areas under the curve, paired by question. */
  readonly auc: Estimate;
}

export interface PredictionTable {
  readonly name: string;
  readonly questions: number;
  readonly successes: number;
  readonly rows: readonly PredictionRow[];
  readonly differences: readonly Difference[];
}

const NO_MEANS: EncoderMeans = new Map();
const SHUFFLE_SEED = 1;
export const LEARNED = 'learned: V(q)';
const WITH_CASES = 'learned: V(q) + A of the cases shown';
const WITH_OTHERS = 'the same, cases shuffled between queries';
export const BASELINE = 'BM25 by score, all words, 10';

/** Each question by the others (leave one out). */
export function onCases({ cases }: Released, encoded: Encoded, means: EncoderMeans): PredictionTable {
  const rate = rateOf(cases);
  const predicted = new Map<string, readonly number[]>([['base rate', cases.map(() => rate)]]);
  for (const [name, predictor] of general(rate, encoded, means)) {
    predicted.set(name, leaveOneOut(cases, predictor));
  }
  return predictionTable('memory.jsonl, leave one out', cases, predicted, [[LEARNED, BASELINE]]);
}

/** Each query by those of the other nine folds. */
export function onQueries(
  name: string,
  queries: readonly Query[],
  encoded: Encoded,
  means: EncoderMeans,
): PredictionTable {
  const rate = rateOf(queries);
  const predicted = new Map<string, readonly number[]>([['base rate', queries.map(() => rate)]]);
  for (const [row, predictor] of general(rate, encoded, means)) {
    predicted.set(row, acrossFolds(queries, predictor));
  }
  const withCases = (some: readonly Query[]) => {
    const features = new Map(some.map((query) => [query.id, featuresOf(query, encoded)]));
    return (query: Query) => features.get(query.id) ?? [];
  };
  const own = withCases(queries);
  const others = withCases(withCasesShuffled(queries, SHUFFLE_SEED));
  predicted.set('labels of its own cases, by similarity', acrossFolds(queries, ownLabels(own, rate)));
  predicted.set(WITH_CASES, acrossFolds(queries, learned(encoded, means, own)));
  predicted.set(WITH_OTHERS, acrossFolds(queries, learned(encoded, means, others)));
  const pairs = [
    [LEARNED, BASELINE],
    [WITH_CASES, LEARNED],
    [WITH_CASES, WITH_OTHERS],
  ] as const;
  return predictionTable(name, queries, predicted, pairs);
}

/** What needs no more than questions. */
const general = (
  rate: number,
  encoded: Encoded,
  means: EncoderMeans,
): readonly (readonly [string, Predictor<LabelledQuestion>])[] => [
  ['BM25, 20', neighbours('BM25', rate, encoded, means)],
  ['BM25 by score, content words, 10', wordNeighbours('content', rate)],
  [BASELINE, wordNeighbours('all', rate)],
  ['embedding, 20', neighbours('embedding', rate, encoded, means)],
  ['embedding, mean subtracted, 20', neighbours('embedding, mean subtracted', rate, encoded, means)],
  ['fusion, 20', neighbours('fusion', rate, encoded, means)],
  [LEARNED, learned(encoded, means)],
  ['learned: V(q), mean not subtracted', learned(encoded, NO_MEANS)],
];

/** @param predicted by row, one a question; @param compared pairs of rows */
export function predictionTable(
  name: string,
  questions: readonly LabelledQuestion[],
  predicted: ReadonlyMap<string, readonly number[]>,
  compared: readonly (readonly [string, string])[],
): PredictionTable {
  const of = (row: string): readonly Prediction[] =>
    questions.map(({ succeeded }, i) => ({
      predicted: predicted.get(row)?.[i] ?? Number.NaN,
      accepted: succeeded,
    }));
  return {
    name,
    questions: questions.length,
    successes: questions.filter(({ succeeded }) => succeeded).length,
    rows: [...predicted.keys()].map((row) => ({
      name: row,
      auc: bootstrap(of(row), auc),
      brier: bootstrap(of(row), brierScore),
      ece: bootstrap(of(row), (sample) => calibrationError(sample)),
    })),
    differences: compared.map(([a, b]) => ({ name: `${a} − ${b}`, auc: aucDifference(of(a), of(b)) })),
  };
}

function aucDifference(a: readonly Prediction[], b: readonly Prediction[]): Estimate {
  const pairs = a.map((first, i) => ({ first, second: b[i] ?? first }));
  return bootstrap(pairs, (sample) => {
    const [one, other] = [auc(sample.map(({ first }) => first)), auc(sample.map(({ second }) => second))];
    return one === undefined || other === undefined ? undefined : one - other;
  });
}

const rateOf = (questions: readonly LabelledQuestion[]): number =>
  questions.filter(({ succeeded }) => succeeded).length / questions.length;

/** How what is expected of held-out questions relates to what became of their runs. */
import { predictionTable, type PredictionTable } from '../difficulty/predictions';
import type { Choice, Choices } from './choices';

export const BASE_RATE = 'base rate';
export const LEARNED = 'learned: what it expects';
export const PAPER = 'paper: what it expects';
const OF_SIMILARITY = 'similarity: what learned expects of its cases';
export const SIMILARITY_ONLY = 'similarity alone: how alike its cases are';

/** @param choices of every held-out question, in one order */
export function predictingTable(name: string, choices: Choices): PredictionTable {
  const of = (policy: 'similarity' | 'paper' | 'learned') => choices.get(policy) ?? [];
  const queries = of('learned').map(({ query }) => query);
  const rate = queries.filter(({ succeeded }) => succeeded).length / queries.length;
  const expected = (some: readonly Choice[]) => some.map((choice) => choice.expected ?? rate);
  const predicted = new Map<string, readonly number[]>([
    [BASE_RATE, queries.map(() => rate)],
    [SIMILARITY_ONLY, of('similarity').map(meanSimilarity)],
    [OF_SIMILARITY, expected(of('similarity'))],
    [PAPER, expected(of('paper'))],
    [LEARNED, expected(of('learned'))],
  ]);
  return predictionTable(name, queries, predicted, [
    [LEARNED, SIMILARITY_ONLY],
    [LEARNED, PAPER],
    [PAPER, SIMILARITY_ONLY],
  ]);
}

/** 0 where nothing is shown. */
const meanSimilarity = ({ shown }: Choice): number =>
  shown.reduce((sum, { similarity }) => sum + similarity, 0) / Math.max(1, shown.length);

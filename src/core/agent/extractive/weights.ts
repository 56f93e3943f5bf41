/**
 * The two linear models of the extractive pair, fitted by bench/extractive.ts on the tune half of its questions
 * (Natural Questions paragraphs of QED, HotpotQA, MuSiQue): coefficients only, nothing of those texts.
 */
import type { UnitFeature } from './features';
import type { SupportFeature } from './support';

/** Listwise softmax over the sentences of a paragraph, L2 = 2. */
export const RANK_WEIGHTS: Readonly<Record<UnitFeature, number>> = {
  own: 0.36,
  around: 1.45,
  near: 1.34,
  soft: 1.55,
  relation: 1.59,
  cosine: 2.09,
  typed: 1.41,
  proximity: 0.32,
  adjacent: 0,
  keys: 0.59,
  focus: 0.55,
  defines: 0.34,
  opens: 0.78,
  otherNumber: -0.6,
  negated: 0,
  length: 0.55,
};

/**
 * Logistic regression on the best support found, L2 = 0.3, each sign as its feature means. The two on numbers are set by
 * hand: the questions that it was fitted on hardly have years, and another year is the plainest of near misses.
 */
export const SUPPORT_WEIGHTS: Readonly<Record<SupportFeature, number>> = {
  constant: -4.09,
  soft: 2.13,
  relation: 0.57,
  unrelated: -1.15,
  cosine: 4.28,
  typed: 0.15,
  untyped: -1,
  missingNumber: -2.5,
  unknownName: -0.81,
  otherNumber: -1,
  lead: 0.53,
};

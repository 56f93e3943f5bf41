/**
 * The two linear models of the extractive pair: coefficients only, nothing of the texts. Fitted on the tune halves of QED
 * (Natural Questions over Wikipedia paragraphs), HotpotQA and MuSiQue. `npm run bench -- extractive --fit` refits them;
 * fitted anew on sample and QED they answered three tune questions of 312 less, so they were kept but for what is said
 * below.
 */
import type { UnitFeature } from './features';
import type { SupportFeature } from './support';

/** Listwise softmax over the units that were found, L2 = 2. */
export const RANK_WEIGHTS: Readonly<Record<UnitFeature, number>> = {
  own: 0.36,
  around: 1.45,
  near: 1.34,
  soft: 1.55,
  relation: 1.59,
  cosine: 2.09,
  typed: 1.41,
  proximity: 0.32,
  keys: 0.59,
  focus: 0.55,
  defines: 0.34,
  opens: 0.78,
  otherNumber: -0.6,
  length: 0.55,
};

/**
 * Logistic regression on the best support found, L2 = 0.3, each sign as its feature means. `missingNumber`, `otherNumber`
 * and `unknownName` are set by hand: the questions that it was fitted on hardly have them, and another year or name is
 * the plainest of near misses. `unrelated`, `otherName`, `weakest` and `linked` are as two refits gave, about, and `constant` is where
 * the tuning questions of the sample are answered and abstained from about equally well.
 */
export const SUPPORT_WEIGHTS: Readonly<Record<SupportFeature, number>> = {
  constant: -3.9,
  soft: 2.13,
  relation: 0.57,
  unrelated: -1.6,
  cosine: 4.28,
  typed: 0.15,
  untyped: -1,
  missingNumber: -2.5,
  unknownName: -0.81,
  otherName: -2,
  weakest: 0.8,
  linked: -1.5,
  otherNumber: -1,
  lead: 0.53,
};

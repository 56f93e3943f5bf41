/** Predictions of whether the run on a question succeeds, from other questions of which it is known. */
import { lexicalSimilarity } from '../../src/core/memory/search/lexicalSimilarity';
import type { JudgedRun } from '../../src/core/memory/policy/judgedRun';
import type { CaseFeatures } from '../../src/core/memory/runRecord';
import type { EncoderMeans } from '../../src/core/memory/policy/questionKernel';
import { hash32, SeededRandom } from '../../src/core/memory/policy/random';
import { SlateModel } from '../../src/core/memory/policy/slateModel';
import { DEFAULT_PRIOR } from '../../src/core/memory/policy/slatePrior';
import { similarityOf } from '../../src/core/memory/search/similarity';
import { cosine as cosineOfUnits } from '../../src/core/tools/search/vectors';
import type { LabelledQuestion, Query } from './data';
import { POOL, Questions, type Ranking } from './rankings';
import type { Encoded } from './vectors';

/** The probability that the run on a question succeeds; what is known of the question itself is never used. */
export type Predict<T extends LabelledQuestion> = (question: T) => number;
/** Made of the questions whose outcome is known. */
export type Predictor<T extends LabelledQuestion> = (known: readonly T[]) => Predict<T>;

const FOLDS = 10;
/** Of the share of successes, in neighbours' predictions. */
const PRIOR_COUNTS = 4;

/** Of each question by all others. */
export function leaveOneOut<T extends LabelledQuestion>(
  questions: readonly T[],
  predictor: Predictor<T>,
): number[] {
  return questions.map(predictor(questions));
}

/** Of each question by those of the other nine folds; a question's fold follows from its normal form. */
export function acrossFolds<T extends LabelledQuestion>(
  questions: readonly T[],
  predictor: Predictor<T>,
): number[] {
  const foldOf = ({ id }: T) => hash32(id) % FOLDS;
  const predicts = Array.from({ length: FOLDS }, (_, fold) =>
    predictor(questions.filter((question) => foldOf(question) !== fold)),
  );
  return questions.map((question) => predicts[foldOf(question)]?.(question) ?? Number.NaN);
}

/**
 * The share of successes among the 20 nearest questions, with 4 counts of `rate` added. The rate is that of all
 * questions: one that leaves out the question itself would be lower for successes, and so break ties the wrong way.
 */
export function neighbours(
  by: Ranking,
  rate: number,
  encoded: Encoded,
  means: EncoderMeans,
): Predictor<LabelledQuestion> {
  return (known) => {
    const index = new Questions(known, encoded, means);
    const outcomes = new Map(known.map(({ id, succeeded }) => [id, succeeded]));
    return (question) => {
      const nearest = index.nearest(by, question, POOL);
      const successes = nearest.filter((id) => outcomes.get(id) === true).length;
      return (PRIOR_COUNTS * rate + successes) / (PRIOR_COUNTS + nearest.length);
    };
  };
}

/** What the product's model says after the known runs: V(q), and the advantages of the cases that the run is shown. */
export function learned<T extends LabelledQuestion>(
  encoded: Encoded,
  means: EncoderMeans,
  shownTo: (question: T) => readonly CaseFeatures[] = () => [],
): Predictor<T> {
  return (known) => {
    const runs = new Map(known.map((question) => [question.id, runOf(question, encoded, shownTo(question))]));
    const model = new SlateModel(DEFAULT_PRIOR, means);
    model.addAll([...runs.values()]);
    return (question) => {
      const own = runs.get(question.id);
      if (own !== undefined) model.remove(own);
      const posterior = model.posterior(encoded(question.text));
      const shown = shownTo(question);
      const advantage = shown.reduce((sum, features) => sum + posterior.advantage(features), 0);
      if (own !== undefined) model.addAll([own]);
      const share = Math.max(1, shown.length) ** -DEFAULT_PRIOR.crowding;
      return Math.min(1, Math.max(0, posterior.usual + share * advantage));
    };
  };
}

const runOf = (
  { id, text, succeeded }: LabelledQuestion,
  encoded: Encoded,
  shown: readonly CaseFeatures[],
): JudgedRun => ({ runId: id, question: encoded(text), shown, reward: succeeded ? 1 : 0, weight: 1 });

/** The features of a query's cases, in the order of similarity, in which a case's standing is its similarity. */
export function featuresOf({ text, cases }: Query, encoded: Encoded): CaseFeatures[] {
  const question = encoded(text);
  return cases
    .map((each): CaseFeatures => {
      const { vector } = encoded(each.text);
      const cosine = vector && question.vector && cosineOfUnits(vector.values, question.vector.values);
      const lexical = lexicalSimilarity(text, each.text);
      const similarity = similarityOf(vector?.encoder, cosine, lexical);
      const label = each.succeeded ? 1 : 0;
      return { caseId: each.id, cosine, lexical, similarity, standing: similarity, label };
    })
    .sort((a, b) => b.similarity - a.similarity);
}

/** The share of accepted ones among a query's cases, weighted by similarity. */
export function ownLabels(
  shownTo: (query: Query) => readonly CaseFeatures[],
  rate: number,
): Predictor<Query> {
  return () => (query) => {
    const shown = shownTo(query);
    const total = shown.reduce((sum, { similarity }) => sum + similarity, 0);
    const accepted = shown.reduce((sum, { similarity, label }) => sum + similarity * (label ?? 0), 0);
    return total > 0 ? accepted / total : rate;
  };
}

/** Each query with the cases of another one, a query itself left out of them. */
export function withCasesShuffled(queries: readonly Query[], seed: number): Query[] {
  const slates = shuffled(
    queries.map(({ cases }) => cases),
    seed,
  );
  return queries.map((query, i) => ({
    ...query,
    cases: (slates[i] ?? []).filter(({ id }) => id !== query.id),
  }));
}

/** In an order that the seed alone says (Fisher & Yates). */
export function shuffled<T>(items: readonly T[], seed: number): T[] {
  const random = new SeededRandom(seed);
  const all = [...items];
  for (let i = all.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    const [one, other] = [all[i], all[j]];
    if (one !== undefined && other !== undefined) [all[i], all[j]] = [other, one];
  }
  return all;
}

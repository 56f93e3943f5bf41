/** Ranks everything that was found by how well it supports the question, alone or linked with one other unit. */
import type { Encoder } from '../../ports';
import type { Evidence } from '../../tools/evidence';
import { type Ground, type Measured, measure, UNIT_FEATURES, type UnitFeatures } from './features';
import { coverage, type Indexed, indexUnits, termWeights, withNamesFrom } from './lexicon';
import { measureLikeness } from './likeness';
import type { Question } from './questionType';
import { unitsOf } from './units';
import { RANK_WEIGHTS } from './weights';

export interface Ranked extends Measured {
  /** Higher is better; comparable over questions as far as the features are. */
  readonly score: number;
}

export interface Ranking {
  readonly ground: Ground;
  readonly units: readonly Indexed[];
  /** Best first. */
  readonly ranked: readonly Ranked[];
}

export const rankScore = (features: UnitFeatures): number =>
  UNIT_FEATURES.reduce((sum, name) => sum + RANK_WEIGHTS[name] * features[name], 0);

export async function rank(
  asked: Question,
  evidence: readonly Evidence[],
  encoder: Encoder,
  signal?: AbortSignal,
): Promise<Ranking> {
  const units = indexUnits(unitsOf(evidence));
  const question = withNamesFrom(asked, units);
  const weights = termWeights(question, units);
  const byTerms = units
    .map((unit) => ({ unit, cover: roughly(unit) }))
    .sort((a, b) => b.cover - a.cover)
    .map(({ unit }) => unit);
  const likeness = await measureLikeness(question, byTerms, encoder, signal);
  const ground = { question, weights, likeness };
  const ranked = byTerms
    .map((unit) => measure(unit, ground))
    .map((measured) => ({ ...measured, score: rankScore(measured.features) }))
    .sort((a, b) => b.score - a.score);
  return { ground, units, ranked };

  function roughly({ own, around, before }: Indexed): number {
    return coverage(question.terms, weights, (term) =>
      own.has(term) ? 1 : around.has(term) ? 0.7 : before.has(term) ? 0.4 : 0,
    );
  }
}

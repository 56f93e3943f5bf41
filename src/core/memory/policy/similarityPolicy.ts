import { RELEVANCE_FLOOR } from '../search/similarity';
import { best, plainValue, type CaseValue, type RetrievalPolicy } from './judgedRun';
import type { CaseFeatures } from '../runRecord';

/**
 * The paper's non-parametric read: the most similar cases, in the candidates' order. It learns nothing.
 *
 * @param accepts which cases may be shown at all; `acceptedOnly` is a usual choice
 */
export function similarityPolicy(
  accepts: (features: CaseFeatures) => boolean = () => true,
  floor = RELEVANCE_FLOOR,
): RetrievalPolicy {
  return {
    version: 'similarity/1',
    learn: () => undefined,
    withdraw: () => false,
    values: (_, candidates): readonly CaseValue[] =>
      candidates.map((each, rank) => ({
        ...plainValue(each, -rank, each.similarity < floor || !accepts(each)),
        value: each.similarity,
      })),
    choose: best,
    predict: () => null,
  };
}

export const acceptedOnly = (features: CaseFeatures): boolean => features.label === 1;

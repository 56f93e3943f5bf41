/** Which candidates may be shown, before any policy orders them. Pure functions. */
import { normalise } from '../../common/text';
import type { Candidate } from '../candidate';
import { RELEVANCE_FLOOR } from '../search/similarity';

/** Rejected cases that are listed though the planner does not see them. */
const MOST_WITHHELD = 2;

export const isRelevant = ({ similarity }: Candidate): boolean => similarity >= RELEVANCE_FLOOR;

/**
 * What may be an example: accepted, or not judged and answered; of several with the same question one, an accepted one
 * first. A run that ended with no answer is no example unless it was accepted, nor is a case with nothing to follow.
 */
export const examplesOf = (candidates: readonly Candidate[]): readonly Candidate[] =>
  oneAQuestion(candidates.filter(isExample));

/**
 * The most similar rejected case with the user's reason, as what to avoid, and others that are only listed.
 *
 * @param candidates best first
 */
export function rejectedOf(candidates: readonly Candidate[]): {
  readonly avoid: Candidate | undefined;
  readonly withheld: readonly Candidate[];
} {
  const rejected = candidates.filter((candidate) => isRelevant(candidate) && candidate.case.reward === 0);
  const avoid = rejected
    .filter((candidate) => reasonOf(candidate) !== '')
    .reduce<Candidate | undefined>(
      (best, next) => (best !== undefined && best.similarity >= next.similarity ? best : next),
      undefined,
    );
  return { avoid, withheld: rejected.filter((each) => each !== avoid).slice(0, MOST_WITHHELD) };
}

/** The user's words on a judgement, empty with none. */
export const reasonOf = (candidate: Candidate): string => candidate.case.reason?.trim() ?? '';

const isExample = ({ case: { reward, outcome, plan, answer } }: Candidate): boolean =>
  (reward === 1 || (reward === null && outcome === 'answered')) && (plan.length > 0 || answer !== '');

/** Of the candidates with the same question the first accepted one, or the first. */
function oneAQuestion(candidates: readonly Candidate[]): Candidate[] {
  const kept = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const key = normalise(candidate.case.question);
    const known = kept.get(key);
    if (known === undefined || (known.case.reward !== 1 && candidate.case.reward === 1)) {
      kept.set(key, candidate);
    }
  }
  return [...kept.values()];
}

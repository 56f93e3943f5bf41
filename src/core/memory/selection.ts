/** Policy `similarity`: which of the candidates are shown, and why, in words. A pure function. */
import { normalise } from '../common/text';
import type { Candidate } from './bank';
import type { CaseUse } from './retrieved';
import { RELEVANCE_FLOOR } from './similarity';

export interface Choice {
  readonly candidate: Candidate;
  readonly use: CaseUse;
  readonly why: string;
}

/** Rejected cases that are listed though the planner does not see them. */
const MOST_WITHHELD = 2;

/**
 * The paper's non-parametric read over relevant cases: up to `k` examples, accepted or not judged yet, in the order of
 * the candidates (fused rank); of several with the same question one, an accepted one first. Outside `k` at most one
 * rejected case, the most similar one with the user's reason, as what to avoid; of the other rejected ones two are
 * listed and withheld. A run that ended with no answer is no example unless it was accepted.
 *
 * @param candidates best first
 * @param now milliseconds since the epoch
 */
export function chooseBySimilarity(
  candidates: readonly Candidate[],
  k: number,
  now: number,
): readonly Choice[] {
  const relevant = candidates.filter(({ similarity }) => similarity >= RELEVANCE_FLOOR);
  const examples = oneAQuestion(relevant.filter(isExample)).slice(0, Math.max(0, k));
  const rejected = relevant.filter((candidate) => candidate.case.reward === 0);
  const avoid = rejected
    .filter((candidate) => reasonOf(candidate) !== '')
    .reduce<Candidate | undefined>(
      (best, next) => (best !== undefined && best.similarity >= next.similarity ? best : next),
      undefined,
    );
  const withheld = rejected.filter((candidate) => candidate !== avoid).slice(0, MOST_WITHHELD);
  return [
    ...examples.map((candidate) => choice(candidate, 'example', now)),
    ...(avoid ? [choice(avoid, 'avoid', now)] : []),
    ...withheld.map((candidate) => choice(candidate, 'withheld', now)),
  ];
}

const isExample = ({ case: { reward, outcome } }: Candidate): boolean =>
  reward === 1 || (reward === null && outcome === 'answered');

const reasonOf = (candidate: Candidate): string => candidate.case.reason?.trim() ?? '';

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

function choice(candidate: Candidate, use: CaseUse, now: number): Choice {
  return { candidate, use, why: explain(candidate, use, now) };
}

/** For instance: Very similar question (0.91), accepted 3 days ago: its plan is offered as an example. */
function explain(candidate: Candidate, use: CaseUse, now: number): string {
  const { reward, judgedAt, createdAt } = candidate.case;
  const reason = reasonOf(candidate);
  switch (use) {
    case 'example': {
      const judged =
        reward === 1
          ? `accepted ${since(judgedAt ?? createdAt, now)}`
          : `asked ${since(createdAt, now)}, not judged yet`;
      return `${closeness(candidate.similarity)}, ${judged}: its plan is offered as an example.`;
    }
    case 'avoid':
      return `${closeness(candidate.similarity)}. Rejected: “${reason}”. The planner is told to avoid this.`;
    case 'withheld':
      return reason === ''
        ? 'Rejected without a reason, so it is listed but not shown to the planner.'
        : `Rejected: “${reason}”. A more similar rejected case is shown to the planner instead.`;
  }
}

function closeness(similarity: number): string {
  const shown = `(${similarity.toFixed(2)})`;
  if (similarity >= 0.995) return 'The same question';
  if (similarity >= 0.75) return `Very similar question ${shown}`;
  if (similarity >= 0.5) return `Similar question ${shown}`;
  return `Somewhat similar question ${shown}`;
}

const MINUTE_MS = 60_000;
const UNITS = [
  ['minute', MINUTE_MS],
  ['hour', 60 * MINUTE_MS],
  ['day', 24 * 60 * MINUTE_MS],
  ['month', 30 * 24 * 60 * MINUTE_MS],
  ['year', 365 * 24 * 60 * MINUTE_MS],
] as const;

/** `3 days ago`; `just now` below a minute and for a time to come, which a clock that was set back makes. */
function since(at: number, now: number): string {
  const unit = UNITS.findLast(([, length]) => now - at >= length);
  if (unit === undefined) return 'just now';
  const count = Math.floor((now - at) / unit[1]);
  return `${count} ${unit[0]}${count === 1 ? '' : 's'} ago`;
}

/** Why a case was chosen or withheld, in words for the user. */
import type { Candidate } from '../candidate';
import { explainValue } from '../policy/explain';
import type { CaseValue } from '../policy/judgedRun';
import { reasonOf } from './selection';

/** For instance: Very similar question (0.91), accepted 3 days ago: its plan is offered as an example. */
export function exampleWords(candidate: Candidate, now: number): string {
  const pinned = candidate.case.pinned ? ' You pinned it.' : '';
  return `${closeness(candidate.similarity)}, ${judged(candidate, now)}: its plan is offered as an example.${pinned}`;
}

export const avoidWords = (candidate: Candidate): string =>
  `${closeness(candidate.similarity)}. Rejected: “${reasonOf(candidate)}”. The planner is told to avoid this.`;

export function rejectedWords(candidate: Candidate): string {
  const reason = reasonOf(candidate);
  return reason === ''
    ? 'Rejected without a reason, so it is listed but not shown to the planner.'
    : `Rejected: “${reason}”. A more similar rejected case is shown to the planner instead.`;
}

/** Of a case that the policy values less than showing nothing. */
export const withheldWords = (candidate: Candidate, value: CaseValue | undefined, now: number): string =>
  `${closeness(candidate.similarity)}, ${judged(candidate, now)}. ${
    (value && explainValue(value)) || 'The policy withholds it.'
  }`;

/** What `paper` says of a case. */
export const networkWords = (q: number): string =>
  `The network estimates the chance of success with it at ${Math.round(100 * q)} %.`;

/** Why there is no example. */
export function noExampleWords(
  relevant: readonly Candidate[],
  examples: number,
  k: number,
  best: CaseValue | undefined,
): string {
  if (k === 0) return 'No past case is shown: the setting for how many is 0.';
  if (relevant.length === 0) return 'No past case is similar enough to this question to be shown.';
  if (examples === 0)
    return 'No similar past case is accepted or waiting for a judgement, so none is an example.';
  const points = best && Math.round(-100 * best.value);
  const worth =
    points === undefined || points < 1
      ? 'none is expected to help'
      : `even the best is expected to do ${points} point${points === 1 ? '' : 's'} worse than showing nothing`;
  return `Showing no case is the better choice here: of ${examples} similar one${examples === 1 ? '' : 's'}, ${worth}.`;
}

function judged({ case: { reward, judgedAt, createdAt, provenance } }: Candidate, now: number): string {
  const { imported } = provenance;
  // When it was judged where it comes from is not known, except by ourselves.
  if (imported !== undefined && imported.from !== 'lossless') {
    return `${reward === 1 ? 'accepted' : 'not judged'}, imported ${since(imported.at, now)}`;
  }
  return reward === 1
    ? `accepted ${since(judgedAt ?? createdAt, now)}`
    : `asked ${since(createdAt, now)}, not judged yet`;
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

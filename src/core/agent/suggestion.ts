import { failed, ok, type Result } from '../common/result';
import type { EndedRunLog } from './endedRunLog';
import { runState, type Suggestion } from './runState';

/** Of a run; beyond it nobody reads them. */
const MAX_SUGGESTIONS = 10;
const MAX_REASON = 2_000;
const MAX_NAME = 100;

/**
 * Keeps a suggestion in the run's log, where a person sees it beside Accept and Reject: no case, no reward and no policy
 * changes. Said twice, it is kept once.
 */
export async function suggest(
  log: EndedRunLog,
  runId: string,
  { reward, reason, by }: Suggestion,
): Promise<Result<undefined>> {
  const { status, outcome, suggestions } = runState(await log.read(runId));
  if (status !== 'finished') return failed('not-found', `There is no run ${runId} that has ended.`);
  if (outcome === 'failed' || outcome === 'cancelled') {
    return failed('not-found', `The run ${runId} has no answer to judge.`);
  }
  const kept: Suggestion = {
    reward,
    reason: reason?.trim().slice(0, MAX_REASON) || null,
    by: by.trim().slice(0, MAX_NAME) || 'another program',
  };
  const isKnown = suggestions.some(
    (known) => known.reward === reward && known.reason === kept.reason && known.by === kept.by,
  );
  if (isKnown) return ok(undefined);
  if (suggestions.length >= MAX_SUGGESTIONS) {
    return failed('limit', `The run ${runId} has ${MAX_SUGGESTIONS} suggestions already.`);
  }
  await log.append(runId, { type: 'feedback.suggested', ...kept });
  return ok(undefined);
}

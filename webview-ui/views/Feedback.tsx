import { useState } from 'preact/hooks';
import { experimentNote } from '../../src/core/agent/experimentNote';
import type { RunState, Suggestion } from '../../src/core/agent/runState';
import { Icon } from './Icon';
import { LessonsLearned } from './Lessons';
import { usePending } from './panelContext';

export function canBeJudged({ status, outcome, answer }: RunState): boolean {
  return status === 'finished' && outcome !== 'failed' && outcome !== 'cancelled' && answer.trim() !== '';
}

/** The one place where Memento is taught. */
export function Feedback({ run }: { readonly run: RunState }) {
  const { feedback } = run;
  const note = experimentNote(run);
  const [changing, setChanging] = useState(false);
  const [reason, setReason] = useState(feedback?.reason ?? '');
  const { busy, problem, send } = usePending();
  const reward = feedback?.reward ?? null;
  const asking = reward === null || changing;

  async function judge(next: 1 | 0 | null): Promise<void> {
    // The reason for one verdict is not a reason for the other, unless it was in view.
    await give(next, asking && next !== null ? reason.trim() : '');
  }

  async function give(next: 1 | 0 | null, said: string): Promise<void> {
    if (!(await send({ type: 'judge', reward: next, ...(said === '' ? {} : { reason: said }) }))) return;
    setChanging(false);
    if (next === null) setReason('');
  }

  return (
    <div class="feedback" role="group" aria-labelledby="feedback-title">
      <h3 id="feedback-title">Is this answer right?</h3>
      <p class="hint">
        {reward === null ? 'Your verdict is what Memento learns from.' : <Verdict feedback={feedback} />}
      </p>
      {run.suggestions.map((suggestion) => (
        <SuggestionLine
          key={`${suggestion.by} ${suggestion.reward} ${suggestion.reason}`}
          suggestion={suggestion}
          busy={busy}
          confirm={() => void give(suggestion.reward, reason.trim() || (suggestion.reason ?? ''))}
        />
      ))}
      {asking && (
        <label class="field">
          Reason (optional)
          <textarea rows={2} value={reason} onInput={(event) => setReason(event.currentTarget.value)} />
        </label>
      )}
      <div class="field-row">
        <button
          type="button"
          class={reward === 1 ? 'choice chosen' : 'choice'}
          aria-pressed={reward === 1}
          aria-disabled={busy}
          onClick={() => void judge(1)}
        >
          <Icon name={reward === 1 ? 'thumbsup-filled' : 'thumbsup'} tone="good" /> Accept
        </button>
        <button
          type="button"
          class={reward === 0 ? 'choice chosen' : 'choice'}
          aria-pressed={reward === 0}
          aria-disabled={busy}
          onClick={() => void judge(0)}
        >
          <Icon name={reward === 0 ? 'thumbsdown-filled' : 'thumbsdown'} tone="bad" /> Reject
        </button>
        {reward !== null && !changing && (
          <button
            type="button"
            class="link"
            onClick={() => {
              setReason(feedback?.reason ?? '');
              setChanging(true);
            }}
          >
            Change
          </button>
        )}
        {reward !== null && (
          <button type="button" class="link" aria-disabled={busy} onClick={() => void judge(null)}>
            Withdraw
          </button>
        )}
      </div>
      {note !== undefined && <p class="hint">{note}</p>}
      <div class="learned" role="status">
        {run.learned && <LessonsLearned learned={run.learned} />}
      </div>
      {problem !== null && <p class="problem">{problem}</p>}
    </div>
  );
}

/** What another program thinks: its words, which count for nothing until the person presses a button. */
function SuggestionLine({
  suggestion: { reward, reason, by },
  busy,
  confirm,
}: {
  readonly suggestion: Suggestion;
  readonly busy: boolean;
  readonly confirm: () => void;
}) {
  const verdict = reward === 1 ? 'accept' : 'reject';
  return (
    <p class="hint suggestion">
      Suggested by {by}: <strong>{verdict}</strong>
      {reason !== null && <>: “{reason}”</>}. It counts only if you judge so.{' '}
      <button
        type="button"
        class="link"
        aria-label={`Confirm, and ${verdict}`}
        aria-disabled={busy}
        onClick={confirm}
      >
        Confirm
      </button>
    </p>
  );
}

function Verdict({ feedback }: { readonly feedback: RunState['feedback'] }) {
  if (!feedback) return null;
  const { reward, reason } = feedback;
  return (
    <>
      <strong>{reward === 1 ? 'Accepted' : 'Rejected'}</strong>
      {reason !== null && reason !== '' && <>: “{reason}”</>}
    </>
  );
}

import * as l10n from '@vscode/l10n';
import { useRef, useState } from 'preact/hooks';
import { experimentNote } from '../../src/core/agent/experimentNote';
import type { RunState, Suggestion } from '../../src/core/agent/runState';
import { isEscape, useInitialFocus } from './focus';
import { Icon } from './Icon';
import { LessonsLearned } from './Lessons';
import { usePending } from './panelContext';
import { withElements } from './withElements';

export function canBeJudged({ status, outcome, answer }: RunState): boolean {
  return status === 'finished' && outcome !== 'failed' && outcome !== 'cancelled' && answer.trim() !== '';
}

/** The one place where Memento is taught. */
export function Feedback({ run }: { readonly run: RunState }) {
  const { feedback } = run;
  const note = experimentNote(run);
  const [changing, setChanging] = useState(false);
  const [reason, setReason] = useState(feedback?.reason ?? '');
  const change = useRef<HTMLButtonElement>(null);
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
      <h3 id="feedback-title">{l10n.t('Is this answer right?')}</h3>
      <p class="hint">
        {reward === null ? (
          l10n.t('Your verdict is what Memento learns from.')
        ) : (
          <Verdict feedback={feedback} />
        )}
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
        <Reason
          text={reason}
          setText={setReason}
          wanted={changing}
          leave={() => {
            change.current?.focus();
            setChanging(false);
          }}
        />
      )}
      <div class="field-row">
        <button
          type="button"
          class={reward === 1 ? 'choice chosen' : 'choice'}
          aria-pressed={reward === 1}
          aria-disabled={busy}
          onClick={() => void judge(1)}
        >
          <Icon name={reward === 1 ? 'thumbsup-filled' : 'thumbsup'} tone="good" /> {l10n.t('Accept')}
        </button>
        <button
          type="button"
          class={reward === 0 ? 'choice chosen' : 'choice'}
          aria-pressed={reward === 0}
          aria-disabled={busy}
          onClick={() => void judge(0)}
        >
          <Icon name={reward === 0 ? 'thumbsdown-filled' : 'thumbsdown'} tone="bad" /> {l10n.t('Reject')}
        </button>
        {reward !== null && (
          <button
            type="button"
            class="link"
            ref={change}
            aria-expanded={changing}
            onClick={() => {
              setReason(feedback?.reason ?? '');
              setChanging(!changing);
            }}
          >
            {l10n.t('Change')}
          </button>
        )}
        {reward !== null && (
          <button type="button" class="link" aria-disabled={busy} onClick={() => void judge(null)}>
            {l10n.t('Withdraw')}
          </button>
        )}
      </div>
      {note !== undefined && <p class="hint">{note}</p>}
      {run.learned && <LessonsLearned learned={run.learned} />}
      {problem !== null && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

interface ReasonProps {
  readonly text: string;
  readonly setText: (text: string) => void;
  /** The person has asked for the field. */
  readonly wanted: boolean;
  readonly leave: () => void;
}

function Reason({ text, setText, wanted, leave }: ReasonProps) {
  const field = useInitialFocus<HTMLTextAreaElement>(wanted);
  return (
    <label class="field">
      {l10n.t('Reason (optional)')}
      <textarea
        rows={2}
        dir="auto"
        ref={field}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (wanted && isEscape(event)) leave();
        }}
      />
    </label>
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
  const verdict = <strong>{reward === 1 ? l10n.t('accept') : l10n.t('reject')}</strong>;
  return (
    <p class="hint suggestion">
      {reason === null
        ? withElements(l10n.t('Suggested by {0}: {1}. It counts only if you judge so.'), by, verdict)
        : withElements(
            l10n.t('Suggested by {0}: {1}: “{2}”. It counts only if you judge so.'),
            by,
            verdict,
            reason,
          )}{' '}
      <button
        type="button"
        class="link"
        aria-label={reward === 1 ? l10n.t('Confirm, and accept') : l10n.t('Confirm, and reject')}
        aria-disabled={busy}
        onClick={confirm}
      >
        {l10n.t('Confirm')}
      </button>
    </p>
  );
}

function Verdict({ feedback }: { readonly feedback: RunState['feedback'] }) {
  if (!feedback) return null;
  const { reward, reason } = feedback;
  const verdict = <strong>{reward === 1 ? l10n.t('Accepted') : l10n.t('Rejected')}</strong>;
  return reason === null || reason === '' ? (
    verdict
  ) : (
    <>{withElements(l10n.t('{0}: “{1}”'), verdict, reason)}</>
  );
}

import * as l10n from '@vscode/l10n';
import { useRef, useState } from 'preact/hooks';
import type { ApprovalScope } from '../../src/core/agent/events';
import type { ApprovalState } from '../../src/core/agent/runState';
import { APPROVAL_NAMES, APPROVAL_PARTS, APPROVAL_QUESTIONS, APPROVE_ALL } from './approvalWords';
import { isEscape, isSubmit, useCardFocus, useInitialFocus } from './focus';
import { ExactText, hidesCharacters } from './ExactText';
import { Icon } from './Icon';
import { usePending } from './panelContext';

interface CardProps {
  readonly approval: ApprovalState;
  /** The one that has waited longest: its button stands out. */
  readonly isNext: boolean;
}

/** What is about to run, exactly, in the place where it runs, with the reasons why it asks. */
export function ApprovalCard({ approval, isNext }: CardProps) {
  const { approvalId, what, command, code, reasons, mayHoldFor } = approval;
  const card = useCardFocus<HTMLDivElement>();
  const [edited, setEdited] = useState<string | null>(null);
  const edit = useRef<HTMLButtonElement>(null);
  const original = code ?? command;
  const changed = edited !== null && edited !== original;
  const [reason, setReason] = useState('');
  const { busy, problem, send } = usePending();

  function approve(holdsFor?: ApprovalScope): void {
    void send({
      type: 'approve',
      approvalId,
      ...(changed ? { edited } : {}),
      ...(holdsFor === undefined ? {} : { holdsFor }),
    });
  }

  /** What was written is given up with its button; a key closes only what holds nothing yet. */
  function editedKey(event: KeyboardEvent): void {
    if (isSubmit(event)) approve();
    else if (isEscape(event) && !changed) {
      edit.current?.focus();
      setEdited(null);
    }
  }

  function deny(): void {
    const said = reason.trim();
    void send({ type: 'deny', approvalId, ...(said === '' ? {} : { reason: said }) });
  }

  return (
    <div class="approval" role="group" aria-label={APPROVAL_NAMES[what]} tabIndex={-1} ref={card}>
      <p class="approval-title">
        <Icon name="shield" tone="attention" />
        {APPROVAL_QUESTIONS[what]}
      </p>
      {code === null && edited !== null ? (
        <EditedText text={edited} label={APPROVAL_PARTS[what]} change={setEdited} onKey={editedKey} />
      ) : (
        <ExactText text={command} label={APPROVAL_PARTS[what]} />
      )}
      {code !== null && (
        <>
          <p class="part-name">{l10n.t('Code that it runs')}</p>
          {edited === null ? (
            <ExactText text={code} label={l10n.t('Code')} />
          ) : (
            <EditedText text={edited} label={l10n.t('Code')} change={setEdited} onKey={editedKey} />
          )}
        </>
      )}
      {reasons.length > 0 && (
        <ul class="reasons" aria-label={l10n.t('Why it asks')}>
          {reasons.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      )}
      <div class="field-row">
        <button
          type="button"
          class={isNext ? 'primary' : 'secondary'}
          aria-disabled={busy}
          onClick={() => approve()}
        >
          {changed ? l10n.t('Approve as changed') : l10n.t('Approve')}
        </button>
        {mayHoldFor !== null && (
          <button type="button" class="secondary" aria-disabled={busy} onClick={() => approve(mayHoldFor)}>
            {APPROVE_ALL[mayHoldFor]}
          </button>
        )}
        {(what === 'command' || what === 'code') && (
          <button
            type="button"
            class="secondary"
            ref={edit}
            onClick={() => setEdited(edited === null ? original : null)}
          >
            {edited === null ? l10n.t('Edit') : changed ? l10n.t('Undo changes') : l10n.t('Close the editor')}
          </button>
        )}
        <button type="button" class="secondary" aria-disabled={busy} onClick={deny}>
          {l10n.t('Deny')}
        </button>
        <input
          type="text"
          aria-label={l10n.t('Reason for denying (optional)')}
          placeholder={l10n.t('Why not, or what instead (optional)')}
          value={reason}
          dir="auto"
          onInput={(event) => setReason(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.isComposing) deny();
          }}
        />
      </div>
      {problem !== null && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

interface EditedTextProps {
  readonly text: string;
  readonly label: string;
  readonly change: (text: string) => void;
  readonly onKey: (event: KeyboardEvent) => void;
}

function EditedText({ text, label, change, onKey }: EditedTextProps) {
  const field = useInitialFocus<HTMLTextAreaElement>();
  return (
    <>
      <textarea
        class="exact"
        aria-label={label}
        ref={field}
        dir="ltr"
        spellcheck={false}
        rows={Math.min(24, text.split('\n').length + 1)}
        value={text}
        onInput={(event) => change(event.currentTarget.value)}
        onKeyDown={onKey}
      />
      {hidesCharacters(text) && (
        <ExactText text={text} label={l10n.t('{0}, with what cannot be seen', label)} />
      )}
    </>
  );
}

import { useState } from 'preact/hooks';
import type { ApprovalState } from '../../src/core/agent/runState';
import { APPROVAL_NAMES, APPROVAL_PARTS, APPROVAL_QUESTIONS } from './approvalWords';
import { useCardFocus, useInitialFocus } from './focus';
import { ExactText, hidesCharacters } from './ExactText';
import { Icon } from './Icon';
import { usePending } from './panelContext';

/** What is about to run, exactly, in the place where it runs, with the reasons why it asks. */
export function ApprovalCard({ approval }: { readonly approval: ApprovalState }) {
  const { approvalId, what, command, code, reasons } = approval;
  const card = useCardFocus<HTMLDivElement>();
  const [edited, setEdited] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const { busy, problem, send } = usePending();

  function approve(): void {
    void send({ type: 'approve', approvalId, ...(edited === null ? {} : { edited }) });
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
        <EditedText text={edited} label={APPROVAL_PARTS[what]} change={setEdited} />
      ) : (
        <ExactText text={command} label={APPROVAL_PARTS[what]} />
      )}
      {code !== null && (
        <>
          <p class="part-name">Code that it runs</p>
          {edited === null ? (
            <ExactText text={code} label="Code" />
          ) : (
            <EditedText text={edited} label="Code" change={setEdited} />
          )}
        </>
      )}
      {reasons.length > 0 && (
        <ul class="reasons" aria-label="Why it asks">
          {reasons.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      )}
      <div class="field-row">
        <button type="button" class="primary" aria-disabled={busy} onClick={approve}>
          {edited === null ? 'Approve' : 'Approve as changed'}
        </button>
        {(what === 'command' || what === 'code') && (
          <button
            type="button"
            class="secondary"
            onClick={() => setEdited(edited === null ? (code ?? command) : null)}
          >
            {edited === null ? 'Edit' : 'Undo changes'}
          </button>
        )}
        <button type="button" class="secondary" aria-disabled={busy} onClick={deny}>
          Deny
        </button>
        <input
          type="text"
          aria-label="Reason for denying (optional)"
          placeholder="Why not, or what instead (optional)"
          value={reason}
          onInput={(event) => setReason(event.currentTarget.value)}
        />
      </div>
      {problem !== null && <p class="problem">{problem}</p>}
    </div>
  );
}

interface EditedTextProps {
  readonly text: string;
  readonly label: string;
  readonly change: (text: string) => void;
}

function EditedText({ text, label, change }: EditedTextProps) {
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
      />
      {hidesCharacters(text) && <ExactText text={text} label={`${label}, with what cannot be seen`} />}
    </>
  );
}

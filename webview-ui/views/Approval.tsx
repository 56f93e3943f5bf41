import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ApprovalState } from '../../src/core/agent/runState';
import { APPROVAL_NAMES, APPROVAL_PARTS, APPROVAL_QUESTIONS } from './approvalWords';
import { ExactText } from './ExactText';
import { Icon } from './Icon';
import { usePending } from './panelContext';

/** What is about to run, exactly, in the place where it runs, with the reasons why it asks. */
export function ApprovalCard({ approval }: { readonly approval: ApprovalState }) {
  const { approvalId, what, command, code, reasons } = approval;
  const card = useApprovalFocus();
  const [reason, setReason] = useState('');
  const { busy, problem, send } = usePending();

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
      <ExactText text={command} label={APPROVAL_PARTS[what]} />
      {code !== null && (
        <>
          <p class="part-name">Code that it runs</p>
          <ExactText text={code} label="Code" />
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
        <button
          type="button"
          class="primary"
          aria-disabled={busy}
          onClick={() => void send({ type: 'approve', approvalId })}
        >
          Approve
        </button>
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

/**
 * Takes the focus to the card and not to a button (a key that was meant for something else must not approve), and only
 * from where nothing is being done. When the card goes, the focus it held goes to the next one or to the plan.
 */
function useApprovalFocus() {
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const idle = document.activeElement === null || document.activeElement === document.body;
    // Somebody who is at work in the editor keeps the keyboard.
    if (idle && document.hasFocus()) card.current?.focus();
  }, []);
  useLayoutEffect(() => {
    const own = card.current;
    return () => {
      if (!own?.contains(document.activeElement)) return;
      const plan = own.closest('section');
      queueMicrotask(() => {
        const next = plan?.querySelector('.approval') ?? plan;
        if (next instanceof HTMLElement) next.focus({ preventScroll: next === plan });
      });
    };
  }, []);
  return card;
}

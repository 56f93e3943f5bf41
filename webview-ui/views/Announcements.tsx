import { phaseOf } from '../phase';
import type { PanelState } from '../state';
import { APPROVAL_QUESTIONS } from './approvalWords';

const MAX_SPOKEN_COMMAND = 200;

/** For screen readers: a phase when it changes, politely; what waits for an approval at once. */
export function Announcements({ panel }: { readonly panel: PanelState }) {
  const pending = panel.live ? panel.run.approvals.filter(({ decision }) => decision === 'pending') : [];
  const { error } = panel.run;
  return (
    <div class="visually-hidden">
      <div aria-live="polite" role="status">
        {phaseOf(panel).words}
        {error && `: ${error.message}`}
      </div>
      <div aria-live="assertive">
        {pending.map(({ approvalId, what, command }) => (
          <p key={approvalId}>
            Approval needed: {APPROVAL_QUESTIONS[what]} {command.slice(0, MAX_SPOKEN_COMMAND)}
          </p>
        ))}
        {panel.live && panel.run.review && <p>A plan waits for your review.</p>}
      </div>
    </div>
  );
}

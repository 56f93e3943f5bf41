import * as l10n from '@vscode/l10n';
import { useEffect, useRef, useState } from 'preact/hooks';
import { news, standing, type Heard } from '../announcements';
import type { PanelState } from '../state';
import { APPROVAL_QUESTIONS } from './approvalWords';

const MAX_SPOKEN_COMMAND = 200;
/** What happens in between is said together. */
const PAUSE_MS = 4_000;

/** For screen readers: what was reached, politely and not often; what waits for the person at once, and once. */
export function Announcements({ panel }: { readonly panel: PanelState }) {
  const said = useSpoken(panel);
  const pending = panel.live ? panel.run.approvals.filter(({ decision }) => decision === 'pending') : [];
  return (
    <div class="visually-hidden">
      <div role="status">{said}</div>
      <div aria-live="assertive">
        {pending.map(({ approvalId, what, command }) => (
          <p key={approvalId}>
            {l10n.t(
              'Approval needed: {0} {1}',
              APPROVAL_QUESTIONS[what],
              command.slice(0, MAX_SPOKEN_COMMAND),
            )}
          </p>
        ))}
        {panel.live && panel.run.review && <p>{l10n.t('A plan waits for your review.')}</p>}
      </div>
    </div>
  );
}

function useSpoken(panel: PanelState): string {
  const latest = useRef(panel);
  latest.current = panel;
  const heard = useRef<Heard | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const [said, say] = useState('');

  function speak(): void {
    timer.current = undefined;
    const words = news(heard.current, latest.current);
    if (words === '') return;
    heard.current = standing(latest.current);
    say(words);
    timer.current = setTimeout(speak, PAUSE_MS);
  }

  useEffect(() => {
    timer.current ??= setTimeout(speak, 0);
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  return said;
}

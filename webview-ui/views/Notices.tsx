import * as l10n from '@vscode/l10n';
import { useRef } from 'preact/hooks';
import type { RunState } from '../../src/core/agent/runState';
import { formatElapsed } from '../format';
import { isEscape } from './focus';
import { Icon } from './Icon';
import { useNow, usePanel } from './panelContext';

/** What the person should know about this run, each thing once, and the wait for a model that is busy. */
export function Notices({ run }: { readonly run: RunState }) {
  const messages = [...new Set(run.notices.map(({ message }) => message))];
  if (messages.length === 0 && !run.waiting) return null;
  return (
    <ul class="notices" aria-label={l10n.t('Notices')}>
      {messages.map((message) => (
        <li key={message}>
          <Icon name="info" tone="busy" /> <span>{message}</span>
        </li>
      ))}
      {run.waiting && <Countdown {...run.waiting} />}
    </ul>
  );
}

function Countdown({ until, reason }: { readonly until: number; readonly reason: string }) {
  const now = useNow(true);
  return (
    <li>
      <Icon name="watch" tone="attention" />
      <span>
        {reason}{' '}
        {until > now ? l10n.t('Next try in {0}.', formatElapsed(until - now + 999)) : l10n.t('Trying again…')}
      </span>
    </li>
  );
}

/** What the last click could not do. */
export function Problem({ message }: { readonly message: string | null }) {
  const { dismiss } = usePanel();
  const from = useRef<EventTarget | null>(null);

  function close(): void {
    if (from.current instanceof HTMLElement) from.current.focus({ preventScroll: true });
    dismiss();
  }

  return (
    <div
      class="toast-place"
      role="alert"
      onFocusIn={({ relatedTarget }) => (from.current = relatedTarget)}
      onKeyDown={(event) => {
        if (isEscape(event)) close();
      }}
    >
      {message !== null && (
        <p class="toast">
          <Icon name="error" tone="bad" /> <span>{message}</span>
          <button type="button" class="quiet icon-only" aria-label={l10n.t('Dismiss')} onClick={close}>
            <Icon name="close" />
          </button>
        </p>
      )}
    </div>
  );
}

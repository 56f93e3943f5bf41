import * as l10n from '@vscode/l10n';
import { usePending } from './panelContext';

/** The way back to a command that its call left running. */
export function BackgroundCommand({ callId }: { readonly callId: string }) {
  const { send, problem } = usePending();
  return (
    <>
      <p class="actions">
        <button type="button" class="secondary" onClick={() => void send({ type: 'showCommand', callId })}>
          {l10n.t('Show terminal')}
        </button>{' '}
        <button type="button" class="secondary" onClick={() => void send({ type: 'stopCommand', callId })}>
          {l10n.t('Stop command')}
        </button>
      </p>
      {problem !== null && <p class="problem">{problem}</p>}
    </>
  );
}

import * as l10n from '@vscode/l10n';
import { Component } from 'preact';
import { useState } from 'preact/hooks';
import type { CallState, RunState } from '../../src/core/agent/runState';
import { formatDuration } from '../format';
import { summarise, toolIcon } from '../toolWords';
import { nextApproval } from '../state';
import { ApprovalCard } from './Approval';
import { BackgroundCommand } from './BackgroundCommand';
import { CallDetails } from './CallDetails';
import { Files } from './Files';
import { Icon } from './Icon';

interface Props {
  readonly call: CallState;
  readonly run: RunState;
  readonly underWay: boolean;
}

const ENDINGS: Readonly<Record<CallState['status'], string>> = {
  running: l10n.t('running'),
  waiting: l10n.t('waiting for approval'),
  ok: '',
  failed: l10n.t('failed'),
  interrupted: l10n.t('interrupted'),
};

const BACKGROUND: Readonly<Record<NonNullable<CallState['background']>, string>> = {
  running: l10n.t('in the background'),
  exit: l10n.t('ended in the background'),
  cancelled: l10n.t('stopped in the background'),
  closed: l10n.t('ended with its terminal'),
  lost: l10n.t('ended with its window'),
};

/** One line a call; what is asked of the person stands open below it, the rest opens with a click. */
export function Call({ call, run, underWay }: Props) {
  const approvals = run.approvals.filter(({ callId }) => callId === call.callId);
  const pending = underWay ? approvals.find(({ decision }) => decision === 'pending') : undefined;
  const denied = approvals.some(({ decision }) => decision === 'denied');
  const [chosen, choose] = useState<boolean | null>(null);
  // Live output shows by itself until the person decides otherwise.
  const open = chosen ?? (call.status === 'running' && call.output !== '');
  return (
    <li class={`call call-${call.status}`}>
      <details open={open}>
        <summary
          onClick={(event) => {
            event.preventDefault();
            choose(!open);
          }}
        >
          <CallLine call={call} denied={denied} />
        </summary>
        {open && <CallDetails call={call} evidence={run.evidence} approvals={approvals} />}
      </details>
      {call.background === 'running' && <BackgroundCommand callId={call.callId} />}
      {call.files.length > 0 && <Files call={call} />}
      {pending && <ApprovalCard approval={pending} isNext={pending === nextApproval(run)} />}
    </li>
  );
}

interface LineProps {
  readonly call: CallState;
  readonly denied: boolean;
}

/**
 * A line that did not change is not compared again: there can be thousands. A class, and no `useMemo` of an element: an
 * element that Preact is given again holds the tree that it first stood in, with all rows that were there then.
 */
class CallLine extends Component<LineProps> {
  override shouldComponentUpdate({ call, denied }: LineProps): boolean {
    return call !== this.props.call || denied !== this.props.denied;
  }

  override render({ call, denied }: LineProps) {
    const ending = denied ? l10n.t('denied') : ENDINGS[call.status];
    return (
      <span class="call-line">
        <Icon name="chevron-right" tone="quiet" />
        <StatusIcon call={call} />
        <code class="tool">{call.tool}</code>
        <span class="arguments">{summarise(call.arguments)}</span>
        {call.preview !== '' && call.background === null && <span class="preview">{call.preview}</span>}
        <span class="ending">
          {[
            call.repeated && l10n.t('repeated'),
            call.waived !== null && l10n.t('not asked'),
            call.background !== null && BACKGROUND[call.background],
            ending,
            call.durationMs !== null && call.durationMs > 0 && formatDuration(call.durationMs),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </span>
    );
  }
}

function StatusIcon({ call }: { readonly call: CallState }) {
  switch (call.status) {
    case 'running':
      return <Icon name="loading" tone="busy" />;
    case 'waiting':
      return <Icon name="shield" tone="attention" />;
    case 'failed':
      return <Icon name="error" tone="bad" />;
    case 'interrupted':
      return <Icon name="debug-disconnect" tone="attention" />;
    case 'ok':
      if (call.background === 'running') return <Icon name="loading" tone="busy" />;
      return <Icon name={toolIcon(call.tool)} tone="quiet" />;
  }
}

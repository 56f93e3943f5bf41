import * as l10n from '@vscode/l10n';
import { Fragment } from 'preact';
import type { ApprovalState, CallState, RunState } from '../../src/core/agent/runState';
import { formatDuration } from '../format';
import { counted } from '../language';
import { shortPlace } from '../source';
import { formatArguments } from '../toolWords';
import { APPROVED_ALL } from './approvalWords';
import { ExactText } from './ExactText';
import { Icon } from './Icon';
import { Limited } from './Limited';
import { usePanel } from './panelContext';

const EVIDENCE_SHOWN = 10;

const COMMANDS: Readonly<Record<ApprovalState['decision'], string>> = {
  pending: l10n.t('Command, pending'),
  approved: l10n.t('Command, approved'),
  denied: l10n.t('Command, denied'),
  withdrawn: l10n.t('Command, withdrawn'),
};

const morePieces = (count: number) => counted(count, l10n.t('{0} more piece'), l10n.t('{0} more pieces'));

interface Props {
  readonly call: CallState;
  readonly evidence: RunState['evidence'];
  readonly approvals: readonly ApprovalState[];
}

export function CallDetails({ call, evidence, approvals }: Props) {
  const { attempt } = usePanel();
  const { artifact } = call;
  const args = formatArguments(call.arguments);
  const facts = factsOf(call);
  return (
    <div class="call-details">
      <Part name={l10n.t('Arguments')} text={args} />
      {approvals.map(({ approvalId, command, code, decision, edited, holdsFor }) => (
        <Fragment key={approvalId}>
          <Part
            name={holdsFor === null ? COMMANDS[decision] : APPROVED_ALL[holdsFor]}
            text={code === null ? (edited ?? command) : command}
          />
          {/* As it was asked for, it stands among the arguments. */}
          {code !== null && (edited !== null || !args.includes(code)) && (
            <Part
              name={edited === null ? l10n.t('Code') : l10n.t('Code, changed by you')}
              text={edited ?? code}
            />
          )}
        </Fragment>
      ))}
      {call.waived !== null && <Part name={l10n.t('Ran without asking')} text={call.waived.join('\n')} />}
      {call.output !== '' && <Part name={l10n.t('Latest output')} text={call.output} />}
      {call.preview !== '' && <Part name={l10n.t('Result')} text={call.preview} />}
      {facts.length > 0 && <p class="facts">{facts.join(' · ')}</p>}
      {call.evidence.length > 0 && (
        <ul class="evidence" aria-label={l10n.t('Evidence')}>
          <Limited items={call.evidence} step={EVIDENCE_SHOWN} from="start" rest={morePieces}>
            {(id) => <EvidenceRow key={id} id={id} found={evidence[id]} />}
          </Limited>
        </ul>
      )}
      {artifact !== null && (
        <button
          type="button"
          class="link"
          onClick={() => void attempt({ type: 'openArtifact', callId: call.callId })}
        >
          <Icon name="output" /> {l10n.t('Open the full output')}
        </button>
      )}
    </div>
  );
}

function factsOf({ durationMs, exitCode }: CallState): string[] {
  return [
    ...(durationMs === null ? [] : [l10n.t('took {0}', formatDuration(durationMs))]),
    // Null: the shell did not say, which is not success.
    ...(exitCode === undefined
      ? []
      : [exitCode === null ? l10n.t('exit code unknown') : l10n.t('exit code {0}', exitCode)]),
  ];
}

function Part({ name, text }: { readonly name: string; readonly text: string }) {
  return (
    <div class="part">
      <p class="part-name">{name}</p>
      <ExactText text={text} label={name} />
    </div>
  );
}

type Found = RunState['evidence'][string] | undefined;

function EvidenceRow({ id, found }: { readonly id: string; readonly found: Found }) {
  const { attempt } = usePanel();
  if (!found) return null;
  return (
    <li>
      <span class="evidence-id">{id}</span>
      <button
        type="button"
        class="link"
        title={found.title}
        onClick={() => void attempt({ type: 'openEvidence', evidenceId: id })}
      >
        {shortPlace(found)}
      </button>
      <span class="excerpt">{found.text.slice(0, 200)}</span>
    </li>
  );
}

import * as l10n from '@vscode/l10n';
import type { RunState } from '../../src/core/agent/runState';
import { offeredSentence } from '../citationWords';
import { Icon } from './Icon';
import { Markdown } from './Markdown';
import { usePending } from './panelContext';

interface Props {
  readonly reuse: NonNullable<RunState['reuse']>;
  readonly underWay: boolean;
}

/** The same question was answered and accepted before: while the run works, that answer can be taken as it stands. */
export function Reuse({ reuse, underWay }: Props) {
  const { busy, problem, send } = usePending();
  if (reuse.taken) {
    return (
      <p class="banner banner-good">
        <Icon name="history" tone="good" />
        <span>
          {l10n.t('The answer that you accepted before was reused.')} {offeredSentence(reuse.sources)}
        </span>
      </p>
    );
  }
  return (
    <div class="banner banner-info" role="group" aria-label={l10n.t('Reuse an accepted answer')}>
      <Icon name="history" tone="busy" />
      <div class="banner-body">
        <p>
          <strong>
            {underWay
              ? l10n.t('You accepted an answer to this question before. Reuse it?')
              : l10n.t('You accepted an answer to this question before.')}
          </strong>
        </p>
        <p>{offeredSentence(reuse.sources)}</p>
        <details class="earlier">
          <summary>{l10n.t('Show that answer')}</summary>
          <Markdown text={reuse.answer} />
        </details>
        {problem !== null && <p class="problem">{problem}</p>}
      </div>
      {underWay && (
        <button
          type="button"
          class="primary"
          aria-disabled={busy}
          onClick={() => void send({ type: 'reuse', caseId: reuse.caseId })}
        >
          {l10n.t('Reuse answer')}
        </button>
      )}
    </div>
  );
}

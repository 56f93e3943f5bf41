import { offeredWords } from '../../src/core/agent/citationWords';
import type { RunState } from '../../src/core/agent/runState';
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
        <span>The answer that you accepted before was reused. {sourcesInWords(reuse.sources)}</span>
      </p>
    );
  }
  return (
    <div class="banner banner-info" role="group" aria-label="Reuse an accepted answer">
      <Icon name="history" tone="busy" />
      <div class="banner-body">
        <p>
          <strong>You accepted an answer to this question before.{underWay && ' Reuse it?'}</strong>
        </p>
        <p>{sourcesInWords(reuse.sources)}</p>
        <details class="earlier">
          <summary>Show that answer</summary>
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
          Reuse answer
        </button>
      )}
    </div>
  );
}

function sourcesInWords(sources: Props['reuse']['sources']): string {
  const words = offeredWords(sources);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

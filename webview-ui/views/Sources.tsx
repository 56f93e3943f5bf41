import type { Citation } from '../../src/core/agent/events';
import { shortPlace, VERDICTS } from '../source';
import { Icon } from './Icon';
import { Limited } from './Limited';
import { usePanel } from './panelContext';

const SOURCES_SHOWN = 20;

export function Sources({ citations }: { readonly citations: readonly Citation[] }) {
  return (
    <div class="sources">
      <h3 id="sources">Sources</h3>
      <ul aria-labelledby="sources">
        <Limited items={citations} step={SOURCES_SHOWN} from="start" noun="source">
          {(citation) => <Source key={citation.n} citation={citation} />}
        </Limited>
      </ul>
    </div>
  );
}

function Source({ citation }: { readonly citation: Citation }) {
  const { attempt } = usePanel();
  const { n, evidence, title, quote, verdict } = citation;
  const { words, icon } = VERDICTS[verdict];
  return (
    <li>
      <span class="source-number">{n}</span>
      <div class="source-body">
        <p class="source-line">
          <button
            type="button"
            class="link"
            title={title}
            onClick={() => void attempt({ type: 'openEvidence', evidenceId: evidence })}
          >
            {shortPlace(citation)}
          </button>
          <span class="verdict">
            <Icon name={icon} tone={verdict === 'unverified' ? 'attention' : 'good'} /> {words}
          </span>
        </p>
        {quote !== '' && <blockquote class="quote">{quote}</blockquote>}
      </div>
    </li>
  );
}

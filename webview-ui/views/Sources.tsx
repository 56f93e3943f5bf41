import * as l10n from '@vscode/l10n';
import { findingsOf, isByModel, readDay } from '../../src/core/agent/citationWords';
import type { Citation, MarkCheck } from '../../src/core/agent/events';
import { checkWords, FINDING_WORDS } from '../citationWords';
import { counted } from '../language';
import { FINDINGS, shortPlace } from '../source';
import { Icon } from './Icon';
import { Limited } from './Limited';
import { usePanel } from './panelContext';
import { withElements } from './withElements';

const SOURCES_SHOWN = 20;

const moreSources = (count: number) => counted(count, l10n.t('{0} more source'), l10n.t('{0} more sources'));

export function Sources({ citations }: { readonly citations: readonly Citation[] }) {
  return (
    <div class="sources">
      <h3 id="sources">{l10n.t('Sources')}</h3>
      <ul aria-labelledby="sources">
        <Limited items={citations} step={SOURCES_SHOWN} from="start" rest={moreSources}>
          {(citation) => <Source key={citation.n} citation={citation} />}
        </Limited>
      </ul>
    </div>
  );
}

function Source({ citation }: { readonly citation: Citation }) {
  const { attempt } = usePanel();
  const { n, evidence, title, quote } = citation;
  const day = readDay(citation);
  return (
    <li>
      <span class="source-number">{n}</span>
      <div class="source-body">
        <p class="source-line">
          <button
            type="button"
            class="link"
            title={title}
            onClick={() =>
              void attempt({ type: 'openEvidence', evidenceId: evidence, mark: placeOf(citation) })
            }
          >
            {shortPlace(citation)}
          </button>
          <Findings checked={citation} />
          {day !== '' && (
            <span class="read-day">
              {withElements(l10n.t('read {0}'), <time dateTime={day}>{day}</time>)}
            </span>
          )}
        </p>
        {quote !== '' && (
          <blockquote class="quote" dir="auto">
            {quote}
          </blockquote>
        )}
        <Claims citation={citation} />
      </div>
    </li>
  );
}

/** The mark whose passage is shown: the first that has one. Undefined where there is none. */
function placeOf({ marks }: Citation): number | undefined {
  const index = marks?.findIndex(({ passage }) => passage !== '') ?? -1;
  return index < 0 ? undefined : index;
}

function Findings({ checked }: { readonly checked: Citation | MarkCheck }) {
  const title = isByModel(checked) ? l10n.t('The model that wrote the answer says so') : undefined;
  return (
    <>
      {findingsOf(checked).map((finding) => (
        <span class="verdict" key={finding} title={title}>
          <Icon name={FINDINGS[finding].icon} tone={FINDINGS[finding].tone} /> {FINDING_WORDS[finding]}
        </span>
      ))}
    </>
  );
}

/** Where a source is cited for several claims and not all of them hold alike, each with what was found. */
function Claims({ citation }: { readonly citation: Citation }) {
  const marks = citation.marks ?? [];
  if (new Set(marks.map(checkWords)).size < 2) return null;
  return (
    <ul class="claims" aria-label={l10n.t('Claims that cite source {0}', citation.n)}>
      {marks.map((mark, index) => (
        <li key={index}>
          <span class="claim-text" dir="auto">
            {mark.text}
          </span>{' '}
          <Findings checked={mark} />
        </li>
      ))}
    </ul>
  );
}

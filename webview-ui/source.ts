/** Where a piece of evidence stands and how well a citation of it was checked, in words. */
import * as l10n from '@vscode/l10n';
import type { CitationFinding } from '../src/core/agent/citationWords';
import type { Citation } from '../src/core/agent/events';
import { formatLocator, type Locator } from '../src/core/common/locator';
import type { IconName, IconTone } from './views/Icon';

export type Place = Pick<Citation, 'source' | 'locator'>;

/** `notes/a.md:3-5`, as an editor writes it; `report.pdf, page 3`. */
export function shortPlace({ source, locator }: Place): string {
  if (locator.kind === 'lines' && !isWebAddress(source)) {
    const { start, end } = locator;
    return `${source}:${start === end ? start : `${start}-${end}`}`;
  }
  const place = placeWords(locator);
  return place === '' ? source : l10n.t('{0}, {1}', source, place);
}

/** `notes/a.md lines 3-5`, as it is read aloud. */
export function spokenPlace({ source, locator }: Place): string {
  if (locator.kind === 'output') return l10n.t('output of {0}', source);
  return `${source} ${placeWords(locator)}`.trim();
}

/** `page 3`, `lines 3-5`; empty where there is nothing more to say than the source. */
function placeWords(locator: Locator): string {
  switch (locator.kind) {
    case 'lines':
      return span(locator, l10n.t('line {0}'), l10n.t('lines {0}-{1}'));
    case 'pages':
      return span(locator, l10n.t('page {0}'), l10n.t('pages {0}-{1}'));
    case 'slides':
      return span(locator, l10n.t('slide {0}'), l10n.t('slides {0}-{1}'));
    case 'cells':
      return span(locator, l10n.t('cell {0}'), l10n.t('cells {0}-{1}'));
    case 'entry': {
      const at = placeWords(locator.at);
      return at === '' ? locator.path : l10n.t('{0}, {1}', locator.path, at);
    }
    default:
      return formatLocator(locator);
  }
}

const span = (
  { start, end }: { readonly start: number; readonly end: number },
  one: string,
  many: string,
): string => (start === end ? one : many).replace('{0}', String(start)).replace('{1}', String(end));

const isWebAddress = (source: string): boolean => /^https?:/i.test(source);

/** How each finding looks. */
export const FINDINGS: Readonly<
  Record<CitationFinding, { readonly icon: IconName; readonly tone: IconTone }>
> = {
  contradicted: { icon: 'error', tone: 'bad' },
  quoteFound: { icon: 'verified', tone: 'good' },
  supported: { icon: 'pass', tone: 'good' },
  unverified: { icon: 'unverified', tone: 'attention' },
};

/** Where a piece of evidence stands and how well a citation of it was checked, in words. */
import type { CitationFinding } from '../src/core/agent/citationWords';
import type { Citation } from '../src/core/agent/events';
import { formatLocator } from '../src/core/common/locator';
import type { IconName, IconTone } from './views/Icon';

export type Place = Pick<Citation, 'source' | 'locator'>;

/** `notes/a.md:3-5`, as an editor writes it; `report.pdf, page 3`. */
export function shortPlace({ source, locator }: Place): string {
  if (locator.kind === 'lines' && !isWebAddress(source)) {
    const { start, end } = locator;
    return `${source}:${start === end ? start : `${start}-${end}`}`;
  }
  const place = formatLocator(locator);
  return place === '' ? source : `${source}, ${place}`;
}

/** `notes/a.md lines 3-5`, as it is read aloud. */
export function spokenPlace({ source, locator }: Place): string {
  if (locator.kind === 'output') return `output of ${source}`;
  return `${source} ${formatLocator(locator)}`.trim();
}

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

/** Addresses that lead to the very place in a source: `#:~:text=` of a web page, `#page=` of a PDF. */
import { parseUrl } from '../common/url';
import { formatLocator, type Locator } from '../common/locator';
import { formatSource, isWebAddress } from '../tools/evidence';
import type { Citation } from './events';
import { textDirective } from './textFragment';

/** A quotation, and the text that it stands in as far as it is known: what makes it unique there. */
export interface Passage {
  readonly passage: string;
  readonly context: string;
}

/** The address with a fragment for the place; undefined for what is no http(s) address. */
export function webAddress(
  source: string,
  locator: Locator,
  { passage, context }: Passage,
): string | undefined {
  const url = isWebAddress(source) ? parseUrl(source) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') return undefined;
  // RFC 8118, section 3: open parameters of a PDF.
  if (locator.kind === 'pages') return fragmented(url, `page=${locator.start}`);
  const directive = passage === '' ? undefined : textDirective(passage, context);
  if (directive === undefined) return url.href;
  // A fragment of its own stays before the directive (WICG, Text Fragments, section 3.3).
  const own = url.hash.replace(/^#/, '').replace(/:~:.*$/, '');
  return fragmented(url, `${own}:~:text=${directive}`);
}

function fragmented(url: URL, fragment: string): string {
  const plain = new URL(url);
  plain.hash = '';
  return `${plain.href.replace(/#$/, '')}#${fragment}`;
}

/** A source as it is printed: `notes/a.md:12-15`, `report.pdf, page 3`, or the address of the place. */
export function printedSource(citation: Citation): string {
  const { source, title, locator } = citation;
  if (source === '') return title;
  const address = citedAddress(citation);
  const place = formatLocator(locator);
  if (address === undefined) return formatSource(source, locator);
  return place === '' ? address : `${address} (${place})`;
}

/** The address of the place that is cited; undefined for what is no http(s) address. */
export function citedAddress({ source, locator, marks, verdict, quote }: Citation): string | undefined {
  const passage =
    marks?.find((mark) => mark.passage !== '')?.passage ?? (verdict === 'unverified' ? '' : quote);
  return webAddress(source, locator, { passage, context: passage });
}

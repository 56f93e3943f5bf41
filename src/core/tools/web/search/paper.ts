/** Papers as archives and indexes describe them, brought into one form. */
import { normalizeAddress } from './webAddress';
import { cleanText, shortened } from './plainText';
import { publishedDate } from './publishedDate';
import type { PaperProviderName, SearchResult } from './searchResult';

/** An abstract is shown whole as long as it is one, characters. */
const LONGEST_ABSTRACT = 4_000;
/** Collaborations have thousands. */
const MOST_AUTHORS = 100;

export interface PaperItem {
  readonly title: string;
  readonly abstract: string;
  readonly authors: readonly string[];
  /** A date or a year; '' where unknown. */
  readonly published: string;
  readonly year?: number | undefined;
  readonly venue: string;
  /** With or without a resolver before it. */
  readonly doi: string;
  /** With or without a version, an address or `arXiv:` before it. */
  readonly arxivId: string;
  readonly pdfUrl: string;
  /** Where the provider itself shows the paper, for one that has no identifier. */
  readonly page: string;
  readonly citations?: number | undefined;
}

/** Undefined for an item with no title or no address. */
export function paperResult(provider: PaperProviderName, item: PaperItem): SearchResult | undefined {
  const title = shortened(cleanText(item.title), 500);
  const arxivId = readArxivId(item.arxivId) ?? arxivIdOfDoi(item.doi);
  const doi = readDoi(item.doi) ?? '';
  const url = normalizeAddress(pageOf(doi, arxivId) ?? item.page);
  if (title === '' || url === undefined) return undefined;
  const published = publishedDate(item.published);
  const year = item.year ?? (published === undefined ? undefined : Number(published.slice(0, 4)));
  const venue = shortened(cleanText(item.venue), 200);
  const pdfUrl = normalizeAddress(item.pdfUrl);
  return {
    title,
    url,
    snippet: shortened(cleanText(item.abstract), LONGEST_ABSTRACT),
    ...(published === undefined ? {} : { published }),
    providers: [provider],
    paper: {
      authors: item.authors
        .slice(0, MOST_AUTHORS)
        .map(cleanText)
        .filter((name) => name !== ''),
      ...(isYear(year) ? { year } : {}),
      ...(venue === '' ? {} : { venue }),
      ...(doi === '' ? {} : { doi }),
      ...(arxivId === undefined ? {} : { arxivId }),
      ...(pdfUrl === undefined ? {} : { pdfUrl }),
      ...(item.citations === undefined ? {} : { citations: item.citations }),
    },
  };
}

/** arXiv's page is open to all; a DOI leads to the publisher's. */
export function pageOf(doi: string, arxivId: string | undefined): string | undefined {
  if (arxivId !== undefined) return `https://arxiv.org/abs/${arxivId}`;
  return doi === '' ? undefined : `https://doi.org/${encodeURI(doi).replace(/[?#]/g, encodeURIComponent)}`;
}

const isYear = (year: number | undefined): year is number =>
  year !== undefined && Number.isInteger(year) && year >= 1000 && year <= 9999;

/** Handbook of the DOI, §2.2: `10.` registrant `/` suffix, case-insensitive. */
const DOI = /^10\.\d{4,9}(?:\.\d+)*\/\S+$/;

export function readDoi(text: string): string | undefined {
  const doi = text
    .trim()
    .replace(/^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s*)/i, '')
    .toLowerCase();
  return DOI.test(doi) ? doi : undefined;
}

/** https://info.arxiv.org/help/arxiv_identifier.html: `2310.06825v2`, before April 2007 `hep-th/9901001`. */
const ARXIV_ID = /^(\d{4}\.\d{4,5}|[a-z]+(?:-[a-z]+)*(?:\.[a-z]{2})?\/\d{7})(?:v\d+)?$/i;

export function readArxivId(text: string): string | undefined {
  const id = text
    .trim()
    .replace(/^(?:https?:\/\/(?:www\.|export\.)?arxiv\.org\/(?:abs|pdf|html)\/|arxiv:\s*)/i, '')
    .replace(/\.pdf$/i, '');
  return ARXIV_ID.exec(id)?.[1];
}

/** Since 2022 arXiv gives its papers DOIs that hold their identifiers. */
const arxivIdOfDoi = (doi: string): string | undefined =>
  readArxivId(readDoi(doi)?.match(/^10\.48550\/arxiv\.(.+)$/)?.[1] ?? '');

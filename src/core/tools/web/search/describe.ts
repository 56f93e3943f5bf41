/** Results in words, for the model and for the person who watches. */
import { count } from '../../../common/count';
import type { Problem } from './searchConfig';
import { PROVIDER_LABELS, type PaperFacts, type SearchResult } from './searchResult';
import type { Answered, Outcome } from './searches';

/** Authors that are named one by one. */
const NAMED_AUTHORS = 8;

/** The text of a result's evidence, exactly as the model reads it. */
export function evidenceText({ paper, snippet, title }: SearchResult): string {
  if (!paper) return snippet || title;
  return [paperFacts(paper), snippet].filter((part) => part !== '').join('\n') || title;
}

/** `Ada Lovelace, Charles Babbage (1843). Taylor's Scientific Memoirs. Cited by 12. doi:10.1000/xyz123. PDF: https://…` */
function paperFacts({ authors, year, venue, citations, doi, arxivId, pdfUrl }: PaperFacts): string {
  const named = authors.slice(0, NAMED_AUTHORS).join(', ');
  const others = authors.length > NAMED_AUTHORS ? ` and ${authors.length - NAMED_AUTHORS} others` : '';
  const head = [named + others, year === undefined ? '' : `(${year})`]
    .filter((part) => part !== '')
    .join(' ');
  return [
    head,
    venue,
    citations === undefined ? undefined : `Cited by ${citations}`,
    doi === undefined ? undefined : `doi:${doi}`,
    arxivId === undefined ? undefined : `arXiv:${arxivId}`,
    pdfUrl === undefined ? undefined : `PDF: ${pdfUrl}`,
  ]
    .filter((part) => part !== undefined && part !== '')
    .join('. ');
}

/** `Brave Search`, `Wikipedia (from the cache, searched on 2026-03-01 10:42 UTC)`. */
export const answeredBy = (answered: readonly Answered[]): string =>
  answered
    .map(({ name, at, cached }) =>
      cached ? `${PROVIDER_LABELS[name]} (from the cache, searched on ${minute(at)})` : PROVIDER_LABELS[name],
    )
    .join(', ');

const minute = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** `Tavily refused the key (401): set another one.`, a line each. */
export const problemLines = (problems: readonly Problem[]): string =>
  problems.map(({ name, why }) => `${PROVIDER_LABELS[name]} ${why}.`).join('\n');

/** What stands above the results. */
export function heading(query: string, { results, answered, failed }: Outcome): string {
  const head = `${count(results.length, 'result')} for “${query}” from ${answeredBy(answered)}.`;
  return failed.length === 0 ? head : `${head}\n${problemLines(failed)}`;
}

export const nothingFound = (query: string, { answered, failed }: Outcome, advice: string): string =>
  [
    `No result for “${query}” from ${answeredBy(answered)}. ${advice}`,
    ...(failed.length === 0 ? [] : [problemLines(failed)]),
  ].join('\n');

/** Nobody answered: the model must not take that for an empty web. */
export const nobodyAnswered = (query: string, { failed }: Outcome): string =>
  `Nothing was searched: no search provider could be reached for “${query}”. Tried:\n${problemLines(failed)}\n` +
  'This says nothing about whether there are results. Say that the search failed, and do not make up sources.';

/** Semantic Scholar: https://api.semanticscholar.org/api-docs/graph#tag/Paper-Data/operation/get_graph_paper_relevance_search. */
import * as z from 'zod';
import { failed, ok } from '../../../../common/result';
import { paperResult, readArxivId, readDoi } from '../paper';
import { textOfMarkup } from '../plainText';
import { endpointUrl, readResults, text, wholeNumber, type Provider } from '../provider';
import { serverSentence } from '../refusal';
import type { HostOptions } from '../searchConfig';

const FIELDS =
  'title,abstract,authors,year,publicationDate,venue,journal,externalIds,openAccessPdf,url,citationCount';

const named = z.object({ name: text }).catch({ name: '' });
const item = z.object({
  title: z.string(),
  url: text,
  abstract: text,
  authors: z.array(named).catch([]),
  year: wholeNumber,
  publicationDate: text,
  venue: text,
  journal: named,
  externalIds: z.object({ DOI: text, ArXiv: text }).catch({ DOI: '', ArXiv: '' }),
  openAccessPdf: z.object({ url: text }).catch({ url: '' }),
  citationCount: wholeNumber,
});
/** `data` is left out where nothing was found. */
const replySchema = z.object({ total: wholeNumber, data: z.unknown().optional() });

export interface SemanticScholarOptions extends HostOptions {
  /** Without one it answers 429 whenever it is busy, which is often. */
  readonly key?: string | undefined;
}

export function semanticScholar({ base, namedBy, key }: SemanticScholarOptions): Provider {
  return {
    name: 'semanticScholar',
    endpoint: base,
    namedBy,
    // One request a second, for those with a key too.
    pace: { everyMs: 1_100, atOnce: 1 },
    timeoutMs: 15_000,
    secrets: key === undefined ? [] : [key],
    refusal: ({ status }) =>
      status === 403 && key !== undefined
        ? failed('unauthorized', 'refused the key (403): set another one, or none').fault
        : undefined,
    async search({ text: query, count }, ask) {
      const id = identifier(query);
      const url = endpointUrl(base, id === undefined ? 'paper/search' : `paper/${id}`);
      url.search = new URLSearchParams({
        // A hyphen finds nothing, says its documentation.
        ...(id === undefined ? { query: query.replaceAll('-', ' '), limit: String(count), offset: '0' } : {}),
        fields: FIELDS,
      }).toString();
      const headers =
        key === undefined ? {} : { headers: { 'x-api-key': key }, secretHeaders: ['x-api-key'] };
      const reply = await ask({ url, ...headers });
      if (!reply.ok) {
        // Of a paper that it does not have.
        return id !== undefined && reply.fault.code === 'not-found' ? ok([]) : reply;
      }
      if (id !== undefined) return readResults([reply.value.json], item, resultOf);
      const body = replySchema.safeParse(reply.value.json);
      if (!body.success || (body.data.total === undefined && body.data.data === undefined)) {
        const said = serverSentence(reply.value);
        return failed('bad-reply', said === '' ? 'its reply is no search reply' : `said “${said}”`);
      }
      if (body.data.data === undefined) return ok([]);
      return readResults(body.data.data, item, resultOf);
    },
  };
}

/** As its paths name a paper. */
function identifier(query: string): string | undefined {
  const arxivId = readArxivId(query);
  if (arxivId !== undefined) return `ARXIV:${arxivId}`;
  const doi = readDoi(query);
  return doi === undefined ? undefined : `DOI:${encodeURIComponent(doi)}`;
}

const resultOf = (paper: z.infer<typeof item>) =>
  paperResult('semanticScholar', {
    title: textOfMarkup(paper.title),
    abstract: textOfMarkup(paper.abstract),
    authors: paper.authors.map(({ name }) => name),
    published: paper.publicationDate,
    year: paper.year,
    venue: paper.venue || paper.journal.name,
    doi: paper.externalIds.DOI,
    arxivId: paper.externalIds.ArXiv,
    pdfUrl: paper.openAccessPdf.url,
    page: paper.url,
    citations: paper.citationCount,
  });

/** OpenAlex: https://developers.openalex.org/api-entities/works/search-works. */
import * as z from 'zod';
import { failed } from '../../../../common/result';
import { paperResult, readArxivId, readDoi } from '../paper';
import { textOfMarkup } from '../plainText';
import { endpointUrl, readResults, text, wholeNumber, type Provider } from '../provider';
import type { HostOptions } from '../searchConfig';

const FIELDS = [
  'id',
  'doi',
  'display_name',
  'publication_year',
  'publication_date',
  'authorships',
  'primary_location',
  'best_oa_location',
  'ids',
  'cited_by_count',
  'abstract_inverted_index',
].join(',');

const NOWHERE = { landing_page_url: '', pdf_url: '', source: { display_name: '' } };
const location = z
  .object({
    landing_page_url: text,
    pdf_url: text,
    source: z.object({ display_name: text }).catch({ display_name: '' }),
  })
  .catch(NOWHERE);
const authorship = z
  .object({ author: z.object({ display_name: text }) })
  .catch({ author: { display_name: '' } });
const item = z.object({
  id: text,
  doi: text,
  display_name: z.string(),
  publication_year: wholeNumber,
  publication_date: text,
  authorships: z.array(authorship).catch([]),
  primary_location: location,
  best_oa_location: location,
  cited_by_count: wholeNumber,
  abstract_inverted_index: z.record(z.string(), z.array(z.number())).catch({}),
});
const replySchema = z.object({ results: z.unknown() });

export interface OpenAlexOptions extends HostOptions {
  /** An address to write to, for those who run it. */
  readonly contact?: string | undefined;
}

/** Its keys go into the address, so none is used: the free allowance of those who have none must do. */
export function openAlex({ base, namedBy, contact }: OpenAlexOptions): Provider {
  return {
    name: 'openAlex',
    endpoint: base,
    namedBy,
    pace: { everyMs: 110, atOnce: 2 },
    timeoutMs: 15_000,
    secrets: [],
    async search({ text: query, count }, ask) {
      const url = endpointUrl(base, 'works');
      url.search = new URLSearchParams({
        ...parameters(query),
        'per-page': String(count),
        select: FIELDS,
        ...(contact === undefined ? {} : { mailto: contact }),
      }).toString();
      const reply = await ask({ url });
      if (!reply.ok) return reply;
      const body = replySchema.safeParse(reply.value.json);
      if (!body.success) return failed('bad-reply', 'its reply is no search reply');
      return readResults(body.data.results, item, resultOf);
    },
  };
}

/** A DOI names its paper; in a search, commas and wildcards would be read as syntax. */
function parameters(query: string): Readonly<Record<string, string>> {
  const arxivId = readArxivId(query);
  const doi = readDoi(query) ?? (arxivId === undefined ? undefined : `10.48550/arxiv.${arxivId}`);
  if (doi !== undefined) return { filter: `doi:https://doi.org/${doi}` };
  return { search: query.replace(/[?*~|,]+/g, ' ').trim() };
}

function resultOf(work: z.infer<typeof item>) {
  const { primary_location: primary, best_oa_location: open } = work;
  return paperResult('openAlex', {
    title: textOfMarkup(work.display_name),
    abstract: textOfMarkup(textOfInvertedIndex(work.abstract_inverted_index)),
    authors: work.authorships.map(({ author }) => author.display_name),
    published: work.publication_date,
    year: work.publication_year,
    venue: primary.source.display_name,
    doi: work.doi,
    arxivId: [primary, open].map((place) => readArxivId(place.landing_page_url)).find(Boolean) ?? '',
    pdfUrl: open.pdf_url || primary.pdf_url,
    page: primary.landing_page_url || work.id,
    citations: work.cited_by_count,
  });
}

/** Longer texts are no abstracts but a fault of the index. */
const MOST_WORDS = 5_000;

/** `{"the":[0,2],"lake":[1]}` is “the lake the”: for each word the places where it stands. */
export function textOfInvertedIndex(index: Readonly<Record<string, readonly number[]>>): string {
  const words: string[] = [];
  for (const [word, places] of Object.entries(index)) {
    for (const place of places) {
      if (Number.isInteger(place) && place >= 0 && place < MOST_WORDS) words[place] = word;
    }
  }
  // Places with no word are left out.
  return Object.values(words).join(' ');
}

/** Replies of the search APIs, in the shapes that their documentation shows, about a lake that does not exist. */
import type { ProviderName } from '../../src/core/tools/web/search/searchResult';

export interface Page {
  readonly url: string;
  readonly title: string;
  readonly text: string;
  /** ISO. */
  readonly day?: string;
}

export const PAGES: readonly Page[] = [
  {
    url: 'https://www.example.org/lake/winch?utm_source=feed&id=7#part-2',
    title: 'The winch of Lake Orla',
    text: 'The winch cable was replaced on 4 March 2023 after it had frayed near the drum.',
    day: '2023-03-05',
  },
  { url: 'https://example.net/ice', title: 'Ice & snow on Orla', text: 'The ice was 41 cm thick in 2019.' },
  { url: 'https://example.com/boats/', title: 'Boats', text: 'Two boats are moored at the station.' },
];

export interface PaperRecord {
  readonly title: string;
  readonly abstract: string;
  readonly authors: readonly string[];
  readonly day: string;
  readonly venue: string;
  readonly doi?: string;
  readonly arxivId?: string;
  readonly cited: number;
}

export const PAPERS: readonly PaperRecord[] = [
  {
    title: 'Winter stratification of small boreal lakes',
    abstract: 'We measured temperature under the ice of 12 lakes. Stratification held for 131 days.',
    authors: ['Aino Korhonen', 'Per Lindqvist'],
    day: '2021-11-08',
    venue: 'Limnology Letters',
    doi: '10.5555/limn.2021.042',
    arxivId: '2111.04567',
    cited: 27,
  },
  {
    title: 'Sediment cores from Lake Orla',
    abstract: 'Cores of 3 m cover the last 9,400 years.',
    authors: ['Ida Berg'],
    day: '2017-06-01',
    venue: 'Journal of Paleolimnology',
    doi: '10.5555/jopl.2017.9',
    cited: 4,
  },
];

/** The body of a good reply. */
export function replyBody(
  provider: ProviderName,
  pages: readonly Page[],
  papers: readonly PaperRecord[],
): string {
  switch (provider) {
    case 'searxng':
      return JSON.stringify(searxng(pages));
    case 'tavily':
      return JSON.stringify(tavily(pages));
    case 'brave':
      return JSON.stringify(brave(pages));
    case 'serper':
      return JSON.stringify(serper(pages));
    case 'wikipedia':
      return JSON.stringify(wikipedia(pages));
    case 'arxiv':
      return arxiv(papers.filter(({ arxivId }) => arxivId !== undefined));
    case 'semanticScholar':
      return JSON.stringify(semanticScholar(papers));
    case 'openAlex':
      return JSON.stringify(openAlex(papers));
  }
}

const searxng = (pages: readonly Page[]) => ({
  query: 'orla',
  number_of_results: 0,
  results: pages.map(({ url, title, text, day }, index) => ({
    url,
    title,
    content: text,
    thumbnail: null,
    engine: 'duckduckgo',
    template: 'default.html',
    parsed_url: ['https', new URL(url).host, new URL(url).pathname, '', '', ''],
    img_src: '',
    priority: '',
    engines: ['duckduckgo', 'brave'],
    positions: [index + 1],
    score: 1 / (index + 1),
    category: 'general',
    publishedDate: day === undefined ? null : `${day}T00:00:00`,
  })),
  answers: [],
  corrections: [],
  infoboxes: [],
  suggestions: ['lake orla ice'],
  unresponsive_engines: pages.length > 0 ? [['qwant', 'access denied']] : [],
});

const tavily = (pages: readonly Page[]) => ({
  query: 'orla',
  follow_up_questions: null,
  answer: null,
  images: [],
  results: pages.map(({ url, title, text, day }) => ({
    url,
    title,
    content: text,
    score: 0.81,
    raw_content: null,
    ...(day === undefined ? {} : { published_date: new Date(day).toUTCString() }),
  })),
  response_time: 1.09,
  request_id: '123e4567-e89b-12d3-a456-426614174111',
});

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll("'", '&#x27;');

const brave = (pages: readonly Page[]) => ({
  type: 'search',
  query: {
    original: 'orla',
    show_strict_warning: false,
    is_navigational: false,
    more_results_available: true,
  },
  mixed: {
    type: 'mixed',
    main: pages.map((_, index) => ({ type: 'web', index, all: false })),
    top: [],
    side: [],
  },
  ...(pages.length === 0
    ? {}
    : {
        web: {
          type: 'search',
          family_friendly: true,
          results: pages.map(({ url, title, text, day }) => ({
            title: escaped(title),
            url,
            is_source_local: false,
            is_source_both: false,
            description: escaped(text).replace(/winch/i, '<strong>$&</strong>'),
            ...(day === undefined ? {} : { page_age: `${day}T09:30:00`, age: 'March 5, 2023' }),
            profile: { name: 'Example', url, long_name: 'example.org', img: 'https://imgs.example/x' },
            language: 'en',
            family_friendly: true,
            type: 'search_result',
            subtype: 'generic',
            meta_url: {
              scheme: 'https',
              netloc: 'example.org',
              hostname: 'www.example.org',
              favicon: '',
              path: '',
            },
          })),
        },
      }),
});

const serper = (pages: readonly Page[]) => ({
  searchParameters: { q: 'orla', type: 'search', num: 10, engine: 'google' },
  organic: pages.map(({ url, title, text, day }, index) => ({
    title,
    link: url,
    snippet: text,
    ...(day === undefined ? {} : { date: 'Mar 5, 2023' }),
    position: index + 1,
  })),
  peopleAlsoAsk: [],
  relatedSearches: [{ query: 'lake orla winch' }],
  credits: 1,
});

const wikipedia = (pages: readonly Page[]) => ({
  batchcomplete: true,
  continue: { sroffset: 3, continue: '-||' },
  query: {
    searchinfo: { totalhits: pages.length },
    search: pages.map(({ title, text }, index) => ({
      ns: 0,
      title,
      pageid: 1000 + index,
      snippet: escaped(text).replace(/winch/i, '<span class="searchmatch">$&</span>'),
    })),
  },
});

const arxiv = (papers: readonly PaperRecord[]) => `<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/cHxbiOdZaP56ODnBPIenZhzg5f8</id>
  <title>arXiv Query: search_query=all:orla&amp;id_list=&amp;start=0&amp;max_results=8</title>
  <updated>2026-03-01T00:00:00Z</updated>
  <opensearch:itemsPerPage>8</opensearch:itemsPerPage>
  <opensearch:totalResults>${papers.length}</opensearch:totalResults>
${papers.map(arxivEntry).join('\n')}
</feed>
`;

const arxivEntry = ({ title, abstract, authors, day, doi, arxivId }: PaperRecord) => `  <entry>
    <id>http://arxiv.org/abs/${arxivId}v2</id>
    <title>${title.replace(' of ', '\n  of ')}</title>
    <updated>2022-01-10T11:00:00Z</updated>
    <link href="https://arxiv.org/abs/${arxivId}v2" rel="alternate" type="text/html"/>
    <link href="https://arxiv.org/pdf/${arxivId}v2" rel="related" type="application/pdf" title="pdf"/>
    <summary>  ${escaped(abstract)}
</summary>
    <category term="physics.ao-ph" scheme="http://arxiv.org/schemas/atom"/>
    <published>${day}T17:59:58Z</published>
    <arxiv:comment>12 pages, 5 figures</arxiv:comment>
    <arxiv:primary_category term="physics.ao-ph"/>
${authors.map((name) => `    <author>\n      <name>${name}</name>\n    </author>`).join('\n')}
    ${doi === undefined ? '' : `<arxiv:doi>${doi}</arxiv:doi>`}
  </entry>`;

const semanticScholar = (papers: readonly PaperRecord[]) => ({
  total: papers.length,
  offset: 0,
  ...(papers.length === 0
    ? {}
    : {
        data: papers.map(({ title, abstract, authors, day, venue, doi, arxivId, cited }, index) => ({
          paperId: `649def34f8be52c8b66281af98ae884c09aef3${index}0`,
          externalIds: {
            ...(arxivId === undefined ? {} : { ArXiv: arxivId }),
            ...(doi === undefined ? {} : { DOI: doi.toUpperCase() }),
            CorpusId: 19170988 + index,
          },
          url: `https://www.semanticscholar.org/paper/649def34f8be52c8b66281af98ae884c09aef3${index}0`,
          title,
          abstract,
          venue,
          year: Number(day.slice(0, 4)),
          citationCount: cited + 1,
          openAccessPdf: { url: '', status: null },
          publicationDate: day,
          journal: null,
          authors: authors.map((name) => ({ authorId: '1', name })),
        })),
      }),
});

const openAlex = (papers: readonly PaperRecord[]) => ({
  meta: { count: papers.length, db_response_time_ms: 31, page: 1, per_page: 8, groups_count: null },
  results: papers.map(({ title, abstract, authors, day, venue, doi, cited }, index) => ({
    id: `https://openalex.org/W274180982${index}`,
    doi: doi === undefined ? null : `https://doi.org/${doi}`,
    display_name: title,
    publication_year: Number(day.slice(0, 4)),
    publication_date: day,
    ids: { openalex: `https://openalex.org/W274180982${index}` },
    primary_location: {
      is_oa: false,
      landing_page_url: doi === undefined ? null : `https://doi.org/${doi}`,
      pdf_url: null,
      source: { id: 'https://openalex.org/S1', display_name: venue, type: 'journal' },
    },
    best_oa_location: {
      is_oa: true,
      landing_page_url: null,
      pdf_url: 'https://example.org/paper.pdf',
      source: null,
    },
    authorships: authors.map((name) => ({
      author_position: 'first',
      author: { id: 'https://openalex.org/A1', display_name: name, orcid: null },
      institutions: [],
    })),
    cited_by_count: cited,
    abstract_inverted_index: invertedIndex(abstract),
  })),
  group_by: [],
});

export function invertedIndex(text: string): Readonly<Record<string, number[]>> {
  const index = new Map<string, number[]>();
  for (const [place, word] of text.split(' ').entries()) index.set(word, [...(index.get(word) ?? []), place]);
  return Object.fromEntries(index);
}

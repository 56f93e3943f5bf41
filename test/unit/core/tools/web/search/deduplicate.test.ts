import assert from 'node:assert/strict';
import fc from 'fast-check';
import { deduplicate } from '../../../../../../src/core/tools/web/search/deduplicate';
import { paperResult, readArxivId, readDoi } from '../../../../../../src/core/tools/web/search/paper';
import type {
  PaperProviderName,
  SearchResult,
} from '../../../../../../src/core/tools/web/search/searchResult';

const page = (url: string, more: Partial<SearchResult> = {}): SearchResult => ({
  title: 'Winch',
  url,
  snippet: '',
  providers: ['tavily'],
  ...more,
});

interface Made {
  readonly doi?: string;
  readonly arxivId?: string;
  readonly title?: string;
  readonly authors?: readonly string[];
  readonly year?: number;
  readonly venue?: string;
  readonly abstract?: string;
  readonly citations?: number;
  readonly provider?: PaperProviderName;
}

let pages = 0;
function paper({ provider = 'openAlex', ...made }: Made): SearchResult {
  const result = paperResult(provider, {
    title: 'Winter stratification of small lakes',
    abstract: '',
    authors: ['Aino Korhonen'],
    published: '',
    venue: '',
    doi: '',
    arxivId: '',
    pdfUrl: '',
    page: `https://openalex.org/W${++pages}`,
    ...made,
  });
  assert.ok(result);
  return result;
}

describe('pages that several providers found', () => {
  it('are one result, in the place of the first, with what the others know', () => {
    const results = deduplicate([
      page('http://example.org/a/'),
      page('https://example.org/b'),
      page('https://example.org/a', { snippet: 'The winch.', published: '2024', providers: ['wikipedia'] }),
    ]);
    assert.deepEqual(results, [
      {
        title: 'Winch',
        url: 'https://example.org/a',
        snippet: 'The winch.',
        published: '2024',
        providers: ['tavily', 'wikipedia'],
      },
      page('https://example.org/b'),
    ]);
  });
});

describe('papers that several archives have', () => {
  const count = (...papers: readonly SearchResult[]) => deduplicate(papers).length;

  it('are one by DOI, however it is written', () => {
    const title = 'Another title of one paper';
    assert.equal(
      count(paper({ doi: 'https://doi.org/10.5555/ABC' }), paper({ doi: '10.5555/abc', title })),
      1,
    );
  });

  it('are one by the identifier of arXiv, also in its DOI', () => {
    const title = 'Another title of one paper';
    assert.equal(
      count(paper({ arxivId: '2111.04567v3' }), paper({ doi: '10.48550/arXiv.2111.04567', title })),
      1,
    );
  });

  it('are one by title, as preprint and in print', () => {
    const merged = deduplicate([
      paper({
        provider: 'arxiv',
        arxivId: '2111.04567',
        venue: 'arXiv',
        year: 2021,
        abstract: 'We measured.',
      }),
      paper({
        provider: 'semanticScholar',
        doi: '10.5555/limn.1',
        title: 'Winter Stratification of Small Lakes.',
        venue: 'Limnology Letters',
        year: 2022,
        authors: ['A. Korhonen', 'P. Lindqvist'],
        citations: 27,
      }),
    ]);
    assert.deepEqual(merged, [
      {
        title: 'Winter stratification of small lakes',
        url: 'https://arxiv.org/abs/2111.04567',
        snippet: 'We measured.',
        providers: ['arxiv', 'semanticScholar'],
        paper: {
          authors: ['Aino Korhonen'],
          year: 2021,
          venue: 'Limnology Letters',
          doi: '10.5555/limn.1',
          arxivId: '2111.04567',
          citations: 27,
        },
      },
    ]);
  });

  it('are joined by one that has both identifiers', () => {
    const results = deduplicate([
      paper({ doi: '10.5555/a', title: 'One title of the paper here' }),
      paper({ doi: '10.5555/z', title: 'Something else about other lakes' }),
      paper({ arxivId: '2111.04567', title: 'Quite another title of it' }),
      paper({ doi: '10.5555/a', arxivId: '2111.04567', title: 'A third title of it all' }),
    ]);
    assert.deepEqual(
      results.map(({ paper: facts }) => [facts?.doi, facts?.arxivId]),
      [
        ['10.5555/a', '2111.04567'],
        ['10.5555/z', undefined],
      ],
    );
  });

  it('are two with one title where the year, the author or the shortness of it says so', () => {
    assert.equal(count(paper({ year: 1999 }), paper({ year: 2021 })), 2);
    assert.equal(count(paper({ authors: ['Ida Berg'] }), paper({})), 2);
    assert.equal(count(paper({ arxivId: '2111.04567' }), paper({ arxivId: '2111.04568' })), 2);
    assert.equal(count(paper({ title: 'Letter to the' }), paper({ title: 'Letter to the' })), 2);
  });

  it('are never lost', () => {
    const some = fc.record(
      {
        doi: fc.constantFrom('10.5555/a', '10.5555/b', '10.48550/arXiv.2111.00001'),
        arxivId: fc.constantFrom('2111.00001', '2111.00002'),
        title: fc.constantFrom('one two three four', 'five six seven eight', 'Note'),
        year: fc.constantFrom(2001, 2020),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(some, { maxLength: 8 }), (made) => {
        const given = made.map((one) => paper(one));
        const once = deduplicate(given);
        assert.ok(once.length <= given.length);
        const identifiers = (all: readonly SearchResult[]) =>
          new Set(all.map(({ paper: facts }) => facts?.arxivId ?? 'none')).add('none');
        assert.deepEqual(identifiers(once), identifiers(given));
      }),
    );
  });
});

describe('identifiers', () => {
  it('are read from addresses and prefixes', () => {
    assert.equal(readDoi(' https://dx.doi.org/10.1000/XYZ(1)2 '), '10.1000/xyz(1)2');
    assert.equal(readDoi('doi: 10.1000/xyz'), '10.1000/xyz');
    assert.equal(readDoi('10.1000/with space'), undefined);
    assert.equal(readDoi('11.1000/xyz'), undefined);
    assert.equal(readArxivId('https://arxiv.org/pdf/2310.06825v2.pdf'), '2310.06825');
    assert.equal(readArxivId('arXiv:hep-th/9901001v3'), 'hep-th/9901001');
    assert.equal(readArxivId('math.GT/0309136'), 'math.GT/0309136');
    assert.equal(readArxivId('lake 2310.06825'), undefined);
  });
});

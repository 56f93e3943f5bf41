import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isAbortError } from '../../../../../../src/core/common/abort';
import { ok } from '../../../../../../src/core/common/result';
import { Line } from '../../../../../../src/core/tools/web/search/line';
import { arxivQuery } from '../../../../../../src/core/tools/web/search/providers/arxiv';
import { textOfInvertedIndex } from '../../../../../../src/core/tools/web/search/providers/openAlex';
import { wikiLanguage } from '../../../../../../src/core/tools/web/search/providers/wikipedia';
import type { ProviderName } from '../../../../../../src/core/tools/web/search/searchResult';
import { invertedIndex } from '../../../../../fakes/searchReplies';
import { KEY, PROVIDERS, startSearchServer, type SearchServer } from '../../../../../fakes/searchServers';
import { VirtualTimer } from '../../../../../fakes/virtualTimer';
import { asCaller, providerAt } from './support';

describe('search providers', () => {
  let server: SearchServer;
  afterEach(() => server?.stop());

  async function search(name: ProviderName, text: string, count = 8, more = {}) {
    server = await startSearchServer(name);
    const provider = providerAt(name, server.base, more);
    const line = new Line(provider, { timer: new VirtualTimer(), random: () => 0.5 });
    const found = await provider.search({ text, count }, (request) =>
      line.ask(provider, request, asCaller()),
    );
    if (!found.ok) assert.fail(found.fault.message);
    return { results: found.value, requests: server.requests };
  }

  const WEB: readonly ProviderName[] = ['searxng', 'tavily', 'brave', 'serper'];
  for (const name of WEB) {
    it(`${name}: pages with normalised address, plain extract and date`, async () => {
      const { results } = await search(name, 'lake orla winch');
      assert.deepEqual(results.slice(0, 2), [
        {
          title: 'The winch of Lake Orla',
          url: 'https://www.example.org/lake/winch?id=7',
          snippet: 'The winch cable was replaced on 4 March 2023 after it had frayed near the drum.',
          published: '2023-03-05',
          providers: [name],
        },
        {
          title: 'Ice & snow on Orla',
          url: 'https://example.net/ice',
          snippet: 'The ice was 41 cm thick in 2019.',
          providers: [name],
        },
      ]);
    });
  }

  it('searxng: asks for JSON under the path of the instance, with name and password outside of the address', async () => {
    server = await startSearchServer('searxng');
    const base = server.base.replace('http://', 'http://ada:p%40ss@').replace(/\/$/, '/search');
    const provider = providerAt('searxng', base, { language: 'de' });
    const line = new Line(provider, { timer: new VirtualTimer(), random: () => 0.5 });
    const found = await provider.search({ text: 'see & eis', count: 2, language: 'de' }, (request) =>
      line.ask(provider, request, asCaller()),
    );
    assert.ok(found.ok && found.value.length === 2);
    const [request] = server.requests;
    assert.equal(
      `${request?.url.pathname}${request?.url.search}`,
      '/searxng/search?q=see+%26+eis&format=json&language=de',
    );
    assert.equal(request?.headers.authorization, `Basic ${Buffer.from('ada:p@ss').toString('base64')}`);
    assert.equal(provider.endpoint.includes('p%40ss'), false);
    assert.equal(provider.namedBy, 'user');
  });

  it('tavily: sends the key as a bearer, and a query that is short enough', async () => {
    const { requests } = await search('tavily', 'orla '.repeat(100).trim(), 5);
    assert.equal(requests[0]?.headers.authorization, `Bearer ${KEY}`);
    const body: unknown = JSON.parse(requests[0]?.body ?? '');
    assert.deepEqual(body, { query: 'orla '.repeat(80).trim(), max_results: 5, search_depth: 'basic' });
  });

  it('brave: sends at most fifty words', async () => {
    const { requests } = await search('brave', 'a '.repeat(90).trim(), 3);
    assert.equal(requests[0]?.url.searchParams.get('q')?.split(' ').length, 50);
    assert.equal(requests[0]?.url.searchParams.get('count'), '3');
  });

  it('serper: gives no more results than wanted', async () => {
    const { results, requests } = await search('serper', 'orla', 2);
    assert.equal(results.length, 2);
    assert.deepEqual(JSON.parse(requests[0]?.body ?? ''), { q: 'orla', num: 10 });
  });

  it('wikipedia: articles, asked for without the words that only make a question', async () => {
    const { results, requests } = await search('wikipedia', 'When was the winch of Orla replaced?', 3);
    assert.equal(results[0]?.url, `${server.base}/wiki/The_winch_of_Lake_Orla`);
    assert.equal(results[0]?.title, 'The winch of Lake Orla – Wikipedia');
    assert.match(results[0]?.snippet ?? '', /^The winch cable was replaced/);
    assert.equal(requests[0]?.url.searchParams.get('srsearch'), 'winch Orla replaced');
    assert.equal(requests[0]?.url.searchParams.get('srlimit'), '3');
  });

  it('wikipedia: asks for any of the words where no article has all of them', async () => {
    server = await startSearchServer('wikipedia');
    server.next('empty');
    const provider = providerAt('wikipedia', server.base);
    const line = new Line(provider, { timer: new VirtualTimer(), random: () => 0.5 });
    const found = await provider.search({ text: 'winch of Orla', count: 3 }, (request) =>
      line.ask(provider, request, asCaller()),
    );
    assert.ok(found.ok && found.value.length === 3);
    assert.deepEqual(
      server.requests.map(({ url }) => url.searchParams.get('srsearch')),
      ['winch Orla', 'winch OR Orla'],
    );
  });

  it('arxiv: reads the feed, and counts versions as one paper', async () => {
    const { results, requests } = await search('arxiv', 'stratification of "boreal lakes"');
    assert.deepEqual(results, [
      {
        title: 'Winter stratification of small boreal lakes',
        url: 'https://arxiv.org/abs/2111.04567',
        snippet: 'We measured temperature under the ice of 12 lakes. Stratification held for 131 days.',
        published: '2021-11-08',
        providers: ['arxiv'],
        paper: {
          authors: ['Aino Korhonen', 'Per Lindqvist'],
          year: 2021,
          venue: 'arXiv',
          doi: '10.5555/limn.2021.042',
          arxivId: '2111.04567',
          pdfUrl: 'https://arxiv.org/pdf/2111.04567v2',
        },
      },
    ]);
    assert.equal(
      requests[0]?.url.searchParams.get('search_query'),
      'all:stratification AND all:"boreal lakes"',
    );
  });

  it('arxiv: an identifier is no search', async () => {
    const { requests } = await search('arxiv', 'https://arxiv.org/abs/2111.04567v1');
    assert.equal(requests[0]?.url.searchParams.get('id_list'), '2111.04567');
    assert.equal(requests[0]?.url.searchParams.get('search_query'), null);
  });

  it('semanticScholar: papers with their counts; the key in its header', async () => {
    const { results, requests } = await search('semanticScholar', 'lake-ice cores');
    assert.equal(requests[0]?.headers['x-api-key'], KEY);
    assert.equal(requests[0]?.url.searchParams.get('query'), 'lake ice cores');
    assert.deepEqual(results[1], {
      title: 'Sediment cores from Lake Orla',
      url: 'https://doi.org/10.5555/jopl.2017.9',
      snippet: 'Cores of 3 m cover the last 9,400 years.',
      published: '2017-06-01',
      providers: ['semanticScholar'],
      paper: {
        authors: ['Ida Berg'],
        year: 2017,
        venue: 'Journal of Paleolimnology',
        doi: '10.5555/jopl.2017.9',
        citations: 5,
      },
    });
  });

  it('openAlex: abstracts put together again from their index', async () => {
    const { results } = await search('openAlex', 'sediment cores');
    assert.equal(results[1]?.snippet, 'Cores of 3 m cover the last 9,400 years.');
    assert.deepEqual(results[1]?.paper, {
      authors: ['Ida Berg'],
      year: 2017,
      venue: 'Journal of Paleolimnology',
      doi: '10.5555/jopl.2017.9',
      pdfUrl: 'https://example.org/paper.pdf',
      citations: 4,
    });
  });

  it('openAlex: a DOI is no search', async () => {
    const { requests } = await search('openAlex', 'doi:10.5555/JOPL.2017.9');
    assert.equal(requests[0]?.url.searchParams.get('filter'), 'doi:https://doi.org/10.5555/jopl.2017.9');
  });
});

describe('the parsers of search replies', () => {
  /** JSON with the names that the APIs use, so that it gets past the first check now and then. */
  const names = [
    'results',
    'web',
    'organic',
    'query',
    'search',
    'data',
    'url',
    'link',
    'title',
    'id',
    'type',
    'error',
  ];
  const { json } = fc.letrec((tie) => ({
    json: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom('search', 'https://example.org/a', '10.5555/a', 'javascript:x', 'Jan 5, 2024'),
      fc.jsonValue(),
      fc.array(tie('json'), { maxLength: 4 }),
      fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string()), tie('json'), { maxKeys: 6 }),
    ),
  }));

  for (const name of PROVIDERS) {
    it(`${name}: whatever arrives is results with web addresses, or a fault`, async () => {
      const provider = providerAt(name, 'http://127.0.0.1:9/');
      const text = name === 'arxiv' ? fc.oneof(fc.string(), feedOf(fc)) : fc.constant('');
      await fc.assert(
        fc.asyncProperty(json, text, async (value, xml) => {
          const reply = { status: 200, text: xml, json: value };
          provider.refusal?.(reply);
          const found = await provider.search({ text: 'orla lake', count: 5 }, async () => ok(reply));
          if (!found.ok) assert.ok(found.fault.message.length > 0);
          else for (const { url, title } of found.value) assert.ok(/^https?:/.test(url) && title !== '');
        }),
        { numRuns: 300 },
      );
    });
  }
});

/** Feeds with odd entries. */
function feedOf({ array, constantFrom }: typeof fc) {
  const piece = constantFrom(
    '<id>http://arxiv.org/abs/2111.04567v2</id>',
    '<id>https://arxiv.org/api/errors#bad</id>',
    '<title>A &amp; B</title>',
    '<title><i/></title>',
    '<summary/>',
    '<author><name>Ida</name></author>',
    '<author/>',
    '<link href="https://a.example/p.pdf" title="pdf"/>',
    '<link/>',
    '</entry><entry>',
    'text',
    '<![CDATA[x]]>',
    '<published>2021</published>',
  );
  return array(piece, { maxLength: 12 }).map((pieces) => `<feed><entry>${pieces.join('')}</entry></feed>`);
}

describe('the query language of arXiv', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['winter lake ice', 'all:winter AND all:lake AND all:ice'],
    ['What is the depth of lakes?', 'all:depth AND all:lakes'],
    ['"lake ice" winch', 'all:"lake ice" AND all:winch'],
    [
      'au:Korhonen ti:"boreal lakes" cat:physics.ao-ph',
      'au:"Korhonen" AND ti:"boreal lakes" AND cat:physics.ao-ph',
    ],
    ['ice AND (snow OR "rain)', 'all:ice AND all:snow AND all:rain'],
    ['to be', 'all:to AND all:be'],
    ['ti: lakes', 'all:lakes'],
  ];
  for (const [query, expected] of cases) it(query, () => assert.equal(arxivQuery(query), expected));
});

describe('the wiki for a question', () => {
  const cases: readonly (readonly [string, string | undefined, string])[] = [
    ['Who built the winch?', undefined, 'en'],
    ['Wer baute die Winde?', 'de', 'de'],
    ['Wer baute die Winde?', 'de-AT', 'de'],
    ['Кто построил лебёдку?', undefined, 'ru'],
    ['Хто збудував лебідку?', 'en', 'uk'],
    ['Кой построи лебедката?', 'bg', 'bg'],
    ['ウインチを作ったのは誰ですか', undefined, 'ja'],
    ['谁建造了绞车', undefined, 'zh'],
    ['湖氷', 'ja', 'ja'],
    ['iPhone 発売日', undefined, 'zh'],
    ['윈치는 누가 만들었나요', undefined, 'ko'],
    ['من بنى الرافعة', undefined, 'ar'],
    ['جرثقیل را چه کسی ساخت', undefined, 'fa'],
    ['چرخ کس نے بنایا', 'ur', 'ur'],
    ['What does 道 mean in philosophy?', undefined, 'en'],
    ['decay of α particles', undefined, 'en'],
    ['orla', '../../evil.example/', 'en'],
    ['orla', 'evil.example', 'en'],
  ];
  for (const [query, language, wiki] of cases) {
    it(`${query} (${language ?? 'no language set'}) → ${wiki}`, () =>
      assert.equal(wikiLanguage(query, language), wiki));
  }
});

describe('the inverted index of OpenAlex', () => {
  it('gives back the text', () => {
    const word = fc.stringMatching(/^[a-z]{1,6}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 60 }), (words) => {
        assert.equal(textOfInvertedIndex(invertedIndex(words.join(' '))), words.join(' '));
      }),
    );
  });

  it('does not make room for places that are too far out', () => {
    assert.equal(textOfInvertedIndex({ a: [0], b: [4e9], c: [-1], d: [1.5], e: [2] }), 'a e');
  });
});

describe('a cancelled search', () => {
  it('rejects at once, while it waits for a reply or for another try', async () => {
    const server = await startSearchServer('tavily');
    try {
      for (const fault of ['hang', '503'] as const) {
        server.always(fault);
        const provider = { ...providerAt('tavily', server.base), timeoutMs: 60_000 };
        const cancel = new AbortController();
        const timer = new VirtualTimer();
        timer.wait = (_, signal) =>
          new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
        const line = new Line(provider, { timer, random: () => 0.5 });
        const found = provider.search({ text: 'orla', count: 3 }, (request) =>
          line.ask(provider, request, asCaller(cancel.signal)),
        );
        setTimeout(() => cancel.abort(), 50);
        await assert.rejects(found, isAbortError);
      }
    } finally {
      await server.stop();
    }
  });
});

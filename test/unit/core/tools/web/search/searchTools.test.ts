import assert from 'node:assert/strict';
import type { HttpClient } from '../../../../../../src/core/ports';
import { searchConfigFromEnvironment } from '../../../../../../src/core/tools/web/search/environment';
import { Searches } from '../../../../../../src/core/tools/web/search/searches';
import { searchTools } from '../../../../../../src/core/tools/web/search/searchTools';
import type { ProviderName } from '../../../../../../src/core/tools/web/search/searchResult';
import { NOT_EXPOSED } from '../../../../../../src/core/tools/tool';
import { callTool } from '../../../../../fakes/callTool';
import { loopbackHttp } from '../../../../../fakes/loopbackHttp';
import { KEY, startSearchServer, type SearchServer } from '../../../../../fakes/searchServers';
import { VirtualTimer } from '../../../../../fakes/virtualTimer';
import { configOf, memoryCache } from './support';

describe('the search tools', () => {
  const servers: SearchServer[] = [];
  afterEach(() => Promise.all(servers.splice(0).map((server) => server.stop())));

  async function setUp(names: readonly ProviderName[], http: HttpClient = loopbackHttp) {
    const endpoints: Partial<Record<ProviderName, string>> = {};
    for (const name of names) {
      const server = await startSearchServer(name);
      servers.push(server);
      endpoints[name] = server.base;
    }
    const timer = new VirtualTimer();
    const searches = new Searches({
      http,
      timer,
      random: () => 0.5,
      cache: memoryCache(),
      config: async () => configOf(endpoints),
    });
    const [web, papers] = searchTools(searches);
    assert.ok(web && papers);
    return { web, papers, timer };
  }

  it('ask about each query, once the run has read what others wrote, whether they may send it', async () => {
    const exposure = { ...NOT_EXPOSED, source: 'read_file', read: 'read_file' };
    const { web, papers } = await setUp(['tavily', 'arxiv']);
    const asked = [
      await callTool(web, { query: 'lake orla' }),
      await callTool(web, { query: 'lake\u200b orla' }, { exposure, approve: true }),
      await callTool(papers, { query: ' lake\n orla' }, { exposure, approve: true }),
    ];
    assert.deepEqual(
      asked.map((called) => [called.ok, called.asked.map(({ what, command }) => `${what}: ${command}`)]),
      [
        [true, []],
        [true, [String.raw`tool: web_search {"query":"lake\u200b orla"}`]],
        [true, ['tool: search_papers {"query":"lake orla"}']],
      ],
    );
  });

  it('send nothing where the person does not allow it, and do not ask again', async () => {
    const exposure = { ...NOT_EXPOSED, source: 'cases', read: 'cases' };
    const { web, papers } = await setUp(['tavily', 'arxiv']);
    const called = await callTool(web, { query: 'secret' }, { exposure });
    assert.match(called.content, /does not allow searches in this run/);
    const again = await callTool(papers, { query: 'secret' }, { exposure, approve: true });
    assert.deepEqual([called.ok, again.ok, again.asked], [false, false, []]);
    assert.deepEqual(
      servers.map(({ requests }) => requests.length),
      [0, 0],
    );
  });

  it('web_search: what the model reads, and each result as evidence', async () => {
    const { web } = await setUp(['tavily', 'wikipedia']);
    const called = await callTool(web, { query: '  lake\torla ', count: 2 });
    assert.equal(called.ok, true);
    assert.equal(
      called.content,
      `2 results for “lake orla” from Tavily.

[e1] https://www.example.org/lake/winch?id=7 — The winch of Lake Orla (2023-03-05)
The winch cable was replaced on 4 March 2023 after it had frayed near the drum.

[e2] https://example.net/ice — Ice & snow on Orla
The ice was 41 cm thick in 2019.`,
    );
    assert.equal(called.preview, '2 results from Tavily');
    assert.deepEqual(called.cited, [
      {
        source: 'https://www.example.org/lake/winch?id=7',
        title: 'The winch of Lake Orla',
        locator: { kind: 'section', heading: '' },
        text: 'The winch cable was replaced on 4 March 2023 after it had frayed near the drum.',
        readAt: Date.UTC(2026, 2, 1, 10, 42),
      },
      {
        source: 'https://example.net/ice',
        title: 'Ice & snow on Orla',
        locator: { kind: 'section', heading: '' },
        text: 'The ice was 41 cm thick in 2019.',
        readAt: Date.UTC(2026, 2, 1, 10, 42),
      },
    ]);
  });

  it('web_search: from the cache it says so, and the evidence has the time of the search', async () => {
    const { web, timer } = await setUp(['tavily', 'wikipedia']);
    await callTool(web, { query: 'orla' });
    timer.pass(3_600_000);
    const called = await callTool(web, { query: 'orla' });
    assert.match(
      called.content,
      /^3 results for “orla” from Tavily \(from the cache, searched on 2026-03-01 10:42 UTC\)\./,
    );
    assert.ok(called.cited.every(({ readAt }) => readAt === Date.UTC(2026, 2, 1, 10, 42)));
  });

  it('search_papers: facts and abstract, as one piece of evidence', async () => {
    const { papers } = await setUp(['arxiv', 'semanticScholar', 'openAlex']);
    const called = await callTool(papers, { query: 'boreal lakes' });
    assert.match(
      called.content,
      /^2 results for “boreal lakes” from arXiv, Semantic Scholar, OpenAlex\.\n\n\[e1\] /,
    );
    assert.deepEqual(called.cited[0], {
      source: 'https://arxiv.org/abs/2111.04567',
      title: 'Winter stratification of small boreal lakes',
      locator: { kind: 'section', heading: 'Abstract' },
      text:
        'Aino Korhonen, Per Lindqvist (2021). Limnology Letters. Cited by 28. doi:10.5555/limn.2021.042. ' +
        'arXiv:2111.04567. PDF: https://arxiv.org/pdf/2111.04567v2\n' +
        'We measured temperature under the ice of 12 lakes. Stratification held for 131 days.',
      readAt: Date.UTC(2026, 2, 1, 10, 42),
    });
    assert.ok(called.content.includes(called.cited[0].text));
  });

  it('nobody reached: a failure that says who was asked and why each failed, and no result', async () => {
    const { web, papers } = await setUp([]);
    for (const tool of [web, papers]) {
      const called = await callTool(tool, { query: 'orla' });
      assert.equal(called.ok, false);
      assert.equal(called.preview, 'No search provider could be reached');
      assert.match(
        called.content,
        /^Nothing was searched: no search provider could be reached for “orla”\. Tried:\n/,
      );
      assert.match(called.content, /could not be reached \(.*ENOTFOUND\)\./);
      assert.match(called.content, /do not make up sources/);
      assert.deepEqual(called.cited, []);
    }
  });

  it('nothing found is no failure', async () => {
    const { web } = await setUp(['wikipedia']);
    servers[0]?.always('empty');
    const called = await callTool(web, { query: 'orla' });
    assert.equal(called.ok, true);
    assert.equal(called.content, 'No result for “orla” from Wikipedia. Try fewer or other words.');
  });

  it('an empty or endless query is not sent', async () => {
    const { web } = await setUp(['wikipedia']);
    for (const query of ['', ' \n ', 'x'.repeat(1_001)])
      assert.equal((await callTool(web, { query })).ok, false);
    assert.equal(servers[0]?.requests.length, 0);
  });

  it('more results than there may be are taken for the most', async () => {
    const { web } = await setUp(['tavily', 'wikipedia']);
    assert.equal((await callTool(web, { query: 'orla', count: 500 })).ok, true);
    assert.match(servers[0]?.requests[0]?.body ?? '', /"max_results":20/);
  });

  it('a key is in no address, no text and no evidence, whatever the server and the client say', async () => {
    const urls: string[] = [];
    const talkative: HttpClient = {
      request: async (request) => {
        urls.push(request.url.href);
        const secrets = request.secretHeaders ?? [];
        assert.ok(
          Object.entries(request.headers ?? {}).every(
            ([name, value]) => !value.includes(KEY) || secrets.includes(name),
          ),
        );
        return {
          ok: false,
          fault: { code: 'unreachable', message: `${JSON.stringify(request.headers)} was not heard` },
        };
      },
    };
    const { web, papers } = await setUp(
      ['searxng', 'tavily', 'brave', 'serper', 'semanticScholar', 'wikipedia'],
      talkative,
    );
    const said = [await callTool(web, { query: 'orla' }), await callTool(papers, { query: 'orla' })];
    assert.ok(!JSON.stringify([said, urls]).includes(KEY));
  });
});

describe('the environment of the command line', () => {
  it('names the providers, and empty variables count as missing', () => {
    const config = searchConfigFromEnvironment({
      MEMENTO_SEARXNG_URL: ' http://localhost:8080 ',
      TAVILY_API_KEY: 't',
      BRAVE_API_KEY: '',
      SERPER_API_KEY: ' ',
      SEMANTIC_SCHOLAR_API_KEY: 's',
      MEMENTO_SEARCH_PROVIDER: 'brave',
      MEMENTO_ARXIV_URL: 'http://127.0.0.1:1/api/query',
    });
    assert.equal(config.searxngUrl, 'http://localhost:8080');
    assert.deepEqual(config.keys, { tavily: 't', brave: undefined, serper: undefined, semanticScholar: 's' });
    assert.equal(config.provider, 'brave');
    assert.equal(config.endpoints?.arxiv, 'http://127.0.0.1:1/api/query');
    assert.equal(searchConfigFromEnvironment({ MEMENTO_SEARCH_PROVIDER: 'altavista' }).provider, 'auto');
  });
});

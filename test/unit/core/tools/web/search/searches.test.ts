import assert from 'node:assert/strict';
import { isAbortError } from '../../../../../../src/core/common/abort';
import type { HttpClient } from '../../../../../../src/core/ports';
import type { SearchConfig } from '../../../../../../src/core/tools/web/search/searchConfig';
import { Searches, type Outcome } from '../../../../../../src/core/tools/web/search/searches';
import type { ProviderName } from '../../../../../../src/core/tools/web/search/searchResult';
import { loopbackHttp } from '../../../../../fakes/loopbackHttp';
import { PAGES } from '../../../../../fakes/searchReplies';
import { startSearchServer, type SearchServer } from '../../../../../fakes/searchServers';
import { VirtualTimer } from '../../../../../fakes/virtualTimer';
import { configOf, memoryCache, never } from './support';

describe('searching', () => {
  const servers = new Map<ProviderName, SearchServer>();
  afterEach(async () => {
    await Promise.all([...servers.values()].map((server) => server.stop()));
    servers.clear();
  });

  /** Wikipedia and the named ones run; nothing else can be reached. */
  async function setUp(
    names: readonly ProviderName[],
    more: Partial<SearchConfig> = {},
    cache = memoryCache(),
  ) {
    for (const name of names) {
      if (!servers.has(name)) servers.set(name, await startSearchServer(name));
    }
    const endpoints = Object.fromEntries([...servers].map(([name, server]) => [name, server.base]));
    const timer = new VirtualTimer();
    const made = () =>
      new Searches({
        http: loopbackHttp,
        timer,
        random: () => 0.5,
        cache,
        config: async () => configOf(endpoints, more),
      });
    return { searches: made(), again: made, timer, cache };
  }

  const server = (name: ProviderName): SearchServer =>
    servers.get(name) ?? assert.fail(`${name} does not run`);
  const answered = ({ answered: all }: Outcome) => all.map(({ name }) => name);
  const failed = ({ failed: all }: Outcome) => all.map(({ name }) => name);

  it('asks the first that is set up, and nobody else', async () => {
    const { searches } = await setUp(['tavily', 'brave', 'wikipedia']);
    const found = await searches.web('orla', 3, never());
    assert.deepEqual([answered(found), failed(found)], [['tavily'], []]);
    assert.equal(found.results.length, 3);
    assert.equal(server('brave').requests.length, 0);
  });

  it("asks the user's choice before the others", async () => {
    const { searches } = await setUp(['tavily', 'serper', 'wikipedia'], { provider: 'serper' });
    assert.deepEqual(answered(await searches.web('orla', 3, never())), ['serper']);
  });

  it('falls back from one to the next, and says who failed and why', async () => {
    const { searches } = await setUp(['searxng', 'tavily', 'brave', 'wikipedia']);
    server('searxng').always('html');
    server('tavily').always('key-refused');
    server('brave').always('429-long');
    const found = await searches.web('orla', 3, never());
    assert.deepEqual([answered(found), failed(found)], [['wikipedia'], ['searxng', 'tavily', 'brave']]);
    assert.ok(found.failed.every(({ why }) => why.length > 10));
  });

  it('asks the next one too where one finds next to nothing, and shows each page once', async () => {
    const { searches } = await setUp(['tavily', 'brave', 'wikipedia']);
    server('tavily').holds({ pages: PAGES.slice(1, 2) });
    const found = await searches.web('orla', 8, never());
    assert.deepEqual(answered(found), ['tavily', 'brave']);
    assert.deepEqual(
      found.results.map(({ title, providers }) => [title, providers]),
      [
        ['Ice & snow on Orla', ['tavily', 'brave']],
        ['The winch of Lake Orla', ['brave']],
        ['Boats', ['brave']],
      ],
    );
  });

  it('finds nothing where all lists are empty: that is an answer', async () => {
    const { searches } = await setUp(['tavily', 'wikipedia']);
    server('tavily').always('empty');
    server('wikipedia').always('empty');
    const found = await searches.web('orla', 8, never());
    assert.deepEqual([answered(found), found.results], [['tavily', 'wikipedia'], []]);
  });

  it('says that a chosen provider is not set up, and asks another', async () => {
    for (const [provider, says] of [
      ['brave', /has no key: set BRAVE_API_KEY/],
      ['searxng', /has no address: set MEMENTO_SEARXNG_URL/],
    ] as const) {
      const { searches } = await setUp(['wikipedia'], { provider });
      const found = await searches.web('orla', 3, never());
      assert.deepEqual(answered(found), ['wikipedia']);
      assert.match(found.failed[0]?.why ?? '', says);
    }
  });

  it('an address that is none is a problem, not an exception', async () => {
    for (const searxngUrl of ['localhost:8080', 'ftp://example.org', 'http://', 'nonsense']) {
      const { searches } = await setUp(['wikipedia'], { searxngUrl });
      const found = await searches.web('orla', 3, never());
      assert.match(found.failed[0]?.why ?? '', /has no http or https address in MEMENTO_SEARXNG_URL/);
    }
  });

  it('keeps results for a day, and tells when they were searched', async () => {
    const { searches, again, timer, cache } = await setUp(['tavily', 'wikipedia']);
    const first = await searches.web('orla', 3, never());
    const at = first.answered[0]?.at;
    timer.pass(23 * 3_600_000);
    const second = await again().web('orla', 3, never());
    assert.deepEqual(second.results, first.results);
    assert.deepEqual(second.answered, [{ name: 'tavily', at, cached: true, found: 3 }]);
    assert.equal(server('tavily').requests.length, 1);
    // Another query, another count, and a day later: searched.
    await searches.web('orla', 2, never());
    await searches.web('orla ice', 3, never());
    timer.pass(3_600_001);
    await searches.web('orla', 3, never());
    assert.equal(server('tavily').requests.length, 4);
    assert.ok([...cache.entries.keys()].every((key) => !key.includes('sk-loopback')));
  });

  it('keeps no empty lists, and reads no cache that is broken or of the future', async () => {
    const { searches, timer, cache } = await setUp(['tavily', 'wikipedia']);
    server('tavily').next('empty');
    await searches.web('nothing', 3, never());
    assert.deepEqual(
      [...cache.entries.keys()].filter((key) => key.includes('"tavily"')),
      [],
    );
    await searches.web('orla', 3, never());
    for (const broken of ['', '{', '[]', '{"v":1,"at":1,"results":[{"url":"javascript:x"}]}']) {
      for (const key of cache.entries.keys()) cache.entries.set(key, new TextEncoder().encode(broken));
      assert.equal((await searches.web('orla', 3, never())).answered[0]?.cached, false);
    }
    timer.pass(-60_000);
    assert.equal((await searches.web('orla', 3, never())).answered[0]?.cached, false);
  });

  it('asks all archives of papers, and puts first what several have', async () => {
    const { searches } = await setUp(['arxiv', 'semanticScholar', 'openAlex']);
    const found = await searches.papers('lakes', 8, never());
    assert.deepEqual(
      found.results.map(({ url, providers, paper }) => [url, providers, paper?.citations]),
      [
        ['https://arxiv.org/abs/2111.04567', ['arxiv', 'semanticScholar', 'openAlex'], 28],
        ['https://doi.org/10.5555/jopl.2017.9', ['semanticScholar', 'openAlex'], 5],
      ],
    );
  });

  it('has the papers of the other archives where one fails', async () => {
    const { searches } = await setUp(['arxiv', 'semanticScholar', 'openAlex']);
    server('semanticScholar').always('429-bare');
    server('arxiv').always('truncated');
    const found = await searches.papers('lakes', 8, never());
    assert.deepEqual(
      [answered(found), failed(found).toSorted()],
      [['openAlex'], ['arxiv', 'semanticScholar']],
    );
    assert.equal(found.results.length, 2);
  });

  it('waits three seconds between two requests to arXiv, in whatever run they are', async () => {
    await setUp(['arxiv', 'semanticScholar', 'openAlex']);
    const timer = new VirtualTimer();
    const started: number[] = [];
    const http: HttpClient = {
      request: (request) => {
        if (request.url.pathname === '/api/query') started.push(timer.now());
        return loopbackHttp.request(request);
      },
    };
    const endpoints = Object.fromEntries([...servers].map(([name, { base }]) => [name, base]));
    const searches = new Searches({
      http,
      timer,
      random: () => 0.5,
      config: async () => configOf(endpoints),
    });
    await Promise.all(['lakes', 'ice', 'cores'].map((text) => searches.papers(text, 8, never())));
    assert.equal(started.length, 3);
    for (const [index, at] of started.slice(1).entries()) assert.ok(at - (started[index] ?? at) >= 3_000);
  });

  it('asks a provider with a new key at once, though it left the old one alone', async () => {
    const endpoints = {
      tavily: (await startSearchServer('tavily').then((one) => (servers.set('tavily', one), one))).base,
    };
    let key = 'old';
    const searches = new Searches({
      http: loopbackHttp,
      timer: new VirtualTimer(),
      random: () => 0.5,
      config: async () => ({ ...configOf(endpoints), keys: { tavily: key } }),
    });
    server('tavily').next('429-long');
    assert.ok(failed(await searches.web('orla', 3, never())).includes('tavily'));
    key = 'sk-loopback-5c1f';
    assert.deepEqual(answered(await searches.web('orla', 3, never())), ['tavily']);
  });

  it('asks its own places under the strict rules for addresses, and those that the user named under none', async () => {
    const seen: [string, string][] = [];
    const http: HttpClient = {
      request: async ({ url, namedBy }) => {
        seen.push([url.host, namedBy]);
        return { ok: false, fault: { code: 'unreachable', message: 'no network' } };
      },
    };
    const searches = new Searches({
      http,
      timer: new VirtualTimer(),
      random: () => 0.5,
      config: async () => ({
        provider: 'auto',
        searxngUrl: 'http://127.0.0.1:8080',
        keys: { tavily: 'a', brave: 'b', serper: 'c' },
        endpoints: { serper: 'http://gateway.local/serper' },
        source: 'settings',
      }),
    });
    const web = await searches.web('orla', 3, never());
    const papers = await searches.papers('orla', 3, never());
    assert.deepEqual([...web.answered, ...papers.answered], []);
    assert.deepEqual(seen, [
      ['127.0.0.1:8080', 'user'],
      ['api.tavily.com', 'model'],
      ['api.search.brave.com', 'model'],
      ['gateway.local', 'user'],
      ['en.wikipedia.org', 'model'],
      ['export.arxiv.org', 'model'],
      ['api.semanticscholar.org', 'model'],
      ['api.openalex.org', 'model'],
    ]);
  });

  it('stops where it is when it is cancelled', async () => {
    const { searches } = await setUp(['tavily', 'wikipedia']);
    server('tavily').always('hang');
    const cancel = new AbortController();
    setTimeout(() => cancel.abort(), 50);
    await assert.rejects(searches.web('orla', 3, cancel.signal), isAbortError);
    assert.equal(server('wikipedia').requests.length, 0);
  });
});

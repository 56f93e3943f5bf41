import assert from 'node:assert/strict';
import type { DiskCache } from '../../../../../../src/core/ports';
import { searchConfigFromEnvironment } from '../../../../../../src/core/tools/web/search/environment';
import { Searches } from '../../../../../../src/core/tools/web/search/searches';
import { loopbackHttp } from '../../../../../fakes/loopbackHttp';
import { VirtualTimer } from '../../../../../fakes/virtualTimer';
import { startWebServer, type WebServer } from '../../../../../fakes/webServer';

const KEY = 'tvly-0123456789abcdef';

describe('keys and passwords of search providers', () => {
  let server: WebServer | undefined;
  afterEach(() => server?.close());

  const search = (env: Readonly<Record<string, string>>, cache?: DiskCache) =>
    new Searches({
      http: loopbackHttp,
      timer: new VirtualTimer(),
      random: () => 0.5,
      config: async () => searchConfigFromEnvironment(env),
      cache,
    }).web('orla', 5, new AbortController().signal);

  it('stand in no message, nor half of one', async () => {
    // The sentence is cut at 200 characters, within the key.
    const detail = `${'x'.repeat(190)}${KEY}`;
    server = await startWebServer((_, response) => response.writeHead(400).end(JSON.stringify({ detail })));
    const { failed } = await search({ TAVILY_API_KEY: KEY, MEMENTO_TAVILY_URL: server.origin });
    assert.match(failed[0]?.why ?? '', /x\[key\]/);
    assert.doesNotMatch(JSON.stringify(failed), /tvly-/);
  });

  it('stand in no message on an address that is none', async () => {
    const { failed } = await search({
      BRAVE_API_KEY: KEY,
      MEMENTO_BRAVE_URL: 'ftp://ann:passw0rd@x.example/',
    });
    assert.deepEqual(failed[0], { name: 'brave', why: 'has an address that is not http or https' });
  });

  it('are no part of what the cache is asked for', async () => {
    const keys: string[] = [];
    const cache: DiskCache = {
      read: async (key) => void keys.push(key),
      write: async (key) => void keys.push(key),
    };
    const page = { url: 'https://example.org/', title: 'Orla', content: 'Ice.' };
    server = await startWebServer((_, response) => response.end(JSON.stringify({ results: [page] })));
    const url = server.origin.replace('//', '//ann:passw0rd@');
    const { results } = await search({ TAVILY_API_KEY: KEY, MEMENTO_TAVILY_URL: url }, cache);
    assert.equal(results.length, 1);
    assert.ok(keys.length >= 2);
    assert.doesNotMatch(keys.join(), /passw0rd|tvly/);
  });
});

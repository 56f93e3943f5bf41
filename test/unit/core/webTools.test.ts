import assert from 'node:assert/strict';
import { createAssistant, type Ports } from '../../../src/core/assistant';
import { ok } from '../../../src/core/common/result';
import type { HttpClient } from '../../../src/core/ports';
import { searchConfigFromEnvironment } from '../../../src/core/tools/web/search/environment';
import { localDocuments } from '../../fakes/localDocuments';
import { loopbackHttp } from '../../fakes/loopbackHttp';
import { KEY, startSearchServer } from '../../fakes/searchServers';
import { setStage } from '../../golden/harness';

describe('the search tools of an assistant', () => {
  const call = async (more: Partial<Ports>, name: string) => {
    const stage = await setStage({ 'a.md': 'The winch.' });
    try {
      const host = {
        approve: async () => false,
        output: () => {},
        notify: () => {},
        signal: new AbortController().signal,
      };
      const args = { query: 'orla winch' };
      return await createAssistant({ ...stage.ports, ...more }).callTool(name, args, host);
    } finally {
      await stage.close();
    }
  };

  it('are not there where nothing may be asked of the web', async () => {
    for (const name of ['web_search', 'search_papers']) {
      const called = await call({}, name);
      assert.equal(called.ok ? '' : called.fault.code, 'not-found');
    }
  });

  it("ask the user's providers", async () => {
    const server = await startSearchServer('tavily');
    try {
      const env = { TAVILY_API_KEY: KEY, MEMENTO_TAVILY_URL: server.base };
      const webSearch = () => Promise.resolve(searchConfigFromEnvironment(env));
      const called = await call({ http: loopbackHttp, webSearch }, 'web_search');
      assert.ok(called.ok && called.value.ok);
      assert.match(called.value.content, /^3 results for “orla winch” from Tavily\.\n\n\[e1\] https:/);
      assert.equal(called.value.evidence?.length, 3);
    } finally {
      await server.stop();
    }
  });

  it('ask a host together: the calls of several runs share its pace', async () => {
    let [underWay, most] = [0, 0];
    const http: HttpClient = {
      request: async ({ url }) => {
        const answer = { headers: { 'content-type': 'text/plain' }, url, viaProxy: false };
        if (url.pathname === '/robots.txt') return ok({ ...answer, status: 404, body: new Uint8Array() });
        most = Math.max(most, ++underWay);
        // Long enough for all calls to come here, if they may.
        await new Promise((resolve) => setTimeout(resolve, 50));
        underWay--;
        return ok({ ...answer, status: 200, body: new TextEncoder().encode('Ice.') });
      },
    };
    const stage = await setStage({});
    const assistant = createAssistant({ ...stage.ports, http, documents: localDocuments });
    const host = {
      approve: async () => false,
      output: () => {},
      notify: () => {},
      signal: new AbortController().signal,
    };
    const urls = [1, 2, 3, 4].map((n) => `https://lake.example/${n}`);
    await Promise.all(urls.map((url) => assistant.callTool('fetch_page', { url }, host)));
    await stage.close();
    assert.ok(most >= 1 && most <= 2, `${most} at once`);
  });

  it('say without a network that nobody could be reached', async () => {
    for (const name of ['web_search', 'search_papers']) {
      const called = await call({ http: loopbackHttp }, name);
      assert.ok(called.ok && !called.value.ok);
      assert.match(called.value.content, /^Nothing was searched: no search provider could be reached/);
    }
  });
});

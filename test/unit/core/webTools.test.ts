import assert from 'node:assert/strict';
import { createAssistant, type Ports } from '../../../src/core/assistant';
import { searchConfigFromEnvironment } from '../../../src/core/tools/web/search/environment';
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

  it('say without a network that nobody could be reached', async () => {
    for (const name of ['web_search', 'search_papers']) {
      const called = await call({ http: loopbackHttp }, name);
      assert.ok(called.ok && !called.value.ok);
      assert.match(called.value.content, /^Nothing was searched: no search provider could be reached/);
    }
  });
});

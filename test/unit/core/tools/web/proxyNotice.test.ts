import assert from 'node:assert/strict';
import type { HttpClient } from '../../../../../src/core/ports';
import { ok } from '../../../../../src/core/common/result';
import { withProxyNotice } from '../../../../../src/core/tools/web/proxyNotice';
import { get } from '../../../../fakes/httpRequests';

describe('notice of a proxy', () => {
  const answering = (viaProxy: boolean, proxy?: string): HttpClient => ({
    request: async ({ url }) =>
      ok({ status: 200, headers: {}, url, body: new Uint8Array(), viaProxy, ...(proxy ? { proxy } : {}) }),
  });
  const noticesOf = async (client: HttpClient) => {
    const notices: string[] = [];
    const noticing = withProxyNotice(client, (message) => notices.push(message));
    await noticing.request(get('https://a.example.org/'));
    const second = await noticing.request(get('https://b.example.org/'));
    assert.ok(second.ok && second.value.url.host === 'b.example.org');
    return notices;
  };

  it('is given once, and names the proxy', async () => {
    assert.deepEqual(await noticesOf(answering(true, 'proxy.corp:3128')), [
      'Names are resolved by the proxy proxy.corp:3128, so it could not be checked here that web addresses are public.',
    ]);
    assert.equal((await noticesOf(answering(true))).length, 1);
  });

  it('is not given where nobody stands between', async () => {
    assert.deepEqual(await noticesOf(answering(false)), []);
  });
});

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { FaultCode, Result } from '../../../../src/core/common/result';
import type { HttpResponse } from '../../../../src/core/ports';
import type { Environment } from '../../../../src/node/http/proxyEnvironment';
import { environmentRouter } from '../../../../src/node/http/route';
import { clientFor, get } from '../../../fakes/httpRequests';
import {
  createPrivateAuthority,
  type Certified,
  type PrivateAuthority,
} from '../../../fakes/privateAuthority';
import { startProxy, type LoopbackProxy } from '../../../fakes/proxies';
import { temporaryFolder } from '../../../fakes/temporaryFolder';
import { startSocketServer, startWebServer, type WebServer } from '../../../fakes/webServer';

const SITE = 'library.example.org';
const OTHER = 'other.example.org';

describe('proxies and private authorities of the environment', () => {
  const folder = temporaryFolder();
  let authority: PrivateAuthority;
  let certified: Certified;
  let site: WebServer;
  let proxy: LoopbackProxy;
  let authorityFile = '';

  before(async () => {
    authority = await createPrivateAuthority();
    certified = await authority.certify([SITE, 'localhost', '127.0.0.1']);
  });
  beforeEach(async () => {
    site = await startWebServer((request, response) => response.end(`site ${request.url ?? ''}`), certified);
    proxy = await startProxy({
      sites: { [SITE]: site.server, [`${SITE}.`]: site.server, [OTHER]: site.server },
    });
    authorityFile = path.join(folder(), 'authority.pem');
    await writeFile(authorityFile, authority.cert);
  });
  afterEach(() => Promise.all([site.close(), proxy.close()]));

  const fetched = (url: string, env: Environment, allowed: readonly string[] = []) =>
    clientFor(allowed, { router: environmentRouter(env), resolver: refusing }).request(get(url));

  it('lead to a public site through CONNECT and a login', async () => {
    const env = { HTTPS_PROXY: proxy.url, NODE_EXTRA_CA_CERTS: authorityFile };
    const answer = valueOf(await fetched(`https://${SITE}/page`, env));
    assert.deepEqual([answer.body, answer.viaProxy, answer.proxy], ['site /page', true, proxy.host]);
    assert.deepEqual(proxy.asked, [`${SITE}:443`]);
    assert.equal(site.headers[0]?.['proxy-authorization'], undefined);
  });

  it('lead to a public site by plain requests', async () => {
    const answer = valueOf(await fetched(`http://${SITE}/page?a=b`, { http_proxy: proxy.url }));
    assert.deepEqual(
      [answer.body, answer.viaProxy, answer.proxy],
      [`proxied http://${SITE}/page?a=b`, true, proxy.host],
    );
  });

  it('may be reached by https themselves', async () => {
    const secure = await startProxy({ tls: certified, sites: { [SITE]: site.server } });
    const env = { ALL_PROXY: secure.url, SSL_CERT_FILE: authorityFile };
    assert.equal(valueOf(await fetched(`https://${SITE}/`, env)).body, 'site /');
    assert.equal(valueOf(await fetched(`http://${SITE}/`, env)).body, `proxied http://${SITE}/`);
    fault(
      await fetched(`https://${SITE}/`, { ALL_PROXY: secure.url }),
      'unreachable',
      /certificate of the proxy 127.* is not trusted \(.+NODE_EXTRA/,
    );
    fault(
      await fetched(`http://${SITE}/`, { ALL_PROXY: secure.url }),
      'unreachable',
      /certificate of the proxy 127.* is not trusted \(.+NODE_EXTRA/,
    );
    await secure.close();
  });

  it('block private addresses and names as ever', async () => {
    const env = { ALL_PROXY: proxy.url };
    for (const url of [
      'http://127.0.0.1/',
      'http://[::ffff:a00:1]/',
      'https://169.254.169.254/',
      'http://localhost/',
      'http://printer/',
      'http://10.0.0.1.nip.io/',
    ]) {
      fault(await fetched(url, env), 'denied');
    }
    assert.deepEqual(proxy.asked, []);
  });

  it('are not used for what NO_PROXY names', async () => {
    const origin = `https://localhost:${site.port}`;
    const env = { HTTPS_PROXY: proxy.url, NO_PROXY: 'localhost', SSL_CERT_FILE: authorityFile };
    const client = clientFor([origin], { router: environmentRouter(env) });
    const answer = await client.request(get(`${origin}/direct`));
    assert.ok(answer.ok && !answer.value.viaProxy);
    assert.deepEqual(proxy.asked, []);
  });

  it('are used for an allowed origin', async () => {
    const origin = `https://localhost:${site.port}`;
    const env = { HTTPS_PROXY: proxy.url, NODE_EXTRA_CA_CERTS: authorityFile };
    assert.equal(valueOf(await fetched(`${origin}/inside`, env, [origin])).body, 'site /inside');
    assert.deepEqual(proxy.asked, [`localhost:${site.port}`]);
  });

  it('want their login, and the fault says where to put it', async () => {
    for (const url of [`https://${SITE}/`, `http://${SITE}/`]) {
      for (const login of ['', 'ann:wrong@']) {
        const result = await fetched(url, { ALL_PROXY: `http://${login}${proxy.host}` });
        const message = fault(
          result,
          'unreachable',
          /wants a user name and a password \(407\): .*HTTPS_PROXY/,
        );
        assert.doesNotMatch(message, /wrong/);
      }
    }
    assert.equal(site.connections, 0);
  });

  it('take passwords as people type them', async () => {
    const env = { HTTPS_PROXY: `ann:p@ss:word@${proxy.host}`, NODE_EXTRA_CA_CERTS: authorityFile };
    assert.equal(valueOf(await fetched(`https://${SITE}/`, env)).body, 'site /');
    fault(
      await fetched(`https://${SITE}/`, { HTTPS_PROXY: `http://ann:100%@${proxy.host}` }),
      'unreachable',
      /407/,
    );
  });

  it('are told apart from the site when they refuse it', async () => {
    const refusing = await startWebServer((_, response) => response.end());
    refusing.server.on('connect', (_request, socket) =>
      socket.end(
        'HTTP/1.1 403 Forbidden\r\ncontent-type: text/html\r\ncontent-length: 12\r\n\r\n<h1>No.</h1>',
      ),
    );
    const result = await fetched(`https://${SITE}/`, { HTTPS_PROXY: refusing.origin });
    fault(result, 'unreachable', /does not connect to library\.example\.org \(403\): .*NO_PROXY/);
    await refusing.close();
  });

  it('are named where they are not there, are of another kind, or are none', async () => {
    const gone = await startWebServer(() => undefined);
    await gone.close();
    for (const url of [`https://${SITE}/`, `http://${SITE}/`]) {
      fault(
        await fetched(url, { ALL_PROXY: gone.origin }),
        'unreachable',
        /proxy 127.* can't be used \(ECONNREFUSED\)/,
      );
      fault(await fetched(url, { ALL_PROXY: 'socks5://127.0.0.1:1080' }), 'unsupported', /no HTTP proxy/);
      fault(await fetched(url, { ALL_PROXY: 'http://[' }), 'unsupported');
    }
  });

  it('that say nothing are not waited for, and nothing is left open', async () => {
    const controller = new AbortController();
    let closed: () => void = () => undefined;
    const isClosed = new Promise<void>((resolve) => (closed = resolve));
    const silent = await startSocketServer((socket) => {
      socket.on('close', closed).resume();
      controller.abort();
    });
    const router = environmentRouter({ HTTPS_PROXY: `http://127.0.0.1:${silent.port}` });
    const { signal } = controller;
    const pending = clientFor([], { router }).request(get(`https://${SITE}/`, { signal }));
    await assert.rejects(pending, { name: 'AbortError' });
    await isClosed;
    await silent.close();
  });

  it('that answer with something else than HTTP are told', async () => {
    for (const bytes of ['SSH-2.0-x\r\n\r\n', '']) {
      const odd = await startSocketServer((socket) => socket.once('data', () => socket.end(bytes)));
      const result = await fetched(`https://${SITE}/`, { HTTPS_PROXY: `http://127.0.0.1:${odd.port}` });
      fault(result, 'unreachable', /proxy 127/);
      await odd.close();
    }
  });

  describe('authorities', () => {
    it('are those of SSL_CERT_DIR too, and damaged ones are passed over', async () => {
      await writeFile(
        path.join(folder(), 'damaged.pem'),
        '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----',
      );
      const env = {
        HTTPS_PROXY: proxy.url,
        SSL_CERT_DIR: `/nowhere${path.delimiter}${folder()}`,
        SSL_CERT_FILE: '/nowhere',
      };
      assert.equal(valueOf(await fetched(`https://${SITE}/`, env)).body, 'site /');
    });

    it('that are not trusted are told with host and remedy', async () => {
      const result = await fetched(`https://${SITE}/`, { HTTPS_PROXY: proxy.url });
      fault(
        result,
        'unreachable',
        /certificate of library\.example\.org is not trusted \(.+\): .*NODE_EXTRA_CA_CERTS/,
      );
    });

    it('vouch for a name alone', async () => {
      const env = { HTTPS_PROXY: proxy.url, NODE_EXTRA_CA_CERTS: authorityFile };
      fault(
        await fetched(`https://${OTHER}/`, env),
        'unreachable',
        /is for another name \(ERR_TLS_CERT_ALTNAME_INVALID\): check the address/,
      );
      assert.equal(valueOf(await fetched(`https://${SITE}./`, env)).body, 'site /');
    });
  });
});

/** Where a proxy resolves names, nobody here does. */
const refusing = (name: string): never => assert.fail(`${name} was resolved`);

function valueOf(result: Result<HttpResponse>) {
  if (!result.ok) assert.fail(`${result.fault.code}: ${result.fault.message}`);
  return { ...result.value, body: new TextDecoder().decode(result.value.body) };
}

function fault(result: Result<HttpResponse>, code: FaultCode, message = /./): string {
  if (result.ok) assert.fail(`expected ${code}, got status ${result.value.status}`);
  assert.equal(result.fault.code, code, result.fault.message);
  assert.match(result.fault.message, message);
  return result.fault.message;
}

import assert from 'node:assert/strict';
import { proxyFor, type Environment } from '../../../../src/node/http/proxyEnvironment';

const chosen = (url: string, env: Environment): string | undefined => {
  const proxy = proxyFor(new URL(url), env);
  return proxy instanceof URL ? proxy.href : proxy;
};

describe('proxy of the environment', () => {
  const cases: readonly (readonly [string, Environment, string, string | undefined])[] = [
    ['none', {}, 'https://a.org/', undefined],
    ['by protocol', { HTTPS_PROXY: 'http://s:1', HTTP_PROXY: 'http://h:1' }, 'https://a.org/', 'http://s:1/'],
    ['by protocol', { HTTPS_PROXY: 'http://s:1', HTTP_PROXY: 'http://h:1' }, 'http://a.org/', 'http://h:1/'],
    [
      'small letters first',
      { https_proxy: 'http://s:1', HTTPS_PROXY: 'http://l:1' },
      'https://a.org/',
      'http://s:1/',
    ],
    ['for all', { ALL_PROXY: 'http://p:1' }, 'https://a.org/', 'http://p:1/'],
    ['an empty one is none', { https_proxy: '', HTTPS_PROXY: 'http://l:1' }, 'https://a.org/', 'http://l:1/'],
    ['with no protocol', { http_proxy: 'proxy.corp:3128' }, 'http://a.org/', 'http://proxy.corp:3128/'],
    ['that is none', { http_proxy: 'http://[' }, 'http://a.org/', 'http://['],
    [
      'a CGI request’s header',
      { HTTP_PROXY: 'http://evil:1', REQUEST_METHOD: 'GET' },
      'http://a.org/',
      undefined,
    ],
    ['in CGI', { http_proxy: 'http://p:1', REQUEST_METHOD: 'GET' }, 'http://a.org/', 'http://p:1/'],
  ];
  for (const [name, env, url, expected] of cases) {
    it(`${name}: ${url} ${JSON.stringify(env)}`, () => assert.equal(chosen(url, env), expected));
  }

  const exempt: readonly (readonly [noProxy: string, url: string, isExempt: boolean])[] = [
    ['*', 'http://a.org/', true],
    ['a.org', 'http://a.org/', true],
    ['a.org', 'http://www.A.org./', true],
    ['a.org', 'http://ba.org/', false],
    ['.a.org', 'http://www.a.org/', true],
    ['*.a.org', 'http://www.a.org/', true],
    ['b.org, a.org', 'http://a.org/', true],
    ['b.org a.org', 'http://a.org/', true],
    ['a.org:8080', 'http://a.org:8080/', true],
    ['a.org:8080', 'http://a.org/', false],
    ['a.org:443', 'https://a.org/', true],
    ['127.0.0.1', 'http://127.1/', true],
    ['10.0.0.0/8', 'http://10.1.2.3/', true],
    ['10.0.0.0/8', 'http://11.1.2.3/', false],
    ['::1', 'http://[::1]/', true],
    ['[::1]:80', 'http://[::1]/', true],
    ['fd00::/8', 'http://[fd12::1]/', true],
    ['10.0.0.0/8', 'http://[fd12::1]/', false],
    ['.', 'http://a.org/', false],
    ['0.0.1', 'http://127.0.0.1/', false],
  ];
  for (const [noProxy, url, isExempt] of exempt) {
    it(`NO_PROXY=${noProxy} ${isExempt ? 'spares' : 'does not spare'} ${url}`, () => {
      const proxy = chosen(url, { ALL_PROXY: 'http://p:1', no_proxy: noProxy });
      assert.equal(proxy, isExempt ? undefined : 'http://p:1/');
    });
  }
});

import assert from 'node:assert/strict';
import type { HttpRequest } from '../../../../src/core/ports';
import { redirectOf, type Hop } from '../../../../src/node/http/redirect';
import { clientFor, get } from '../../../fakes/httpRequests';
import { startWebServer, type WebServer } from '../../../fakes/webServer';

describe('redirects', () => {
  let first: WebServer;
  let second: WebServer;
  /** What the first server answers: a status and where to. */
  let answers: Record<string, readonly [number, string]> = {};

  before(async () => {
    first = await startWebServer((request, response) => {
      const [status, location] = answers[request.url ?? ''] ?? [200, undefined];
      response.writeHead(status, location === undefined ? {} : { location }).end(request.method);
    });
    second = await startWebServer((request, response) => response.end(`second ${request.method ?? ''}`));
  });
  after(() => Promise.all([first.close(), second.close()]));

  const ask = async (
    path: string,
    more: Partial<HttpRequest> = {},
    allowed = [first.origin, second.origin],
  ) => {
    const result = await clientFor(allowed).request(get(first.origin + path, more));
    return result.ok
      ? {
          status: result.value.status,
          url: result.value.url.href,
          body: new TextDecoder().decode(result.value.body),
        }
      : result.fault;
  };

  it('are followed to the end, which is told', async () => {
    answers = { '/a': [301, '/b?x=1'], '/b?x=1': [302, 'c'], '/c': [307, `${second.origin}/d`] };
    assert.deepEqual(await ask('/a#part'), {
      status: 200,
      url: `${second.origin}/d#part`,
      body: 'second GET',
    });
  });

  it('are read as UTF-8', async () => {
    answers = { '/a': [302, Buffer.from('/größe').toString('latin1')] };
    assert.deepEqual(await ask('/a'), { status: 200, url: `${first.origin}/gr%C3%B6%C3%9Fe`, body: 'GET' });
  });

  it('end after ten', async () => {
    answers = { '/a': [302, '/a'] };
    const before = first.requests.length;
    assert.deepEqual(await ask('/a'), {
      code: 'bad-reply',
      message: `127.0.0.1:${first.port} redirects more than 10 times.`,
    });
    assert.equal(first.requests.length - before, 11);
  });

  for (const target of [
    'http://169.254.169.254/latest/meta-data/',
    'http://[::1]/',
    'http://2130706433/',
    'http://localhost/',
    'http://example.com:8080/',
    'file:///etc/passwd',
    'http://user:password@example.com/',
    'http://xn--80ak6aa92e.com/',
    'http://[bad',
  ]) {
    it(`do not lead to ${target}`, async () => {
      answers = { '/a': [302, target] };
      const fault = await ask('/a');
      assert.ok('code' in fault);
      assert.equal(fault.code, target === 'http://[bad' ? 'bad-reply' : 'denied', fault.message);
    });
  }

  it('lead to no origin that is not allowed, though the first one was the user’s', async () => {
    answers = { '/a': [302, `${second.origin}/`] };
    const before = second.connections;
    const fault = await ask('/a', { namedBy: 'user' }, []);
    assert.ok('code' in fault && fault.code === 'denied', JSON.stringify(fault));
    assert.match(fault.message, /to which 127\.0\.0\.1:\d+ redirects, is not fetched\. .*--allow-origin/);
    assert.equal(second.connections, before);
  });

  it('take no secret to another origin', async () => {
    answers = { '/a': [302, '/b'], '/b': [302, `${second.origin}/c`] };
    const headers = { authorization: 'Bearer k', cookie: 'c=1', 'x-key': 'k', accept: 'text/html' };
    await ask('/a', { headers, secretHeaders: ['X-Key'] });
    const sent = [first.headers.at(-1), second.headers.at(-1)].map((each) =>
      Object.keys(headers).filter((name) => each?.[name] !== undefined),
    );
    assert.deepEqual(sent, [['authorization', 'cookie', 'x-key', 'accept'], ['accept']]);
  });

  it('keep or lose method and body as RFC 9110 says', async () => {
    const sent = async (status: number) => {
      answers = { '/a': [status, '/b'] };
      const result = await ask('/a', {
        method: 'POST',
        body: 'x',
        headers: { 'content-type': 'text/plain' },
      });
      return 'body' in result && [result.body, first.headers.at(-1)?.['content-type']];
    };
    for (const status of [301, 302, 303]) assert.deepEqual(await sent(status), ['GET', undefined]);
    for (const status of [307, 308]) assert.deepEqual(await sent(status), ['POST', 'text/plain']);
  });

  it('take no body to another origin', async () => {
    answers = { '/a': [307, `${second.origin}/b`] };
    const fault = await ask('/a', { method: 'POST', body: '{"api_key":"k"}' });
    assert.ok('code' in fault && fault.code === 'denied');
  });

  it('are none with another status or with no location', async () => {
    answers = { '/a': [300, '/b'], '/b': [304, '/c'] };
    for (const [path, status] of [
      ['/a', 300],
      ['/b', 304],
    ] as const) {
      const result = await ask(path);
      assert.ok('status' in result && result.status === status);
    }
  });

  it('never go from https to http, not even on one host', () => {
    const hop: Hop = { url: new URL('https://example.com/'), method: 'GET', headers: {} };
    const next = redirectOf(hop, 301, 'http://example.com/', []);
    assert.ok(next && !next.ok && next.fault.code === 'denied');
    assert.ok(
      redirectOf({ ...hop, url: new URL('http://example.com/') }, 301, 'https://example.com/', [])?.ok,
    );
  });

  describe('as one step', () => {
    const headers = {
      'content-type': 'text/plain',
      'content-length': '1',
      'content-encoding': 'gzip',
      accept: '*/*',
      authorization: 'Bearer k',
    };
    const { authorization, accept } = headers;
    const sent: Hop = { url: new URL('https://a.example/x#part'), method: 'POST', headers, body: 'x' };
    const step = (status: number, location: string | undefined, more: Partial<Hop> = {}) => {
      const next = redirectOf({ ...sent, ...more }, status, location, []);
      if (!next) return undefined;
      return next.ok ? { ...next.value, url: next.value.url.href } : next.fault;
    };

    it('loses what describes the body with the body', () => {
      const url = 'https://a.example/y#part';
      const got = { url, method: 'GET', headers: { accept, authorization }, body: undefined };
      for (const status of [301, 302, 303]) assert.deepEqual(step(status, '/y'), got);
      assert.deepEqual(step(303, '/y', { method: 'PUT' }), got);
    });

    it('keeps all of it where only what is posted becomes another request', () => {
      const kept = { url: 'https://a.example/y#part', method: 'PUT', headers, body: 'x' };
      for (const status of [301, 302, 307, 308])
        assert.deepEqual(step(status, '/y', { method: 'PUT' }), kept);
      assert.deepEqual(step(308, '/y'), { ...kept, method: 'POST' });
    });

    it('has the fragment of the new address where it has one', () => {
      const next = step(302, 'https://a.example/y#own');
      assert.ok(next && 'url' in next && next.url === 'https://a.example/y#own');
    });

    it('is none without a location', () => {
      for (const status of [301, 302, 303, 307, 308]) assert.equal(step(status, undefined), undefined);
    });

    it('says why it is not taken', () => {
      assert.deepEqual(step(302, 'http://[bad'), {
        code: 'bad-reply',
        message: 'a.example redirects to an address that is none.',
      });
      assert.deepEqual(step(302, 'http://a.example/'), {
        code: 'denied',
        message: 'a.example redirects from https to http, which is not followed.',
      });
      assert.deepEqual(step(307, 'https://b.example/'), {
        code: 'denied',
        message: 'a.example redirects what was sent to it to b.example, which is not followed.',
      });
    });
  });
});

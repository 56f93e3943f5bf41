import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';
import * as zlib from 'node:zlib';
import type { FaultCode, Result } from '../../../../src/core/common/result';
import type { HttpRequest, HttpResponse } from '../../../../src/core/ports';
import type { Resolver } from '../../../../src/node/http/addressGuard';
import { clientFor, get } from '../../../fakes/httpRequests';
import { startSocketServer, startWebServer, type WebServer } from '../../../fakes/webServer';

describe('HTTP client', () => {
  const servers: { close(): Promise<void> }[] = [];
  afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

  const serve = async (answer: RequestListener): Promise<WebServer> => {
    const server = await startWebServer(answer);
    servers.push(server);
    return server;
  };
  /** A server that writes these bytes, whatever it is asked; the client gets its reply. */
  const replyTo = async (bytes: string | Buffer, more: Partial<HttpRequest> = {}) => {
    const server = await startSocketServer((socket) => socket.once('data', () => socket.end(bytes)));
    servers.push(server);
    const origin = `http://127.0.0.1:${server.port}`;
    return clientFor([origin]).request(get(`${origin}/`, more));
  };
  const fetched = async (server: WebServer, path = '/', more: Partial<HttpRequest> = {}) =>
    clientFor([server.origin]).request(get(server.origin + path, more));

  it('gives status, headers, address and body', async () => {
    const server = await serve((_, response) => {
      response.writeHead(404, { 'Content-Type': 'text/plain', Link: ['<a>', '<b>'] }).end('not here');
    });
    const { status, headers, url, body, viaProxy } = valueOf(await fetched(server, '/a?b=c#d'));
    assert.deepEqual([status, headers['content-type'], headers['link']], [404, 'text/plain', '<a>, <b>']);
    assert.deepEqual([url.href, textOf(body), viaProxy], [`${server.origin}/a?b=c#d`, 'not here', false]);
    assert.deepEqual(server.requests, ['GET /a?b=c']);
  });

  it('says what it is, unless it is told to say something else', async () => {
    const server = await serve((_, response) => response.end());
    await fetched(server);
    await fetched(server, '/', { headers: { 'user-agent': 'Reader (mailto:me@example.com)' } });
    assert.match(server.headers[0]?.['user-agent'] ?? '', /^Memento\//);
    assert.equal(server.headers[1]?.['user-agent'], 'Reader (mailto:me@example.com)');
  });

  it('sends a body', async () => {
    const server = await serve((request, response) => request.pipe(response));
    const answer = await fetched(server, '/', { method: 'POST', body: '{"q":"Fähre"}' });
    assert.equal(textOf(valueOf(answer).body), '{"q":"Fähre"}');
    assert.equal(server.headers[0]?.['content-length'], '14');
  });

  it('hands on 304 with nothing in it', async () => {
    const server = await serve((_, response) => response.writeHead(304, { etag: '"1"' }).end());
    const { status, headers, body } = valueOf(await fetched(server));
    assert.deepEqual([status, headers['etag'], body.length], [304, '"1"', 0]);
  });

  describe('encodings', () => {
    const text = 'The ferry leaves at nine. '.repeat(2000);
    const encodings: readonly (readonly [string, Buffer])[] = [
      ['gzip', zlib.gzipSync(text)],
      ['x-gzip', zlib.gzipSync(text)],
      ['br', zlib.brotliCompressSync(text)],
      ['deflate', zlib.deflateSync(text)],
      ['deflate', zlib.deflateRawSync(text)],
      ['gzip, br', zlib.brotliCompressSync(zlib.gzipSync(text))],
      ['identity', Buffer.from(text)],
    ];
    for (const [encoding, bytes] of encodings) {
      it(`decodes ${encoding}, first byte ${bytes[0]}`, async () => {
        const server = await serve((_, response) =>
          response.writeHead(200, { 'content-encoding': encoding }).end(bytes),
        );
        assert.equal(textOf(valueOf(await fetched(server)).body), text);
      });
    }

    it('takes an empty body for empty, whatever its encoding', async () => {
      const server = await serve((_, response) =>
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(),
      );
      assert.equal(valueOf(await fetched(server)).body.length, 0);
    });

    it('refuses what is no such encoding, is cut, or is unknown', async () => {
      const cut = zlib.gzipSync(text).subarray(0, 60);
      for (const [encoding, bytes] of [
        ['gzip', Buffer.from('<html>plain</html>')],
        ['gzip', cut],
        ['br', Buffer.from('no brotli')],
        ['zstd', Buffer.from('(\xb5/\xfd', 'latin1')],
        ['gzip,gzip,gzip,gzip', cut],
      ] as const) {
        const server = await serve((_, response) =>
          response.writeHead(200, { 'content-encoding': encoding }).end(bytes),
        );
        fault(await fetched(server), 'bad-reply', /is broken: /);
      }
    });
  });

  describe('limits', () => {
    it('gives a bomb up as soon as it has unpacked too much', async () => {
      const bomb = zlib.gzipSync(Buffer.alloc(50_000_000));
      for (const encoding of ['gzip', 'gzip, gzip']) {
        const bytes = encoding === 'gzip' ? bomb : zlib.gzipSync(bomb);
        const server = await serve((_, response) =>
          response.writeHead(200, { 'content-encoding': encoding }).end(bytes),
        );
        fault(await fetched(server), 'limit', /more than the 1 MB/);
      }
    });

    it('reads no body that says it is too long', async () => {
      const answer = await replyTo('HTTP/1.1 200 OK\r\ncontent-length: 2000000\r\n\r\nabc');
      fault(answer, 'limit');
    });

    it('ends a body that never ends', async () => {
      const server = await serve((_, response) => {
        const more = () => {
          if (!response.destroyed) response.write(Buffer.alloc(65_536), more);
        };
        more();
      });
      fault(await fetched(server), 'limit');
    });

    it('takes exactly the limit', async () => {
      const server = await serve((_, response) => response.end(Buffer.alloc(1000)));
      assert.equal(valueOf(await fetched(server, '/', { maxBytes: 1000 })).body.length, 1000);
      fault(await fetched(server, '/', { maxBytes: 999 }), 'limit');
    });

    it('ends a body at the limit for who wants no more of it', async () => {
      const server = await serve((_, response) => response.end('abcdef'.repeat(100_000)));
      const cut = valueOf(await fetched(server, '/', { maxBytes: 5, cuts: true }));
      assert.equal(textOf(cut.body), 'abcde');
    });

    it('refuses endless headers', async () => {
      fault(await replyTo(`HTTP/1.1 200 OK\r\nx: ${'x'.repeat(100_000)}\r\n\r\n`), 'limit', /headers/);
    });

    it('waits for silence only so long', async () => {
      const server = await serve(() => undefined);
      fault(await fetched(server, '/', { timeoutMs: 50 }), 'stalled', /did not finish within 1 s/);
    });

    it('waits for a slow body only so long', async () => {
      const server = await serve((_, response) => {
        const timer = setInterval(() => response.write('.'), 5);
        response.on('close', () => clearInterval(timer));
      });
      fault(await fetched(server, '/', { timeoutMs: 100 }), 'stalled');
    });
  });

  describe('what is no reply', () => {
    const replies: readonly (readonly [string, string, FaultCode])[] = [
      ['another protocol', 'SSH-2.0-OpenSSH_9.6\r\n', 'bad-reply'],
      ['a broken length', 'HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\nabc', 'bad-reply'],
      [
        'two lengths',
        'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
        'bad-reply',
      ],
      [
        'broken chunks',
        'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nabcde\r\nzz\r\n',
        'bad-reply',
      ],
      ['chunks that are cut', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nab', 'bad-reply'],
      ['a body that is cut', 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc', 'bad-reply'],
      ['nothing', '', 'unreachable'],
      [
        'an upgrade',
        'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n',
        'unreachable',
      ],
    ];
    for (const [name, bytes, code] of replies) {
      it(`tells ${name}`, async () => void fault(await replyTo(bytes), code));
    }

    it('tells that nothing answers, and that a name is unknown', async () => {
      const server = await startWebServer((_, response) => response.end());
      await server.close();
      fault(await fetched(server), 'unreachable', /Nothing answers at 127\.0\.0\.1:\d+ \(ECONNREFUSED\)/);
      const resolver = (_: string, done: Parameters<Resolver>[1]) =>
        done(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }), []);
      const answer = await clientFor([], { resolver }).request(get('http://nowhere.example.org/'));
      fault(answer, 'unreachable', /The host nowhere\.example\.org can't be found/);
    });

    it('tells a key that cannot be sent', async () => {
      const server = await serve((_, response) => response.end());
      const headers = { authorization: 'Bearer one\ntwo' };
      const message = fault(await fetched(server, '/', { headers }), 'bad-request');
      assert.doesNotMatch(message, /one|two/);
    });
  });

  describe('cancelling', () => {
    it('rejects with the reason before, in and after the head', async () => {
      const reason = new DOMException('Enough.', 'AbortError');
      const controller = new AbortController();
      const server = await serve((request, response) => {
        if (request.url === '/head') controller.abort(reason);
        response.write('a');
        if (request.url === '/body') setImmediate(() => controller.abort(reason));
      });
      const { signal } = controller;
      await assert.rejects(fetched(server, '/body', { signal }), reason);
      await assert.rejects(fetched(server, '/again', { signal }), reason);
      assert.deepEqual(server.requests, ['GET /body']);
    });
  });
});

function valueOf(result: Result<HttpResponse>): HttpResponse {
  if (!result.ok) assert.fail(`${result.fault.code}: ${result.fault.message}`);
  return result.value;
}

function fault(result: Result<HttpResponse>, code: FaultCode, message = /./): string {
  if (result.ok) assert.fail(`expected ${code}, got status ${result.value.status}`);
  assert.equal(result.fault.code, code, result.fault.message);
  assert.match(result.fault.message, message);
  return result.fault.message;
}

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

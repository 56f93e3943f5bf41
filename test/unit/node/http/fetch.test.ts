import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import * as zlib from 'node:zlib';
import { resolveModels } from '../../../../src/models';
import { createFetch } from '../../../../src/node/http/fetch';
import { startModelServer, type ModelServer } from '../../../fakes/modelServer';
import { createPrivateAuthority, type Certified } from '../../../fakes/privateAuthority';
import { startProxy, type LoopbackProxy } from '../../../fakes/proxies';
import { temporaryFolder } from '../../../fakes/temporaryFolder';
import { startWebServer, type WebServer } from '../../../fakes/webServer';

const fetchBare = createFetch({});

describe('fetch of the command line', () => {
  let server: WebServer;
  before(async () => {
    server = await startWebServer((request, response) => {
      if (request.url === '/echo') {
        response.writeHead(201, 'Made', {
          'x-type': request.headers['content-type'],
          'set-cookie': ['a=1', 'b=2'],
        });
        request.pipe(response);
      } else if (request.url === '/empty') response.writeHead(204).end();
      else if (request.url === '/gzip') {
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(zlib.gzipSync('packed'));
      } else if (request.url === '/away') response.writeHead(307, { location: '/echo' }).end();
      else if (request.url === '/hang') response.writeHead(200).flushHeaders();
      else response.writeHead(404).end('none');
    });
  });
  after(() => server.close());

  it('is a fetch: methods, headers, bodies, statuses', async () => {
    const made = await fetchBare(`${server.origin}/echo`, {
      method: 'POST',
      body: 'a=b',
      headers: { 'X-Key': 'k' },
    });
    assert.deepEqual(
      [made.status, made.statusText, made.ok, await made.text(), made.headers.getSetCookie()],
      [201, 'Made', true, 'a=b', ['a=1', 'b=2']],
    );
    assert.equal(server.headers.at(-1)?.['x-key'], 'k');
    assert.equal((await fetchBare(new URL('/empty', server.origin))).body, null);
    assert.equal(await (await fetchBare(new Request(`${server.origin}/gzip`))).text(), 'packed');
    assert.equal((await fetchBare(`${server.origin}/nowhere`)).status, 404);
  });

  it('sends forms, as audio goes to a transcriber', async () => {
    const form = new FormData();
    form.append('file', new Blob(['RIFF']), 'a.wav');
    const answer = await fetchBare(`${server.origin}/echo`, { method: 'POST', body: form });
    const echoed = await new Response(await answer.arrayBuffer(), {
      headers: { 'content-type': answer.headers.get('x-type') ?? '' },
    }).formData();
    const file = echoed.get('file');
    assert.ok(file instanceof File && file.name === 'a.wav');
    assert.equal(await file.text(), 'RIFF');
  });

  it('follows redirects, or not, as it is told', async () => {
    const post = { method: 'POST', body: 'x' } as const;
    assert.equal(await (await fetchBare(`${server.origin}/away`, post)).text(), 'x');
    const manual = await fetchBare(`${server.origin}/away`, { ...post, redirect: 'manual' });
    assert.deepEqual([manual.status, manual.headers.get('location')], [307, '/echo']);
    await assert.rejects(fetchBare(`${server.origin}/away`, { ...post, redirect: 'error' }), TypeError);
  });

  it('takes no key to another origin', async () => {
    const other = await startWebServer((_, response) => response.end());
    const first = await startWebServer((_, response) =>
      response.writeHead(302, { location: other.origin }).end(),
    );
    await fetchBare(first.origin, {
      headers: { authorization: 'Bearer k', 'api-key': 'k', accept: 'text/html' },
    });
    const { authorization, accept, 'api-key': key } = other.headers[0] ?? {};
    assert.deepEqual([authorization, key, accept], [undefined, undefined, 'text/html']);
    await Promise.all([first.close(), other.close()]);
  });

  it('gives each piece of a stream as it comes', async () => {
    let send: (text: string) => void = () => undefined;
    let closed: Promise<unknown> = Promise.resolve();
    const stream = await startWebServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
      send = (text) => void response.write(text);
      closed = once(response, 'close');
    });
    const { body } = await fetchBare(stream.origin);
    assert.ok(body);
    const reader = body.getReader();
    for (const text of ['data: 1\n\n', 'data: 2\n\n']) {
      const read = reader.read();
      send(text);
      assert.equal(new TextDecoder().decode((await read).value), text);
    }
    await reader.cancel();
    await closed;
    await stream.close();
  });

  it('rejects with the reason of the signal, before and within the body', async () => {
    const reason = new Error('Enough.');
    await assert.rejects(fetchBare(server.origin, { signal: AbortSignal.abort(reason) }), reason);
    const controller = new AbortController();
    const answer = await fetchBare(`${server.origin}/hang`, { signal: controller.signal });
    const text = answer.text();
    controller.abort(reason);
    await assert.rejects(text, reason);
  });

  it('fails as fetch does, with the code of what went wrong', async () => {
    const gone = await startWebServer(() => undefined);
    await gone.close();
    await assert.rejects(fetchBare(gone.origin), (error: unknown) => {
      assert.ok(error instanceof TypeError && error.cause instanceof Error && 'code' in error.cause);
      return error.cause.code === 'ECONNREFUSED';
    });
  });
});

describe('models through a proxy with a login, under a private authority', () => {
  const folder = temporaryFolder();
  const HOST = 'models.example.org';
  let certified: Certified;
  let authority = '';
  let models: ModelServer;
  let site: WebServer;
  let proxy: LoopbackProxy;
  let env: Record<string, string>;

  before(async () => {
    const created = await createPrivateAuthority();
    authority = created.cert;
    certified = await created.certify([HOST]);
  });
  beforeEach(async () => {
    models = await startModelServer({ requireKey: 'secret', replies: [{ text: 'The lake is 31 m deep.' }] });
    // TLS in front of the model server.
    site = await startWebServer((request, response) => {
      const { method = 'GET', url = '', headers } = request;
      const body = method === 'POST' ? Readable.toWeb(request) : null;
      void globalThis
        .fetch(`http://127.0.0.1:${models.port}${url}`, {
          method,
          headers: { authorization: headers.authorization ?? '', 'content-type': 'application/json' },
          body,
          duplex: 'half',
        })
        .then(async (answer) => {
          response.writeHead(answer.status, Object.fromEntries(answer.headers));
          for await (const piece of answer.body ?? []) response.write(piece);
          response.end();
        });
    }, certified);
    proxy = await startProxy({ sites: { [HOST]: site.server } });
    const file = path.join(folder(), 'authority.pem');
    await writeFile(file, authority);
    env = { HTTPS_PROXY: proxy.url, NODE_EXTRA_CA_CERTS: file };
  });
  afterEach(() => Promise.all([models.close(), site.close(), proxy.close()]));

  const ask = async (variables: Record<string, string>) => {
    const role = {
      provider: 'openai',
      baseUrl: `https://${HOST}/v1`,
      apiKey: 'secret',
      model: 'test-model',
      source: 'environment',
    } as const;
    const { signal } = new AbortController();
    const resolved = await resolveModels(
      { planner: role, executor: role },
      { signal, fetch: createFetch(variables) },
    );
    assert.ok(resolved.ok && resolved.value.planner);
    let shown = '';
    const reply = await resolved.value.planner.complete(
      { messages: [{ role: 'user', content: 'How deep?' }] },
      { signal, onText: (delta) => (shown += delta) },
    );
    return { reply, shown };
  };

  it('answer in a stream', async () => {
    const { reply, shown } = await ask(env);
    assert.ok(reply.ok, JSON.stringify(reply));
    assert.deepEqual([reply.value.text, shown], ['The lake is 31 m deep.', 'The lake is 31 m deep.']);
    assert.deepEqual(proxy.asked, [`${HOST}:443`]);
  });

  it('say what is wrong with proxy or certificate', async () => {
    const message = async (variables: Record<string, string>) => {
      const { reply } = await ask(variables);
      return reply.ok ? '' : reply.fault.message;
    };
    assert.match(
      await message({ ...env, HTTPS_PROXY: `http://${proxy.host}` }),
      /proxy 127.*user name and a password/,
    );
    assert.match(
      await message({ HTTPS_PROXY: proxy.url }),
      /certificate of models\.example\.org is not trusted/,
    );
  });
});

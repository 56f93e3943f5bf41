import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { createFetch } from '../../../../src/node/http/fetch';
import { startMcpHttpServer, type McpHttpServer } from '../../../fakes/mcpHttpServer';
import { createPrivateAuthority } from '../../../fakes/privateAuthority';
import { type LoopbackProxy, startProxy } from '../../../fakes/proxies';
import { temporaryFolder } from '../../../fakes/temporaryFolder';
import { call, closeServers, program, servers } from './support';

describe('an MCP server over HTTP', function () {
  this.timeout(30_000);
  const folder = temporaryFolder();
  let server: McpHttpServer | undefined;
  let proxy: LoopbackProxy | undefined;
  let child: ChildProcess | undefined;
  afterEach(async () => {
    await closeServers();
    await server?.close();
    await proxy?.close();
    child?.kill('SIGKILL');
    server = child = proxy = undefined;
  });

  it('is called with the headers that the user set, and without them says which are missing', async () => {
    server = await startMcpHttpServer({ key: 'open-sesame' });
    const headers = { Authorization: 'Bearer open-sesame' };
    const { tool, notices } = servers({ good: { url: server.url, headers }, bad: { url: server.url } });
    const greeted = await call(await tool('good__greet'), { name: 'Vantor' });
    assert.deepEqual([greeted.text, greeted.progress], ['Hello Vantor', ['1/?']]);
    assert.deepEqual(await notices(), [
      'The MCP server “bad” refused the request (401): set an Authorization header in its “headers”. Its tools are not there.',
    ]);
  });

  it('is reached through a proxy with a login, under a private authority', async () => {
    const authority = await createPrivateAuthority();
    const certified = await authority.certify(['mcp.example.org']);
    server = await startMcpHttpServer({ certified });
    proxy = await startProxy({ sites: { 'mcp.example.org': server.server } });
    const authorityFile = path.join(folder(), 'authority.pem');
    await writeFile(authorityFile, authority.cert);
    const fetch = createFetch({ HTTPS_PROXY: proxy.url, SSL_CERT_FILE: authorityFile });
    const { tool } = servers({ s: { url: 'https://mcp.example.org/mcp' } }, { fetch });
    assert.equal((await call(await tool('s__greet'), { name: 'Orla' })).text, 'Hello Orla');
    assert.deepEqual([...new Set(proxy.asked)], ['mcp.example.org:443']);
    const stranger = createFetch({ HTTPS_PROXY: proxy.url });
    const { notices } = servers({ s: { url: 'https://mcp.example.org/mcp' } }, { fetch: stranger });
    assert.match(
      (await notices()).join(),
      /“s” cannot be reached: The certificate of mcp\.example\.org is not trusted \(UNABLE_TO_VERIFY_LEAF_SIGNATURE\): name a file with its authority in NODE_EXTRA_CA_CERTS\./,
    );
  });

  it('gets a new session where it has forgotten ours, and its end is told', async () => {
    server = await startMcpHttpServer();
    const { tool, mcp } = servers({ s: { url: server.url } });
    const greet = await tool('s__greet');
    server.forget();
    assert.equal((await call(greet, { name: 'again' })).text, 'Hello again');
    await mcp.dispose();
    assert.equal(server.methods.at(-1), 'DELETE');
  });

  it('may be called off', async () => {
    server = await startMcpHttpServer();
    const { tool } = servers({ s: { url: server.url } });
    const cancel = new AbortController();
    const calling = call(await tool('s__wait'), {}, cancel.signal);
    setTimeout(() => cancel.abort(), 50);
    await assert.rejects(calling, { name: 'AbortError' });
  });

  it('that breaks, asks for less or is gone is told as what it is', async () => {
    server = await startMcpHttpServer();
    const { tool } = servers({ s: { url: server.url } });
    const greet = await tool('s__greet');
    const faults = [];
    for (const status of [503, 429, 403]) {
      server.refuse(status);
      faults.push(await call(greet, { name: '' }).catch((error: unknown) => String(error).split(': ')[1]));
    }
    assert.deepEqual(faults, ['server-error', 'rate-limited', 'forbidden']);
    server.refuse(undefined);
    assert.equal((await call(greet, { name: 'back' })).text, 'Hello back');
    await server.close();
    await assert.rejects(
      call(greet, { name: '' }),
      /^Error: unreachable: The MCP server “s” cannot be reached/,
    );
  });

  for (const [transport, path] of [
    ['streamableHttp', 'mcp'],
    ['sse', 'sse'],
  ] as const) {
    it(`of npm: everything, over ${transport}`, async () => {
      const port = await freePort();
      child = spawn(process.execPath, [program('server-everything'), transport], {
        env: { PATH: process.env['PATH'], PORT: String(port) },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      await new Promise<void>((resolve) =>
        child?.stderr?.on('data', (data) => /on port/i.test(String(data)) && resolve()),
      );
      const { tool } = servers({ e: { url: `http://127.0.0.1:${port}/${path}` } });
      const { text, progress } = await call(await tool('e__trigger-long-running-operation'), {
        duration: 0.2,
        steps: 2,
      });
      assert.match(text, /completed/);
      assert.deepEqual(progress, ['1/2', '2/2']);
      assert.equal((await call(await tool('e__echo'), { message: 'hi' })).text, 'Echo: hi');
    });
  }
});

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

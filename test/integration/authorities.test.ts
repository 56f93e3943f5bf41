/**
 * The editor's HTTP port under VS Code's own settings of proxies and certificates. By its name this file comes before
 * others: VS Code reads the system's authorities once, at the first request that anybody makes.
 */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { HttpResponse } from '../../src/core/ports';
import { createEditorHttpClient } from '../../src/vscode/editorHttpClient';
import { get } from '../fakes/httpRequests';
import { createPrivateAuthority } from '../fakes/privateAuthority';
import { startProxy, type LoopbackProxy } from '../fakes/proxies';
import { startWebServer, type WebServer } from '../fakes/webServer';
import { poll } from './driver';

const SITE = 'library.example.org';
/** Its authority is nobody's. */
const STRANGER = 'stranger.example.org';

describe('the web in the editor', function () {
  this.timeout(60_000);
  let site: WebServer;
  let stranger: WebServer;
  let proxy: LoopbackProxy;
  let authorityFile = '';
  let systemFile: string | undefined;
  const http = createEditorHttpClient();

  before(async () => {
    const [authority, unknown] = await Promise.all([createPrivateAuthority(), createPrivateAuthority()]);
    authorityFile = path.join(await mkdtemp(path.join(os.tmpdir(), 'memento-authority-')), 'authority.pem');
    await writeFile(authorityFile, authority.cert);
    // OpenSSL's own name for where the system keeps its authorities. VS Code reads them once, at the first request.
    systemFile = process.env['SSL_CERT_FILE'];
    process.env['SSL_CERT_FILE'] = authorityFile;
    site = await startWebServer((_, response) => response.end('site'), await authority.certify([SITE]));
    stranger = await startWebServer((_, response) => response.end(), await unknown.certify([STRANGER]));
    proxy = await startProxy({ sites: { [SITE]: site.server, [STRANGER]: stranger.server } });
  });
  after(async () => {
    for (const name of ['proxy', 'noProxy', 'systemCertificatesNode']) await set(name, undefined);
    if (systemFile === undefined) delete process.env['SSL_CERT_FILE'];
    else process.env['SSL_CERT_FILE'] = systemFile;
    await Promise.all([site.close(), stranger.close(), proxy.close()]);
    await rm(path.dirname(authorityFile), { recursive: true });
  });

  const set = async (name: string, value: unknown) => {
    const config = () => vscode.workspace.getConfiguration('http');
    await config().update(name, value, vscode.ConfigurationTarget.Global);
    if (value !== undefined)
      await poll(`http.${name}`, async () => JSON.stringify(config().get(name)) === JSON.stringify(value));
  };
  const fetched = async (url: string) => {
    const result = await http.request(get(url));
    return result.ok ? told(result.value) : `${result.fault.code}: ${result.fault.message}`;
  };
  const told = ({ status, body, viaProxy, proxy: by }: HttpResponse) =>
    [status, new TextDecoder().decode(body), viaProxy ? by : 'direct'].join(' ');

  it('is reached through http.proxy with its login', async () => {
    await set('proxy', proxy.url);
    assert.equal(await fetched(`http://${SITE}/a`), `200 proxied http://${SITE}/a ${proxy.host}`);
    assert.ok(proxy.asked.includes(`${SITE}:80`));
  });

  it('is reached through CONNECT, its authority among those of the system', async function () {
    if (
      vscode.workspace.getConfiguration('http').inspect('systemCertificatesNode')?.defaultValue === undefined
    ) {
      console.log('      skipped: this VS Code reads the system’s authorities from fixed files only');
      this.skip();
    }
    await set('systemCertificatesNode', true);
    assert.equal(await fetched(`https://${SITE}/`), `200 site ${proxy.host}`);
  });

  it('says that a certificate is not trusted, and where to add its authority', async () => {
    assert.match(
      await fetched(`https://${STRANGER}/`),
      /^unreachable: The certificate of stranger.+http\.systemCertificates/,
    );
  });

  it('says that the proxy wants a login, and where to put it', async () => {
    await set('proxy', `http://${proxy.host}`);
    for (const url of [`http://${SITE}/`, `https://${SITE}/`]) {
      assert.match(
        await fetched(url),
        /^unreachable: The proxy 127\S+ wants a user name and a password.+http\.proxy/,
      );
    }
  });

  it('says that the proxy is not there', async () => {
    const gone = await startWebServer(() => undefined);
    await gone.close();
    await set('proxy', gone.origin);
    for (const url of [`http://${SITE}/`, `https://${SITE}/`]) {
      assert.match(await fetched(url), /^unreachable: The proxy 127\S+ can't be used .*http\.proxy/);
    }
    await set('proxy', proxy.url);
  });

  it('keeps private addresses blocked', async () => {
    const before = proxy.asked.length;
    for (const url of [
      'http://127.0.0.1/',
      'http://[::1]/',
      'http://169.254.169.254/',
      'https://10.0.0.1/',
    ]) {
      assert.match(await fetched(url), /^denied: /);
    }
    assert.equal(proxy.asked.length, before);
  });

  it('is reached without the proxy where http.noProxy says so', async () => {
    const before = proxy.asked.length;
    await set('noProxy', [SITE]);
    // Nobody resolves this name, and the proxy was not asked to.
    assert.match(
      await fetched(`http://${SITE}/`),
      /^unreachable: The host library\.example\.org can't be found/,
    );
    assert.equal(proxy.asked.length, before);
  });
});

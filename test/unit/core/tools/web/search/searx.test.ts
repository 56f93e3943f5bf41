import assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { searchConfigFromEnvironment } from '../../../../../../src/core/tools/web/search/environment';
import { Searches } from '../../../../../../src/core/tools/web/search/searches';
import { webSearchTool } from '../../../../../../src/core/tools/web/search/searchTools';
import { callTool } from '../../../../../fakes/callTool';
import { loopbackHttp } from '../../../../../fakes/loopbackHttp';
import { PAGES } from '../../../../../fakes/searchReplies';
import { VirtualTimer } from '../../../../../fakes/virtualTimer';

/** Debian's own Python: another one has no packages of the distribution. */
const PYTHON = '/usr/bin/python3';
/** Where the package has what its code looks for beside itself. */
const ASSETS = '/usr/share/python3-searx';

function missing(): string | undefined {
  if (!existsSync(PYTHON) || !existsSync(ASSETS)) return 'python3-searx is not installed';
  // Found without being loaded: it wants settings at once.
  const code = "import importlib.util, sys; sys.exit(importlib.util.find_spec('searx') is None)";
  const { status } = spawnSync(PYTHON, ['-c', code]);
  return status === 0 ? undefined : `${PYTHON} has no module searx`;
}

/** SearXNG's ancestor as Debian ships it, on the loopback interface, with one engine: a server of this test. */
describe('a real searx', function () {
  this.timeout(60_000);
  let folder = '';
  let engine: Server | undefined;
  let searx: ChildProcess | undefined;
  let address = '';
  let hits: readonly unknown[] = [];

  before(async function () {
    const reason = missing();
    if (reason !== undefined) {
      console.log(`      skipped: ${reason}`);
      this.skip();
    }
    engine = createServer((_, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ hits }));
    });
    const enginePort = await listen(engine);
    const port = await freePort();
    folder = mkdtempSync(path.join(os.tmpdir(), 'memento-searx-'));
    const settings = path.join(folder, 'settings.yml');
    writeFileSync(settings, settingsOf(port, enginePort));
    address = `http://127.0.0.1:${port}`;
    searx = spawn(PYTHON, ['-m', 'searx.webapp'], {
      cwd: folder,
      env: { SEARX_SETTINGS_PATH: settings, HOME: folder, no_proxy: '127.0.0.1' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let log = '';
    searx.stderr?.setEncoding('utf8').on('data', (chunk: string) => (log = (log + chunk).slice(-2_000)));
    await untilItAnswers(`${address}/healthz`, searx, () => log);
  });

  after(async () => {
    if (searx?.exitCode === null) {
      searx.kill();
      await once(searx, 'exit');
    }
    engine?.closeAllConnections();
    engine?.close();
    if (folder !== '') rmSync(folder, { recursive: true, force: true });
  });

  const tool = () =>
    webSearchTool(
      new Searches({
        http: loopbackHttp,
        timer: new VirtualTimer(),
        random: () => 0.5,
        config: async () => searchConfigFromEnvironment({ MEMENTO_SEARXNG_URL: address }),
      }),
    );

  it('is searched: its results are evidence', async () => {
    hits = PAGES.map(({ url, title, text }) => ({ url, title, text }));
    const called = await callTool(tool(), { query: 'lake orla winch' });
    assert.match(called.content, /^3 results for “lake orla winch” from SearXNG\.\n/);
    assert.deepEqual(
      called.cited.map(({ source, text }) => [source, text]).toSorted(),
      [
        ['https://example.com/boats/', 'Two boats are moored at the station.'],
        ['https://example.net/ice', 'The ice was 41 cm thick in 2019.'],
        [
          'https://www.example.org/lake/winch?id=7',
          'The winch cable was replaced on 4 March 2023 after it had frayed near the drum.',
        ],
      ].toSorted(),
    );
  });

  it('finds nothing: Wikipedia is asked, which cannot be reached here', async () => {
    hits = [];
    const called = await callTool(tool(), { query: 'no such thing' });
    assert.equal(called.ok, true);
    assert.match(
      called.content,
      /^No result for “no such thing” from SearXNG\..*\nWikipedia could not be reached/,
    );
  });

  it('has an engine that fails: that is no empty web', async () => {
    hits = [{ url: 5 }];
    engine?.closeAllConnections();
    engine?.close();
    const called = await callTool(tool(), { query: 'orla' });
    assert.equal(called.ok, false);
    assert.match(called.content, /SearXNG found nothing, but some of its engines did not answer \(lake: /);
  });
});

/** The least with which searx 1.1 starts: Debian's package has no settings to begin with. */
const settingsOf = (port: number, enginePort: number): string => `
general: { debug: false, instance_name: test }
search: { safe_search: 0, autocomplete: '', default_lang: '', ban_time_on_fail: 0, max_ban_time_on_fail: 0 }
server:
  port: ${port}
  bind_address: 127.0.0.1
  secret_key: of-this-test
  base_url: false
  image_proxy: false
  http_protocol_version: '1.1'
  method: GET
  default_http_headers: {}
ui:
  static_path: ${ASSETS}/static
  templates_path: ${ASSETS}/templates
  default_theme: oscar
  default_locale: ''
  theme_args: { oscar_style: logicodev }
outgoing: { request_timeout: 5.0, useragent_suffix: '', pool_connections: 10, pool_maxsize: 10 }
locales: { en: English }
doi_resolvers: { doi.org: 'https://doi.org/' }
default_doi_resolver: doi.org
engines:
  - name: lake
    engine: json_engine
    shortcut: lk
    categories: general
    search_url: http://127.0.0.1:${enginePort}/find?q={query}
    results_query: hits
    url_query: url
    title_query: title
    content_query: text
    paging: false
    enable_http: true
`;

async function listen(server: Server | net.Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('The server does not listen.');
  return bound.port;
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function untilItAnswers(url: string, child: ChildProcess, log: () => string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (child.exitCode !== null) throw new Error(`searx ended with ${child.exitCode}: ${log()}`);
    const answered = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (answered) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`searx does not answer: ${log()}`);
}

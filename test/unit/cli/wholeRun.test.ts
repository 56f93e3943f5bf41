import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { RunEvent } from '../../../src/core/agent/events';
import { runState } from '../../../src/core/agent/runState';
import type { ModelRequest } from '../../fakes/modelRequests';
import { startModelServer, type ModelServer, type ScriptedReply } from '../../fakes/modelServer';
import { startSearchServer, type SearchServer } from '../../fakes/searchServers';
import { startWeb } from '../../fakes/web';
import type { WebServer } from '../../fakes/webServer';

const CLI = path.resolve('dist/cli.js');
const exec = promisify(execFile);

const BATS = `<html><head><title>Bats of Lake Orla</title></head><body><article><h1>Bats of Lake Orla</h1>
<p>The station has counted bats since 2016, from the old boat house on the north shore of the lake.</p>
<h2>Results</h2><p>In July 2023 the northern bat passed the microphones 894 times.</p>
<table><tr><th>Month</th><th>Passes</th></tr><tr><td>June</td><td>512</td></tr><tr><td>July</td><td>894</td></tr>
<tr><td>August</td><td>640</td></tr></table></article></body></html>`;
const ICE = `<html><head><title>Ice</title></head><body><article><h1>Ice on the lake</h1>
<p>The ice was 41 cm thick on 3 February 2019, the thickest of the decade.</p>
<p>It went on 12 April, nine days later than usual, and the boats could leave.</p></article></body></html>`;
const CODE = `import csv, os
rows = [("June", 512), ("July", 894), ("August", 640)]
with open(os.path.join(os.environ["MEMENTO_OUTPUT_DIR"], "passes.csv"), "w", newline="") as file:
    writer = csv.writer(file)
    writer.writerow(["month", "passes", "share"])
    total = sum(n for _, n in rows)
    for month, n in rows:
        writer.writerow([month, n, f"{n / total:.1%}"])
print(f"The bats passed {total} times from June to August.")
`;

/** The built program over a small web: a search server, two pages and a PDF, all on loopback. */
describe('a whole run over the web', function () {
  this.timeout(120_000);
  let home: string;
  let web: WebServer;
  let search: SearchServer;
  let model: ModelServer;
  before(async () => {
    home = mkdtempSync(path.join(os.tmpdir(), 'memento-whole-'));
    web = await startWeb({
      '/bats': BATS,
      '/ice': ICE,
      '/rivers.pdf': {
        headers: { 'content-type': 'application/pdf' },
        body: readFileSync('test/fixtures/documents/rivers-libreoffice.pdf'),
      },
    });
    search = await startSearchServer('searxng');
    search.holds({
      pages: ['/bats', '/ice', '/rivers.pdf'].map((page) => ({
        url: web.origin + page,
        title: `About ${page.slice(1)}`,
        text: `A page of the lake's own site: ${page}.`,
      })),
    });
    model = await startModelServer({ replies: script });
  });
  after(async () => {
    await Promise.all([web, model].map((server) => server.close()));
    await search.stop();
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  });

  const steps = () => [
    { name: 'web_search', arguments: { query: 'bats and ice of Lake Orla' } },
    { name: 'fetch_page', arguments: { url: `${web.origin}/bats` } },
    { name: 'fetch_page', arguments: { url: `${web.origin}/ice`, goal: 'How thick was the ice?' } },
    { name: 'read_document', arguments: { url: `${web.origin}/rivers.pdf`, pages: '1' } },
    { name: 'run_code', arguments: { language: 'python', code: CODE } },
  ];
  let step = 0;

  /** Plans once, makes the calls, and answers with what it was given, and with one claim that nothing says. */
  function script(request: ModelRequest): ScriptedReply {
    if (request.body.tools) {
      const call = steps()[step++];
      return call ? { toolCalls: [call] } : { text: 'All of it is found.' };
    }
    if (!/<evidence id="e\d/.test(request.last)) {
      return { text: JSON.stringify({ plan: [{ id: 1, description: 'Find out about bats and ice' }] }) };
    }
    return { text: JSON.stringify({ answer: answerFrom(request.last), shortAnswer: '2,046 passes' }) };
  }

  /** The ids of the pieces that hold these words. */
  function answerFrom(prompt: string): string {
    const pieces = [...prompt.matchAll(/<evidence id="(e\d+)"[^>]*>([\s\S]*?)<\/evidence>/g)];
    const idOf = (words: string) =>
      pieces.find(([, , text]) => text?.includes(words))?.[1] ?? `e999 (nothing has “${words}”)`;
    return [
      `“In July 2023 the northern bat passed the microphones 894 times.” [${idOf('894 times')}]`,
      `The ice was 41 cm thick on 3 February 2019. [${idOf('41 cm thick')}]`,
      `The Rhine is 1,233 km long. [${idOf('1,233 km')}]`,
      `From June to August the bats passed 2046 times. [${idOf('2046 times')}]`,
      `The ice went on 21 April. [${idOf('It went on')}]`,
    ].join('\n\n');
  }

  it('searches, reads two pages and a PDF, computes a table, and marks the one false citation', async () => {
    const { stdout } = await exec(
      process.execPath,
      [
        ...[CLI, 'research', 'How many bats were there, and how thick was the ice?', '--json', '--yes'],
        ...['--allow-origin', web.origin, '--storage', path.join(home, 'bank'), '--workspace', home],
      ],
      {
        cwd: home,
        env: {
          PATH: process.env['PATH'] ?? '',
          HOME: home,
          OPENAI_BASE_URL: model.url,
          MEMENTO_SEARXNG_URL: search.base,
        },
      },
    );
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as RunEvent);
    const state = runState(events);
    const calls = Object.values(state.calls);
    assert.deepEqual(
      calls.map(({ tool, status }) => `${tool} ${status}`),
      ['web_search ok', 'fetch_page ok', 'fetch_page ok', 'read_document ok', 'run_code ok'],
      calls.map(({ tool, preview }) => `${tool}: ${preview}`).join('\n'),
    );
    assert.deepEqual(
      calls.at(-1)?.files.map(({ path: file, mediaType }) => `${file} ${mediaType}`),
      ['files/passes.csv text/csv'],
    );
    const table = path.join(home, 'bank/runs', state.runId, 'files/passes.csv');
    assert.match(readFileSync(table, 'utf8'), /July,894,43\.7%/);
    assert.equal(state.outcome, 'answered');
    assert.deepEqual(
      (state.citations ?? []).flatMap(({ source, verdict, marks }) =>
        (marks ?? [{ verdict }]).map((mark) => `${source.replace(web.origin, '')} ${mark.verdict}`),
      ),
      [
        '/bats quoted',
        '/ice aligned',
        '/ice unverified',
        '/rivers.pdf aligned',
        `${state.approvals[0]?.command ?? ''} aligned`,
      ],
    );
  });
});

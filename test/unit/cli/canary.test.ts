/** Whoever repeats a key, and however: it stands in nothing that the program writes, and no model is told it. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { RunEvent } from '../../../src/core/agent/events';
import { canariesBelow, canariesIn, repeated } from '../../fakes/canaries';
import type { ModelRequest } from '../../fakes/modelRequests';
import { startModelServer, type ModelServer, type ScriptedReply } from '../../fakes/modelServer';
import { startWebServer, type WebServer } from '../../fakes/webServer';

const CLI = path.resolve('dist/cli.js');
const exec = promisify(execFile);

const KEYS = {
  OPENAI_API_KEY: 'canary-0model+a/Z9',
  AZURE_OPENAI_API_KEY: 'canary-1azure0b?Y8',
  TAVILY_API_KEY: 'tvly-canary-2c=X7q',
  BRAVE_API_KEY: 'BSA-canary-3d~W6r',
  SERPER_API_KEY: 'canary-4serper&V5s',
  SEMANTIC_SCHOLAR_API_KEY: 's2k-canary-5U4t',
} as const;
const [SEARX, PROXY, MCP, HEADER] = [
  'canary-6searx-T3u',
  'canary-7proxy-S2v',
  'canary-8mcp-R1w',
  'canary-9head-Q0x',
];
const ALL = [...Object.values(KEYS), SEARX, PROXY, MCP, HEADER];

interface Ended {
  readonly stdout: string;
  readonly stderr: string;
}

/** What a command printed, whatever its exit code. */
const ended = (work: Promise<Ended>): Promise<Ended> =>
  work.catch((error: unknown) => {
    if (error instanceof Error && 'stdout' in error && 'stderr' in error) {
      return { stdout: String(error.stdout), stderr: String(error.stderr) };
    }
    throw error;
  });

describe('keys in real runs', function () {
  this.timeout(180_000);
  let home: string;
  let search: WebServer;
  let model: ModelServer | undefined;
  before(async () => {
    search = await startWebServer((request, response) => {
      const given = repeated(keyOf(request.headers) ?? '');
      const answer = SEARCHES[(request.url ?? '').split('/')[1]?.split('?')[0] ?? ''];
      if (answer) answer(given, response);
      else response.writeHead(400).end(given);
    });
  });
  beforeEach(() => {
    home = mkdtempSync(path.join(os.tmpdir(), 'memento-canary-'));
    mkdirSync(path.join(home, 'work'));
    writeFileSync(path.join(home, 'work/note.md'), '# A note\n\nThe lake is 40 m deep.\n');
  });
  afterEach(async () => {
    await model?.close();
    model = undefined;
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  });
  after(() => search.close());

  /** A key or a login that came in a header. */
  function keyOf(headers: Readonly<Record<string, string | string[] | undefined>>): string | undefined {
    const given = headers['authorization'] ?? headers['x-api-key'] ?? headers['x-subscription-token'];
    const [kind, rest = ''] = String(given ?? '').split(' ');
    return kind === 'Basic' ? Buffer.from(rest, 'base64').toString().replace(/^ann:/, '') : rest || kind;
  }

  const page = (words: string) => `<!doctype html><title>Error</title><h1>${words}</h1>`;
  const SEARCHES: Readonly<Record<string, (given: string, response: ServerResponse) => void>> = {
    searx: (given, response) => response.writeHead(400, { 'content-type': 'text/html' }).end(page(given)),
    tavily: (given, response) => response.writeHead(401).end(JSON.stringify({ detail: { error: given } })),
    brave: (given, response) =>
      response
        .writeHead(302, { location: `http://localhost:${search.port}/x?key=${encodeURIComponent(given)}` })
        .end(),
    serper: (given, response) =>
      response.end(
        JSON.stringify({
          searchParameters: { q: 'x', key: given },
          organic: [
            { link: `https://example.org/?k=${encodeURIComponent(given)}`, title: given, snippet: given },
          ],
        }),
      ),
    papers: (given, response) => response.writeHead(403).end(JSON.stringify({ message: given })),
  };

  function environment(): Record<string, string> {
    const mcp = path.join(home, 'mcp.json');
    writeFileSync(
      mcp,
      JSON.stringify({
        mcpServers: {
          s: {
            command: process.execPath,
            args: [path.resolve('test/fakes/mcpServer.mjs')],
            env: { MCP_KEY: MCP },
          },
          h: { url: `${search.origin}/mcp`, headers: { Authorization: `Bearer ${HEADER}` } },
        },
      }),
    );
    return {
      ...KEYS,
      PATH: process.env['PATH'] ?? '',
      HOME: home,
      TMPDIR: home,
      MEMENTO_LOG: '1',
      MEMENTO_MCP_CONFIG: mcp,
      MEMENTO_SEARXNG_URL: `${search.origin.replace('//', `//ann:${SEARX}@`)}/searx/`,
      MEMENTO_TAVILY_URL: `${search.origin}/tavily`,
      MEMENTO_BRAVE_URL: `${search.origin}/brave`,
      MEMENTO_SERPER_URL: `${search.origin}/serper`,
      MEMENTO_SEMANTIC_SCHOLAR_URL: `${search.origin}/papers`,
      MEMENTO_ARXIV_URL: `${search.origin}/none`,
      MEMENTO_OPENALEX_URL: `${search.origin}/none`,
      HTTP_PROXY: `http://ann:${PROXY}@127.0.0.1:9`,
      NO_PROXY: '127.0.0.1,localhost',
    };
  }

  const memento = (words: readonly string[], env: Readonly<Record<string, string>>) =>
    ended(
      exec(
        process.execPath,
        [CLI, ...words, '--workspace', path.join(home, 'work'), '--storage', path.join(home, 'bank')],
        { cwd: home, env },
      ),
    );

  const QUESTION = 'How deep is the lake?';

  /** Nothing on disk but what the test wrote itself, and nothing printed. */
  function assertNone({ stdout, stderr }: Ended): void {
    assert.deepEqual(canariesIn(stdout, ALL), [], stdout);
    assert.deepEqual(canariesIn(stderr, ALL), [], stderr);
    assert.deepEqual(
      canariesBelow(home, ALL).filter((found) => !found.startsWith('mcp.json')),
      [],
    );
  }

  it('are looked for in a way that finds them', () => {
    for (const key of ALL) {
      for (const form of repeated(key).split(' or ')) assert.deepEqual(canariesIn(`<${form}>`, ALL), [key]);
    }
  });

  it('stand nowhere after a run whose servers, tools and model repeat them', async () => {
    const calls = [
      { name: 'web_search', arguments: { query: 'lake' } },
      { name: 'search_papers', arguments: { query: 'lake' } },
      { name: 'mcp__s__key', arguments: {} },
      { name: 'mcp__s__die', arguments: {} },
      { name: 'run_command', arguments: { command: 'env' } },
      { name: 'run_command', arguments: { command: 'printf canary-7; sleep 1; printf proxy-S2v' } },
      { name: 'read_file', arguments: { path: 'note.md' } },
    ];
    let step = 0;
    model = await startModelServer({
      wire: { charactersPerChunk: 3 },
      replies: (request: ModelRequest): ScriptedReply => {
        const own = repeated(keyOf(request.headers) ?? '');
        if (request.body.tools) {
          const call = calls[step++];
          return call ? { text: own, toolCalls: [call] } : { text: `The lake is 40 m deep. ${own}` };
        }
        return request.text.includes('40 m deep')
          ? { text: JSON.stringify({ answer: `It is 40 m deep. ${own}`, shortAnswer: own }) }
          : { text: JSON.stringify({ plan: [{ id: 1, description: `Look. ${own}` }] }) };
      },
    });
    const env = { ...environment(), OPENAI_BASE_URL: model.url };
    const told = await memento(['research', QUESTION, '--json', '--yes'], env);
    const events = told.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as RunEvent);
    assert.equal(events.filter(({ type }) => type === 'tool.returned').length, calls.length, told.stderr);
    assert.ok(events.some((event) => event.type === 'answer.ready' && event.answer.includes('[key]')));
    for (const { text } of model.requests) assert.deepEqual(canariesIn(text, ALL), []);
    const asked = search.requests.map((request) => /\/(\w+)/.exec(request)?.[1]);
    for (const name of ['searx', 'tavily', 'brave', 'serper', 'papers', 'mcp'])
      assert.ok(asked.includes(name), name);
    assert.ok(!asked.includes('x'));
    assertNone(told);
    const runId = events[0]?.runId ?? '';
    for (const format of ['markdown', 'html', 'json']) {
      const exported = await memento(['runs', 'export', runId, '--format', format], env);
      assert.ok(exported.stdout.includes('40 m deep'));
      assertNone(exported);
    }
    assertNone(await memento(['cases', 'export', path.join(home, 'cases.jsonl')], env));
    assertNone(await memento(['cases', 'list', '--json'], env));
  });

  const refusals: Readonly<Record<string, (key: string) => ScriptedReply>> = {
    'a 401 that quotes it': (key) => ({
      status: 401,
      body: { error: { message: `Incorrect key: ${repeated(key)}` } },
    }),
    'a 400 in plain text': (key) => ({ status: 400, body: repeated(key) }),
    'a page': (key) => ({ status: 403, body: page(repeated(key)), headers: { 'content-type': 'text/html' } }),
    'a redirect': (key) => ({
      status: 307,
      headers: { location: `${search.origin}/x?key=${encodeURIComponent(key)}` },
    }),
    'an error in the stream': (key) => ({
      raw: `data: {"error":{"message":${JSON.stringify(repeated(key))}}}\n\n`,
    }),
    'a reply that is none': (key) => ({ raw: `data: ${repeated(key)}\n\n` }),
    'a header': (key) => ({
      status: 400,
      headers: { 'x-echo': key, 'retry-after': key },
      body: { error: key },
    }),
  };
  for (const [how, refusal] of Object.entries(refusals)) {
    it(`stand nowhere after ${how}`, async () => {
      model = await startModelServer({ replies: (request) => refusal(keyOf(request.headers) ?? '') });
      const env = { ...environment(), OPENAI_BASE_URL: model.url, MEMENTO_PLANNER_MODEL: 'test-model' };
      assertNone(await memento(['research', QUESTION], env));
      assert.ok(model.requests.length > 0);
      assert.ok(!search.requests.some((request) => request.includes('/x?')));
      assertNone(await ended(exec(process.execPath, [CLI, 'test-model'], { cwd: home, env })));
    });
  }
});

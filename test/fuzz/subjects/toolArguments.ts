import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import { isIP } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { createAssistant, type Ports } from '../../../src/core/assistant';
import { isAbortError } from '../../../src/core/common/abort';
import { isNestedWithin } from '../../../src/core/common/json';
import { ok } from '../../../src/core/common/result';
import { Secrets } from '../../../src/core/common/secrets';
import { ToolSets } from '../../../src/core/toolSets';
import type { Tool } from '../../../src/core/tools/tool';
import { isPublicAddress } from '../../../src/core/tools/web/publicAddress';
import { createChildRunner } from '../../../src/node/childRunner';
import { createCommandPlace } from '../../../src/node/commandPlace';
import { createFiles } from '../../../src/node/files';
import { createRunFiles } from '../../../src/node/runFiles';
import { createRunStore } from '../../../src/node/runStore';
import { systemIds } from '../../../src/node/system';
import { hashEncoder } from '../../fakes/hashEncoder';
import { clientFor } from '../../fakes/httpRequests';
import { localCalculator } from '../../fakes/localCalculator';
import { localDocuments } from '../../fakes/localDocuments';
import { memoryBank } from '../../fakes/memoryBank';
import { ManualClock, silentLogger } from '../../fakes/memoryRuns';
import { memorySearch } from '../../fakes/memorySearch';
import { removeAtExit } from '../../fakes/removeAtExit';
import { isResult } from '../expect';
import { fuzz } from '../fuzz';
import { jsonOf, pump, pumped, textOf, withOtherValues } from '../inputs';

const base = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'memento-fuzz-tools-')));
removeAtExit(base);
const root = path.join(base, 'lake');
const storage = path.join(base, 'storage');
const dist = path.join(base, 'dist');
/** Stands in files outside the folder, and in no argument. */
const CANARY = 'canary-77ab31e0';
const FILES = {
  'notes.md': '# Lake Orrin\n\nThe lake is 41 m deep.\n\nIt was measured in May.\n',
  'data/depths.csv': 'place,depth\nnorth,41\nsouth,12\n',
  'page.html': '<html><body><h1>Winch</h1><p>Made in Bergen.</p></body></html>',
};

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
}
write(root, FILES);
write(path.join(base, 'outside'), { 'secret.txt': `${CANARY}\n`, 'secret.csv': `a,b\n${CANARY},1\n` });
write(dist, {});
symlinkSync(path.join(base, 'outside'), path.join(root, 'shore'));
symlinkSync(path.join(base, 'outside/secret.txt'), path.join(root, 'linked.txt'));
mkdirSync(dist, { recursive: true });
const require = createRequire(import.meta.url);
for (const name of ['web-tree-sitter/web-tree-sitter.wasm', 'tree-sitter-bash/tree-sitter-bash.wasm'])
  cpSync(require.resolve(name), path.join(dist, path.basename(name)));

let hits = 0;
const server = http.createServer((_, response) => response.end(`${CANARY} ${++hits}`));
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
server.unref();
const address = server.address();
const port = typeof address === 'object' && address !== null ? address.port : 0;

const runs = createRunStore(storage);
const encoder = hashEncoder();
const secrets = new Secrets();
const ports: Ports = {
  bank: await memoryBank(),
  runs,
  encoder,
  workspace: 'lake',
  files: createFiles({ root }),
  search: memorySearch(FILES, { encoder }),
  commands: createChildRunner({ cwd: root, runs, secrets }),
  commandPlace: createCommandPlace({ root, dist, rules: () => [] }),
  runFiles: createRunFiles(runs),
  calculator: localCalculator,
  documents: localDocuments,
  // Every name is this machine's, and nothing goes further.
  http: clientFor([], {
    resolver: (_, callback) => callback(null, [{ address: '127.0.0.1', family: 4 }]),
    router: ({ hostname }) =>
      isIP(hostname.replace(/[[\]]/g, '')) > 0 && isPublicAddress(hostname.replace(/[[\]]/g, ''))
        ? Promise.reject(new Error('There is no network here.'))
        : Promise.resolve({}),
  }),
  models: () => Promise.resolve(ok({ planner: undefined, executor: undefined })),
  secrets,
  clock: new ManualClock(),
  ids: systemIds,
  logger: silentLogger,
};
const assistant = createAssistant(ports);
const listener = { notify: () => undefined, signal: new AbortController().signal };
const { registry } = await new ToolSets(ports).forCall('calculate', listener);
const TOOLS: readonly Tool[] = registry.definitions.flatMap(({ name }) => registry.get(name) ?? []);

/** Of each tool, arguments that it takes. */
const TAKEN: Readonly<Record<string, readonly object[]>> = {
  search_workspace: [{ query: 'How deep is the lake?' }],
  list_files: [{}, { glob: '**/*.md' }],
  read_file: [{ path: 'notes.md' }, { path: 'notes.md', startLine: 2, endLine: 3 }],
  web_search: [{ query: 'lake depth' }],
  search_papers: [{ query: 'lake depth' }],
  fetch_page: [{ url: 'http://lake.example/' }, { url: 'https://lake.example/a', goal: 'depth' }],
  read_document: [
    { path: 'data/depths.csv' },
    { path: 'page.html', pages: '1' },
    { path: 'notes.md', find: 'depth' },
    { url: 'http://lake.example/a.pdf' },
  ],
  calculate: [{ expression: '2 * (3 + 4)' }],
  run_command: [{ command: 'cat notes.md' }, { command: 'ls -l', timeoutSeconds: 5 }],
  run_code: [{ language: 'python', code: 'print(1)' }],
  background_command: [
    { id: 'c1', action: 'stop' },
    { id: 'c1', action: 'wait', waitSeconds: 0 },
  ],
  look_at_image: [{ path: 'notes.md', question: 'What is it?' }],
  transcribe_audio: [{ path: 'notes.md' }],
  watch_video: [{ path: 'notes.md', question: 'What happens?' }],
};
for (const { name, parameters } of TOOLS)
  for (const args of TAKEN[name] ?? assert.fail(`Give arguments that ${name} takes.`))
    assert.ok(parameters.safeParse(args).success, name);

// `{port}`, `{base}`, `{long}` and `{deep}` are put in once a tool is called: a kept case is true elsewhere, and small.
const PLACES = [
  ...['../outside/secret.txt', 'shore/secret.txt', 'linked.txt', '{base}/outside/secret.txt', 'shore'],
  ...[
    'data/../../outside/secret.csv',
    'notes.md\0.txt',
    './/notes.md',
    '..',
    '/',
    '/etc/passwd',
    '~/.bashrc',
  ],
  ...['run:../../outside/secret.txt', 'run:{base}/outside/secret.txt', 'run:', 'a.zip!/../secret.txt', 'CON'],
  ...['..\\outside\\secret.txt', 'file://{base}/outside/secret.txt', '%2e%2e/outside/secret.txt', '{long}'],
  ...['shore/**', '**/*', '{base}/**', '../**', '[', '**/{a,b', '!(a)'],
];
const ADDRESSES = [
  ...['http://127.0.0.1:{port}/', 'http://localhost:{port}/a', 'http://[::1]:{port}/', 'http://0:{port}/'],
  ...['http://[::ffff:127.0.0.1]:{port}/', 'http://2130706433:{port}/', 'http://0x7f.1:{port}/', '//a'],
  ...['http://lake.example:{port}/', 'http://lake.example:{port}/a.pdf', 'http://a:b@localhost:{port}/'],
  ...['http://169.254.169.254/latest/meta-data/', 'file://{base}/outside/secret.txt', 'data:text/html,a'],
  ...['http://127.0.0.1.:{port}/', 'HTTP://LOCALHOST:{port}/', 'ftp://localhost:{port}/', 'http://{long}/'],
];
const COMMANDS = [
  ...[
    'cat ../outside/secret.txt',
    'cat shore/secret.txt',
    'cat linked.txt',
    'head -c 9 notes.md',
    'grep -r a .',
  ],
  ...['cat {base}/outside/secret.txt', 'find -L . -name "*.txt"', 'grep -R canary .', 'cat < linked.txt'],
  ...[
    'ls; touch PWNED',
    'ls > PWNED',
    'ls && cat linked.txt',
    'find . -exec touch PWNED ;',
    'wc -c linked.txt',
  ],
  ...[
    'git diff --no-index /dev/null linked.txt',
    'sort -o PWNED notes.md',
    'cat $(echo linked.txt)',
    'diff a b',
  ],
  ...['echo a{long}', 'tail -n 3 shore/*', 'cat l*.txt', 'stat linked.txt', 'rg canary', 'cat "notes.md"'],
];
const TOKENS = [
  ...[
    '..',
    '/',
    '\\',
    'shore',
    'linked.txt',
    'notes.md',
    'outside',
    'secret.txt',
    '{base}',
    'run:',
    '**',
    '~',
  ],
  ...[
    'http://',
    'localhost',
    ':{port}',
    '127.0.0.1',
    '@',
    '#',
    '?',
    '%2e',
    'cat ',
    '| ',
    '; ',
    '> ',
    '$(',
    ')',
  ],
  ...['\0', '\u001b[2J', '\n', "'", '"'],
];
const words = fc.oneof(
  fc.constantFrom(...PLACES, ...ADDRESSES, ...COMMANDS),
  textOf(TOKENS, 6),
  fc.constantFrom('{long}', '\u001b]0;x\u0007', '\ud800', ''),
);
const NAMES = [
  ...new Set(
    Object.values(TAKEN)
      .flat()
      .flatMap((args) => Object.keys(args)),
  ),
];
const other = fc.oneof(
  { weight: 4, arbitrary: words },
  { weight: 2, arbitrary: jsonOf(NAMES, [1, 7, 600, 601, 'stop', 'shell', 'python', true]) },
  { weight: 1, arbitrary: fc.constant('{deep}') },
);
const tool = fc.constantFrom(...TOOLS.map(({ name }) => name));
const taken = (name: string) => fc.constantFrom(...(TAKEN[name] ?? []));
/** Arguments that a tool takes, but that some of them are others. */
const call = tool.chain((name) =>
  fc.tuple(
    fc.constant(name),
    fc.oneof(
      { weight: 3, arbitrary: withOtherValues(taken(name), other) },
      // One of the fields that it has: what gets past the check of types.
      {
        weight: 5,
        arbitrary: taken(name).chain((args) =>
          fc
            .tuple(fc.constantFrom(...Object.keys(args), 'path', 'url'), words)
            .map(([field, text]): unknown => ({ ...args, [field]: text })),
        ),
      },
      { weight: 1, arbitrary: other },
    ),
  ),
);

const LONGEST = 200_000;
const DEEP = Array<0>(6_000)
  .fill(0)
  .reduce<unknown>((inner) => [inner], 0);
/** As `JSON.parse` would give it. */
function filled(value: unknown): unknown {
  if (value === '{deep}') return DEEP;
  if (typeof value === 'string')
    return value
      .replaceAll('{port}', String(port))
      .replaceAll('{base}', base)
      .replaceAll('{long}', 'a/'.repeat(LONGEST / 2));
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(filled);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, filled(inner)]));
}

/** All that is there but what runs keep: names, contents, links and times. */
function listing(folder: string): string {
  const hash = createHash('sha256');
  const look = (place: string): void => {
    for (const name of readdirSync(place).sort()) {
      const file = path.join(place, name);
      if (file === storage) continue;
      const { mtimeMs, mode } = lstatSync(file);
      const isLink = lstatSync(file).isSymbolicLink();
      hash.update(JSON.stringify([file, mtimeMs, mode, isLink ? readlinkSync(file) : null]));
      if (!isLink && lstatSync(file).isDirectory()) look(file);
      else if (!isLink) hash.update(readFileSync(file));
    }
  };
  look(folder);
  return hash.digest('hex');
}

/** What a model reads of one call, and a person in one line. The longest is a file's beginning with what stands around it. */
const MOST_READ = 40_000;
const PATIENCE_MS = 20_000;

fuzz(
  'tool arguments: nobody allows anything, so nothing is changed, reached or read that is not the folder’s',
  [call],
  async ([name, given]) => {
    const before = listing(base);
    const asked: string[] = [];
    let output = '';
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const result = await assistant
      .callTool(name, filled(given), {
        approve: (command, code) => {
          asked.push(command, code ?? '');
          return Promise.resolve(false);
        },
        output: (chunk) => (output += chunk),
        notify: () => undefined,
        signal,
      })
      .catch((error: unknown) => {
        if (!isAbortError(error) && !signal.aborted) throw error;
        return assert.fail(`${name} took longer than ${PATIENCE_MS} ms`);
      });
    isResult(result);
    assert.equal(hits, 0, 'nothing on this machine is reached');
    assert.ok(!JSON.stringify([result, output, asked]).includes(CANARY), 'nothing outside is read');
    assert.equal(listing(base), before, 'nothing is changed');
    const told = result.ok ? result.value.content : result.fault.message;
    assert.ok(told.length > 0 && told.length <= MOST_READ, `${told.length} characters`);
    if (!result.ok) assert.equal(result.fault.code, 'bad-arguments');
    else assert.ok(result.value.preview.length <= MOST_READ);
  },
  { runs: 40 },
);

fuzz(
  'tool arguments: what a tool takes it takes again, unchanged, and all else is refused in words',
  [fc.oneof(call, fc.tuple(tool, other))],
  ([name, given]) => {
    const { parameters } = registry.get(name) ?? assert.fail(name);
    const parsed = parameters.safeParse(filled(given));
    if (!parsed.success) {
      assert.ok(parsed.error.issues.length > 0);
      assert.ok(parsed.error.issues.every(({ message }) => message.length > 0 && message.length < 2_000));
      return;
    }
    const again = parameters.safeParse(structuredClone(parsed.data));
    assert.ok(again.success);
    assert.deepEqual(again.data, parsed.data);
    assert.ok(isNestedWithin(parsed.data, 3), 'there is nothing in it that the tool does not name');
  },
);

fuzz(
  'tool arguments: a long query ends',
  [
    pumped([
      '[',
      ']',
      '(',
      '](',
      '[[',
      '|',
      '/',
      '.',
      '..',
      ':',
      '://',
      '_',
      '-',
      '@',
      '"',
      'é',
      '我',
      'B',
      '?',
    ]),
  ],
  async (query) => {
    const hits = await memorySearch(FILES).search(pump(query), { limit: 8 });
    assert.ok(hits.length <= 8);
  },
);

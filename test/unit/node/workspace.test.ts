import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DocumentReader, Encoder } from '../../../src/core/ports';
import { readVectorCache, writeVectorCache } from '../../../src/node/vectorCache';
import {
  createWorkspaceSearch,
  type FolderSearch,
  type WorkspaceSearchOptions,
} from '../../../src/node/workspace';
import { topicEncoder } from '../../fakes/topicEncoder';

const project = path.resolve(import.meta.dirname, '../../..');
const workerFile = path.join(project, 'dist/workspace-worker.js');
const TOPICS = [
  ['ship', 'vessel'],
  ['bread', 'bakery'],
];

describe('search in a folder', function () {
  this.timeout(60_000);
  let root: string;
  const started: FolderSearch[] = [];
  const start = ({
    excludes = [],
    ...options
  }: Partial<WorkspaceSearchOptions> & { excludes?: string[] } = {}): FolderSearch => {
    const folders = () => [{ name: 'work', root, excludes }];
    const search = createWorkspaceSearch({ folders, workerFile, encoder: undefined, ...options });
    started.push(search);
    return search;
  };
  const paths = async (search: FolderSearch, query: string) =>
    (await search.search(query, { limit: 5 })).map((hit) => hit.path);

  before(() => {
    if (!existsSync(workerFile))
      execFileSync(process.execPath, ['esbuild.mjs'], { cwd: project, stdio: 'inherit' });
  });
  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'memento-workspace-'));
    await writeFile(path.join(root, 'winch.md'), '# Winch\n\nMade by [Nordby](nordby.md).\n');
    await writeFile(path.join(root, 'nordby.md'), '# Nordby\n\nA firm in Bergen.\n');
    await writeFile(path.join(root, 'hidden.log'), 'winch');
  });
  afterEach(async () => {
    for (const search of started.splice(0)) await search.dispose();
    await rm(root, { recursive: true, force: true });
  });

  it('finds passages, and what they lead to', async () => {
    const progress: number[] = [];
    const search = start({ excludes: ['*.log'], onProgress: (done, total) => progress.push(done, total) });
    const hits = await search.search('who made the winch', { limit: 5 });
    assert.deepEqual(
      hits.map(({ path, title, startLine }) => [path, title, startLine]),
      [['winch.md', 'Winch', 1]],
    );
    const next = await search.related(hits, { question: 'where is the maker', limit: 5 });
    assert.deepEqual(
      next.map((hit) => hit.path),
      ['nordby.md'],
    );
    assert.deepEqual(progress, [0, 2, 2, 2]);
  });

  it('sees files that changed, came and went', async () => {
    const search = start();
    assert.deepEqual(await paths(search, 'Bergen'), ['nordby.md']);
    const file = path.join(root, 'nordby.md');
    const { mtime } = await stat(file);
    // Of the same size at the same time of change: only its bytes tell.
    await writeFile(file, '# Nordby\n\nA firm in Molde?.\n');
    await utimes(file, mtime, mtime);
    await writeFile(path.join(root, 'new.txt'), 'Bergen has rain.');
    await rm(path.join(root, 'winch.md'));
    assert.deepEqual(await paths(search, 'Bergen'), ['new.txt']);
    assert.deepEqual(await paths(search, 'Molde'), ['nordby.md']);
    assert.deepEqual(await paths(search, 'made by'), []);
  });

  it('reads again what was written anew at the same size and time', async () => {
    const indexFile = path.join(root, '..', `${path.basename(root)}.index`);
    const file = path.join(root, 'nordby.md');
    const long = new Date(Date.now() - 86_400_000);
    await utimes(file, long, long);
    try {
      const first = start({ indexFile });
      assert.deepEqual(await paths(first, 'Bergen'), ['nordby.md']);
      await first.dispose();
      // As a copy that keeps times does it, or a clock that was set back.
      await writeFile(file, (await readFile(file, 'utf8')).replace('Bergen', 'Narvik'));
      await utimes(file, long, long);
      assert.deepEqual(await paths(start({ indexFile }), 'Bergen'), []);
    } finally {
      await rm(indexFile, { force: true });
    }
  });

  it('says which files it skipped', async () => {
    await writeFile(path.join(root, 'big.txt'), 'x'.repeat(2000));
    await writeFile(path.join(root, 'pic.bin'), Buffer.from([0, 1, 2]));
    await writeFile(path.join(root, 'yarn.lock'), 'winch');
    const search = start({ maxFileBytes: 1000 });
    assert.deepEqual(await search.skipped(), [
      { path: 'big.txt', reason: 'larger than 0.0 MB' },
      { path: 'pic.bin', reason: 'pic.bin is not a text file. read_document reads PDF and Office files.' },
      { path: 'yarn.lock', reason: 'made by a tool' },
    ]);
    assert.deepEqual(await search.limits?.(), [
      'Too large to be searched, though not to be read: big.txt (larger than 0.0 MB).',
    ]);
  });

  it('asks the encoder of the host, and keeps its vectors', async () => {
    const cacheFile = path.join(root, '.memento', 'vectors.bin');
    await writeFile(path.join(root, 'sea.md'), 'A vessel, one winch');
    const encoder = topicEncoder(TOPICS);
    const excludes = ['*.log'];
    const first = start({ encoder, cacheFile, excludes });
    const cosines = async (search: FolderSearch, query: string) =>
      (await search.search(query, { limit: 5 })).map((hit) => [hit.path, hit.cosine]);
    const expected = [
      ['winch.md', undefined],
      ['sea.md', 1],
    ];
    assert.deepEqual((await cosines(first, 'winch of the ship')).sort(), [...expected].sort());
    await first.dispose();

    const again = topicEncoder(TOPICS);
    const second = start({ encoder: again, cacheFile, excludes });
    assert.deepEqual((await cosines(second, 'winch of a ship')).sort(), [...expected].sort());
    assert.deepEqual(again.encoded, ['winch of a ship']);
    assert.ok((await readFile(cacheFile)).length > 10);
  });

  it('goes on by words where the encoder fails', async () => {
    const warnings: string[] = [];
    const encoder: Encoder = {
      ...topicEncoder(TOPICS),
      encode: () => Promise.reject(new Error('no memory')),
    };
    const search = start({ encoder, onWarning: (message) => warnings.push(message) });
    assert.deepEqual(await paths(search, 'Bergen'), ['nordby.md']);
    assert.match(warnings.join(), /by words only.*no memory/);
  });

  it('an abort rejects at once, and the next search works', async () => {
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const topics = topicEncoder(TOPICS);
    const encoder: Encoder = { ...topics, encode: (texts) => gate.then(() => topics.encode(texts)) };
    const search = start({ encoder });
    const controller = new AbortController();
    const hanging = search.search('winch', { limit: 5, signal: controller.signal });
    controller.abort(new DOMException('Aborted', 'AbortError'));
    await assert.rejects(hanging, { name: 'AbortError' });
    release();
    assert.deepEqual(await paths(search, 'Bergen'), ['nordby.md']);
  });

  it('a folder that does not exist is an error that names it', async () => {
    await assert.rejects(
      start({ folders: () => [{ name: 'none', root: path.join(root, 'none') }] }).search('x', { limit: 1 }),
      /none/,
    );
  });

  it('a worker that cannot start is an error, as is a search after the end', async () => {
    await assert.rejects(
      start({ workerFile: path.join(root, 'none.js') }).search('x', { limit: 1 }),
      /stopped|none\.js/,
    );
    const search = start();
    await paths(search, 'Bergen');
    await search.dispose();
    await search.dispose();
    await assert.rejects(paths(search, 'Bergen'), /disposed/);
  });

  it('keeps its index: what is as it was is not read again', async () => {
    const indexFile = path.join(root, '.memento', 'passages.index');
    // Files that were not written just now, and a reader that tells of each time that one is read.
    const folders = () => [{ name: 'sample', root: path.join(project, 'examples/sample-workspace') }];
    let reads = 0;
    const reader: Pick<DocumentReader, 'read'> = {
      read: ({ name, bytes }) => {
        reads++;
        const text = new TextDecoder().decode(bytes);
        const part = { locator: { kind: 'whole' as const }, title: '', text };
        return Promise.resolve({
          ok: true,
          value: { format: 'text', title: name, notes: [], parts: [part] },
        });
      },
    };
    const session = async () => {
      reads = 0;
      const search = start({ folders, indexFile, documents: { extensions: ['md'], reader } });
      const found = await paths(search, 'Sandøe');
      await search.dispose();
      return { found, reads };
    };
    const first = await session();
    assert.ok(first.found.length > 0 && first.reads > 5, `${first.reads} files were read`);
    assert.deepEqual(await session(), { found: first.found, reads: 0 });

    await writeFile(indexFile, 'damaged');
    assert.deepEqual(await session(), first);
  });

  it('sees what changed while it was not running', async () => {
    const indexFile = path.join(root, '.memento', 'passages.index');
    const first = start({ indexFile });
    assert.deepEqual(await paths(first, 'Bergen'), ['nordby.md']);
    await first.dispose();
    await writeFile(path.join(root, 'nordby.md'), '# Nordby\n\nA firm in Molde.\n');
    await writeFile(path.join(root, 'new.md'), 'Bergen has rain.');
    await rm(path.join(root, 'winch.md'));
    const second = start({ indexFile });
    assert.deepEqual(await paths(second, 'Bergen'), ['new.md']);
    assert.deepEqual(await paths(second, 'winch'), ['hidden.log']);
  });

  it('searches several folders, which come and go', async () => {
    const other = await mkdtemp(path.join(tmpdir(), 'memento-other-'));
    await writeFile(path.join(other, 'rain.md'), 'Bergen has rain.');
    const both = [
      { name: 'work', root },
      { name: 'rain', root: other },
    ];
    let folders = both;
    const search = start({ folders: () => folders });
    assert.deepEqual((await paths(search, 'Bergen')).sort(), ['rain/rain.md', 'work/nordby.md']);
    folders = both.slice(0, 1);
    assert.deepEqual(await paths(search, 'Bergen'), ['nordby.md']);
    folders = [...both, { name: 'gone', root: path.join(other, 'gone') }];
    assert.deepEqual((await paths(search, 'Bergen')).sort(), ['rain/rain.md', 'work/nordby.md']);
    await rm(other, { recursive: true });
    assert.deepEqual(await paths(search, 'Bergen'), ['work/nordby.md']);
  });

  it('finds documents that are no text, by their pages', async () => {
    await writeFile(path.join(root, 'report.pdf'), '%PDF- of a sort');
    const read: string[] = [];
    const reader: Pick<DocumentReader, 'read'> = {
      read: async ({ name, bytes }) => {
        read.push(`${name}: ${bytes.length} bytes`);
        const locator = { kind: 'pages', start: 7, end: 7 } as const;
        const parts = [{ locator, title: 'Sales', text: 'The capstan was sold.' }];
        return { ok: true, value: { format: 'pdf', title: 'Report', notes: [], parts } };
      },
    };
    const search = start({ documents: { extensions: ['pdf'], reader } });
    const hits = await search.search('capstan', { limit: 5 });
    assert.deepEqual(
      hits.map(({ path, title, locator }) => [path, title, locator]),
      [['report.pdf', 'Report › Sales', { kind: 'pages', start: 7, end: 7 }]],
    );
    await search.search('capstan', { limit: 5 });
    assert.equal(read[0], 'report.pdf: 15 bytes');
  });

  it('does not keep the process alive', () => {
    const module = path.join(project, 'src/node/workspace.ts');
    const script = `
      import { createWorkspaceSearch } from ${JSON.stringify(module)};
      const search = createWorkspaceSearch({
        folders: () => [{ name: 'work', root: ${JSON.stringify(root)} }],
        workerFile: ${JSON.stringify(workerFile)},
      });
      const hits = await search.search('Bergen', { limit: 1 });
      console.log(hits[0].path);`;
    const args = ['--import', 'tsx', '--input-type=module', '--eval', script];
    const output = execFileSync(process.execPath, args, { cwd: project, encoding: 'utf8', timeout: 30_000 });
    assert.equal(output.trim(), 'nordby.md');
  });
});

describe('the file of vectors', () => {
  let folder: string;
  before(async () => (folder = await mkdtemp(path.join(tmpdir(), 'memento-vectors-'))));
  after(() => rm(folder, { recursive: true, force: true }));

  it('gives back what was written', async () => {
    const file = path.join(folder, 'deep', 'v.bin');
    const cache = {
      encoder: 'e',
      entries: [
        ['a', Float32Array.of(0.6, 0.8)],
        ['b', Float32Array.of(1, 0)],
        ['c', null],
      ] as const,
    };
    await writeVectorCache(file, cache);
    assert.deepEqual(await readVectorCache(file), cache);
    await writeVectorCache(file, { encoder: 'e', entries: [] });
    assert.deepEqual(await readVectorCache(file), { encoder: 'e', entries: [] });
  });

  it('a missing, torn or damaged one is none', async () => {
    const file = path.join(folder, 'w.bin');
    assert.equal(await readVectorCache(file), undefined);
    await writeVectorCache(file, { encoder: 'e', entries: [['a', Float32Array.of(0.6, 0.8)]] });
    const bytes = await readFile(file);
    for (const damaged of [
      bytes.subarray(0, bytes.length - 4),
      bytes.subarray(0, 10),
      Buffer.alloc(0),
      Buffer.from('{}\n'),
    ]) {
      await writeFile(file, damaged);
      assert.equal(await readVectorCache(file), undefined);
    }
  });
});

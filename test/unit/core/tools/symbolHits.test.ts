import assert from 'node:assert/strict';
import type { CodeSymbol, SymbolSearch } from '../../../../src/core/ports';
import { identifiersIn } from '../../../../src/core/tools/search/identifiers';
import { withSymbols } from '../../../../src/core/tools/symbolHits';
import { memoryFiles } from '../../../fakes/memoryFiles';
import { silentLogger } from '../../../fakes/memoryRuns';
import { memorySearch } from '../../../fakes/memorySearch';

describe('names of code in a query', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['where is parseHttpRequest called', ['parseHttpRequest']],
    ['max_depth and utf8Decode', ['max_depth', 'utf8Decode']],
    ['what does `walk` do', ['walk']],
    ['Tree.walk() is slow', ['walk']],
    ['winch', ['winch']],
    ['Who made the winch of Ørsted in 2023?', []],
    ['see example.com e.g. notes.md', []],
    ['a_b c_d e_f g_h', ['a_b', 'c_d', 'e_f']],
    ['', []],
  ];
  for (const [query, names] of cases) it(query, () => assert.deepEqual(identifiersIn(query), names));
});

describe('search with symbols', () => {
  const FILES = {
    'src/tree.ts': 'import a;\n\nexport class Tree {\n  walk() {}\n}\n\nconst rest = 1;\n',
    'notes.md': '# Trees\n\nThe Tree walks. Its walkDeep is slow.\n',
  };
  const tree: CodeSymbol = {
    path: 'src/tree.ts',
    name: 'walkDeep',
    container: 'Tree',
    kind: 'method',
    startLine: 3,
    endLine: 5,
  };
  /** What words alone find of `walkDeep`. */
  const PASSAGES = [
    ['notes.md:1-3', 'Trees'],
    ['src/tree.ts:1-7', 'tree'],
  ];
  const searchWith = (find: SymbolSearch['find']) =>
    withSymbols(memorySearch(FILES), { symbols: { find }, files: memoryFiles(FILES), logger: silentLogger });
  const found = async (find: SymbolSearch['find'], query = 'walkDeep') =>
    (await searchWith(find).search(query, { limit: 5 })).map(({ path, startLine, endLine, title }) => [
      `${path}:${startLine}-${endLine}`,
      title,
    ]);

  it('a definition comes first, with its own lines', async () => {
    const asked: string[] = [];
    const hits = await found(async (name) => {
      asked.push(name);
      return [tree];
    }, 'is walkDeep of the Tree slow?');
    assert.deepEqual(asked, ['walkDeep']);
    assert.deepEqual(hits, [
      ['src/tree.ts:3-5', 'Tree › method walkDeep'],
      ['notes.md:1-3', 'Trees'],
      ['src/tree.ts:1-7', 'tree'],
    ]);
    const [first] = await searchWith(async () => [tree]).search('walkDeep', { limit: 1 });
    assert.equal(first?.text, 'export class Tree {\n  walk() {}\n}');
  });

  it('prose asks nobody', async () => {
    const hits = await found(() => assert.fail('asked'), 'how slow are walks in trees?');
    assert.ok(hits.length > 0);
  });

  it('a file that may not be read, and lines that are not there, are left out', async () => {
    const elsewhere = [
      { ...tree, path: 'hidden.ts' },
      { ...tree, startLine: 90, endLine: 95 },
    ];
    assert.deepEqual(await found(async () => elsewhere), PASSAGES);
  });

  it('a failure costs the symbols, an abort ends the search', async () => {
    assert.deepEqual(await found(() => Promise.reject(new Error('broken'))), PASSAGES);
    const signal = AbortSignal.abort(new DOMException('Aborted', 'AbortError'));
    const aborted = searchWith(async () => []).search('walkDeep', { limit: 1, signal });
    await assert.rejects(aborted, { name: 'AbortError' });
  });
});

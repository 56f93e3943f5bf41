import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Passage } from '../../../../src/core/ports';
import { twoHop } from '../../../../src/core/tools/twoHop';
import { memorySearch } from '../../../fakes/memorySearch';
import { topicEncoder } from '../../../fakes/topicEncoder';

const SHIP = {
  'ship/Winch.md':
    '# The deck winch\n\nThe winch was made by [the works](../works.md). It lifts 400 kg. See [[Cable]].',
  'ship/Cable.txt': 'Steel rope, 40 m, replaced in March.',
  'works.md': '# Nordby Works\n\nNordby Works is a maker of ship gear in Bergen, led by Ida Holm.',
  'people/ih.md': 'Ida Holm, born 1961, is an engineer. She studied in Delft.',
  'src/parseRequest.ts': 'export function parseHttpRequest(text: string) {\n  return retryPolicy(text);\n}\n',
  'log.csv': 'date,depth,crew\n2026-01-02,120,Ann\n2026-01-03,90,Bo\n',
};
const index = memorySearch(SHIP);
const paths = async (query: string, limit = 3) =>
  (await index.search(query, { limit })).map(({ path }) => path);
const passage = async (query: string): Promise<Passage> => (await index.search(query, { limit: 1 }))[0]!;

describe('workspace index', () => {
  const first: readonly (readonly [string, string])[] = [
    ['Who made the winch?', 'ship/Winch.md'],
    ['who makes gear for ships', 'works.md'],
    ['parseHttpRequest', 'src/parseRequest.ts'],
    ['http request', 'src/parseRequest.ts'],
    ['what is in ship/Cable.txt?', 'ship/Cable.txt'],
    ['log.csv', 'log.csv'],
    ['Which crew was on at 2026-01-03?', 'log.csv'],
    ['"studied in Delft"', 'people/ih.md'],
  ];
  for (const [query, path] of first)
    it(`${query} -> ${path}`, async () => assert.equal((await paths(query))[0], path));

  it('a quoted phrase must match', async () => {
    assert.deepEqual(await paths('"is a maker"'), ['works.md']);
    assert.deepEqual(await paths('winch "is a maker"'), ['works.md']);
    assert.deepEqual(await paths('winch “gear maker”'), []);
    const hamlet = memorySearch({ 'a.md': 'To be, or not to be', 'b.md': 'be or not' });
    assert.deepEqual(
      (await hamlet.search('"or not to be"', { limit: 3 })).map(({ path }) => path),
      ['a.md'],
    );
  });

  it('in a question what is quoted comes first, other passages after it', async () => {
    assert.deepEqual((await paths('Who is behind the "Nordby Works" and the winch?')).slice(0, 2), [
      'works.md',
      'ship/Winch.md',
    ]);
    assert.equal((await paths('Who made "The Great Winch" of the deck?'))[0], 'ship/Winch.md');
  });

  it('words that nothing has, and no words at all, find nothing', async () => {
    assert.deepEqual(await paths('zebra'), []);
    assert.deepEqual(await paths(''), []);
    assert.deepEqual(await paths('the of and?'), []);
  });

  it('a hit has the lines of its passage', async () => {
    const [hit] = await index.search('Ida Holm Delft', { limit: 1 });
    assert.deepEqual(
      [hit?.path, hit?.startLine, hit?.endLine, hit?.text],
      ['people/ih.md', 1, 1, SHIP['people/ih.md']],
    );
  });

  it('links are Markdown links, wiki links and paths', async () => {
    assert.deepEqual(index.links(await passage('winch')), ['works.md', 'ship/Cable.txt']);
    const note = { path: 'people/x.md', title: '', startLine: 1, endLine: 1 };
    const links = (text: string) => index.links({ ...note, text });
    assert.deepEqual(links('see ../ship/Cable.txt, ih.md and https://example.org/works.md'), [
      'ship/Cable.txt',
      'people/ih.md',
    ]);
    assert.deepEqual(links('[a](/works.md#top) [b]: x\n[c]: ../log.csv'), ['works.md', 'log.csv']);
    assert.deepEqual(links('[out](../../../etc/passwd) [[nothing]] 3.14 e.g. v1.2'), []);
  });

  it('mentions are titles, names in words and file names', () => {
    const mentioned = (text: string) => index.mentions(text).map(({ path }) => path);
    assert.deepEqual(mentioned('The NORDBY WORKS, Ida Holm’s, and the Cable'), [
      'works.md',
      'people/ih.md',
      'ship/Cable.txt',
    ]);
    assert.deepEqual(mentioned('a cable, some works'), []);
    assert.deepEqual(mentioned('see log.csv'), ['log.csv']);
  });

  it('a file that changes or goes is found no more by what it was', async () => {
    const changing = memorySearch({ 'a.md': 'about zebras', 'b.md': 'about lions' });
    changing.update('a.md', 'about okapis');
    assert.equal((await changing.search('zebras', { limit: 3 })).length, 0);
    assert.equal((await changing.search('okapis', { limit: 3 })).length, 1);
    changing.remove('a.md');
    changing.remove('missing.md');
    assert.equal((await changing.search('okapis', { limit: 3 })).length, 0);
    assert.deepEqual([changing.files, changing.passages], [1, 1]);
    assert.deepEqual(changing.mentions('see a.md'), []);
  });

  it('an aborted search throws the reason', async () => {
    const signal = AbortSignal.abort(new DOMException('Aborted', 'AbortError'));
    await assert.rejects(index.search('winch', { limit: 3, signal }), { name: 'AbortError' });
  });

  it('any query and any text are taken', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), async (query, text) => {
        const any = memorySearch({ 'a.md': text, [`${query.replace(/\//g, '')}.md`]: query });
        const hits = await any.search(query, { limit: 5 });
        await any.related(hits, { question: query, limit: 5 });
      }),
      { numRuns: 200 },
    );
  });
});

describe('search with an encoder', () => {
  const files = {
    'a.md': 'The vessel carries a crew of nine.',
    'b.md': 'A bakery sells bread.',
    'c.md': 'On the boat they sleep in shifts.',
  };
  const topics = [
    ['ship', 'vessel', 'boat'],
    ['bread', 'bakery', 'cake'],
  ];

  it('finds by meaning once a small folder has its vectors', async () => {
    const encoder = topicEncoder(topics);
    const search = memorySearch(files, { encoder });
    while (await search.warmSome());
    const hits = await search.search('ship', { limit: 3 });
    assert.deepEqual(
      hits.map(({ path, cosine }) => [path, cosine]),
      [
        ['a.md', 1],
        ['c.md', 1],
      ],
    );
    assert.equal(encoder.encoded.length, 4);
  });

  it('keeps vectors by text, for its own encoder only', async () => {
    const before = memorySearch(files, { encoder: topicEncoder(topics) });
    while (await before.warmSome());
    const kept = before.dumpVectors();
    const encoder = topicEncoder(topics);
    const after = memorySearch(files, { encoder });
    after.loadVectors(kept);
    assert.equal(await after.warmSome(), false);
    after.loadVectors({ ...kept, encoder: 'another' });
    await after.search('bread', { limit: 1 });
    assert.deepEqual(encoder.encoded, ['bread']);
  });

  it('goes on by words where the encoder fails, and says so once', async () => {
    const warnings: string[] = [];
    const encoder = { ...topicEncoder(topics), encode: () => Promise.reject(new Error('no memory')) };
    const search = memorySearch(files, { encoder, onWarning: (message) => warnings.push(message) });
    for (const query of ['bakery', 'crew'])
      assert.equal((await search.search(query, { limit: 3 })).length, 1);
    assert.deepEqual(warnings, ['Search is by words only, as the sentence encoder failed: no memory']);
  });
});

describe('the second hop', () => {
  const related = async (query: string) => {
    const hits = await index.related([await passage(query)], { question: query, limit: 3 });
    return hits.map(({ path }) => path);
  };

  it('follows links', async () => {
    assert.deepEqual((await related('winch lifts')).slice(0, 2).sort(), ['ship/Cable.txt', 'works.md']);
  });
  it('follows titles and names that are mentioned', async () =>
    assert.equal((await related('maker Nordby'))[0], 'people/ih.md'));
  it('leads back to what mentions the document', async () =>
    assert.ok((await related('Ida Holm Delft')).includes('works.md')));
  it('gives none of the passages that it came from', async () =>
    assert.ok(!(await related('winch lifts')).includes('ship/Winch.md')));
  it('of nothing is nothing', async () =>
    assert.deepEqual(await index.related([], { question: 'winch', limit: 3 }), []));

  it('two hops in one list: every passage once, at most the limit', async () => {
    const hits = await twoHop(index, 'Who leads the works that made the winch?', { limit: 4 });
    const found = hits.map(({ path }) => path);
    for (const path of ['ship/Winch.md', 'works.md', 'people/ih.md']) assert.ok(found.includes(path), path);
    assert.equal(new Set(hits.map(({ path, startLine }) => `${path}:${startLine}`)).size, hits.length);
    assert.ok(hits.length <= 4);
    assert.deepEqual(await twoHop(index, 'zebra', { limit: 4 }), []);
  });
});

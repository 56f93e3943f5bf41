import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import MiniSearch from 'minisearch';
import type { Passage } from '../../../../src/core/ports';
import { evenly, LexicalIndex } from '../../../../src/core/tools/search/lexicalIndex';
import { indexTerms } from '../../../../src/core/tools/search/terms';

const WORDS = ['winch', 'cable', 'lake', 'probe', 'basin', 'depth', 'north', 'falk'];
const words = fc.array(fc.constantFrom(...WORDS), { maxLength: 12 }).map((some) => some.join(' '));
const passage = fc
  .record({ title: words, path: words, text: words })
  .map((texts): Passage => ({ ...texts, startLine: 1, endLine: 1 }));
const query = fc.uniqueArray(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 4 });

/** The same fields and weights in the library, whose ranking this index keeps. */
function reference(passages: readonly Passage[], terms: readonly string[]): Map<number, number> {
  const index = new MiniSearch({
    fields: ['title', 'path', 'text'],
    tokenize: indexTerms,
    processTerm: (term) => term,
    searchOptions: { boost: { title: 1, path: 0.5, text: 1 }, bm25: { k: 1.2, b: 0.7, d: 0.5 } },
  });
  passages.forEach(({ title, path, text }, id) => index.add({ id, title, path, text }));
  const found = index.search('-', { tokenize: () => [...terms] });
  return new Map(found.map(({ id, score }) => [Number(id), score]));
}

const rounded = (scores: ReadonlyMap<number, number>) =>
  [...scores].map(([id, score]) => [id, score.toFixed(9)]).sort();

describe('LexicalIndex', () => {
  it('scores as MiniSearch does', () => {
    fc.assert(
      fc.property(fc.array(passage, { minLength: 1, maxLength: 20 }), query, (passages, asked) => {
        const index = new LexicalIndex();
        passages.forEach((each, id) => index.add(id, each));
        const terms = [...new Set(indexTerms(asked.join(' ')))];
        assert.deepEqual(rounded(index.search(evenly(terms))), rounded(reference(passages, terms)));
      }),
    );
  });

  it('is the same after it was kept, whatever was removed before', () => {
    fc.assert(
      fc.property(fc.array(passage, { minLength: 2, maxLength: 20 }), query, (passages, asked) => {
        const index = new LexicalIndex();
        passages.forEach((each, id) => index.add(id, each));
        index.remove(0);
        const { ids, image } = index.image();
        const loaded = new LexicalIndex();
        assert.equal(loaded.load(ids, image), true);
        const terms = evenly(indexTerms(asked.join(' ')));
        assert.deepEqual(rounded(loaded.search(terms)), rounded(index.search(terms)));
        assert.equal(loaded.load([...ids, 99], image), false);
      }),
    );
  });
});

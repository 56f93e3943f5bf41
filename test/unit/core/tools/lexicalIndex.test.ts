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

/**
 * The sum of what the library gives for each term, with the same fields and weights, times the sum of the rarities of
 * the terms that a passage has.
 */
function reference(passages: readonly Passage[], terms: readonly string[]): Map<number, number> {
  const index = new MiniSearch({
    fields: ['title', 'path', 'text'],
    tokenize: indexTerms,
    processTerm: (term) => term,
    searchOptions: { boost: { title: 1, path: 0.5, text: 1 }, bm25: { k: 1.2, b: 0.7, d: 0.5 } },
  });
  passages.forEach(({ title, path, text }, id) => index.add({ id, title, path, text }));
  const scores = new Map<number, { sum: number; held: number }>();
  for (const term of terms) {
    const found = index.search('-', { tokenize: () => [term] });
    const rarity = Math.log(1 + (passages.length - found.length + 0.5) / (found.length + 0.5));
    for (const { id, score } of found) {
      const { sum, held } = scores.get(Number(id)) ?? { sum: 0, held: 0 };
      scores.set(Number(id), { sum: sum + score, held: held + rarity });
    }
  }
  return new Map([...scores].map(([id, { sum, held }]) => [id, sum * held]));
}

const rounded = (scores: ReadonlyMap<number, number>) =>
  [...scores].map(([id, score]) => [id, score.toFixed(9)]).sort();

describe('LexicalIndex', () => {
  it('scores each term as MiniSearch does', () => {
    fc.assert(
      fc.property(fc.array(passage, { minLength: 1, maxLength: 20 }), query, (passages, asked) => {
        const index = new LexicalIndex();
        passages.forEach((each, id) => index.add(id, each));
        const terms = [...new Set(indexTerms(asked.join(' ')))];
        assert.deepEqual(rounded(index.search(evenly(terms))), rounded(reference(passages, terms)));
      }),
    );
  });

  it('finds letters with and without their marks', () => {
    for (const [written, asked] of [
      ['Akinoshū Kenji', 'akinoshu'],
      ['Lodz', 'Łódź'],
      ['Strasse', 'straße'],
      ['كِتَابٌ', 'كتاب'],
      ['ήλιος', 'ηλιος'],
      ['ёлка', 'елка'],
    ] as const) {
      const index = new LexicalIndex();
      index.add(1, { path: 'p', title: '', text: written, startLine: 1, endLine: 1 });
      assert.equal(index.search(evenly(indexTerms(asked))).size, 1, written);
    }
    // These are letters of their own.
    assert.notDeepEqual(indexTerms('йод'), indexTerms('иод'));
    assert.notDeepEqual(indexTerms('ガ'), indexTerms('カ'));
  });

  it('prefers the one rare name of a question to its common words', () => {
    const index = new LexicalIndex();
    const add = (id: number, text: string) =>
      index.add(id, { path: `p${id}`, title: '', text, startLine: 1, endLine: 1 });
    for (let id = 1; id < 20; id++)
      add(id, id < 7 ? 'a country, and an empire beside it' : 'bread on a table');
    add(20, 'Kohuwala is a suburb where the road crosses Nugegoda');
    const scores = index.search(evenly(indexTerms('When did the country of Nugegoda leave the empire?')));
    assert.equal([...scores].sort((a, b) => b[1] - a[1])[0]?.[0], 20);
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

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TermIndex, type Terms } from '../../../../../src/core/memory/search/termIndex';

const one = (...terms: string[]) => [new Map(terms.map((term) => [term, 1]))];
const term = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const terms = fc.tuple(fc.array(term, { maxLength: 8 }), fc.array(term, { maxLength: 3 }));
const id = fc.integer({ min: 0, max: 300 }).map((n) => String(n).padStart(3, '0'));
const change = fc.oneof(fc.record({ id, terms }), fc.record({ id, terms: fc.constant(undefined) }));
const query = fc
  .tuple(fc.array(term, { maxLength: 3 }), fc.array(term, { maxLength: 3 }))
  .map((fields) => fields.map((of) => new Map(of.map((each) => [each, 0.5]))));

describe('TermIndex', () => {
  it('ranks by how rare a term is, how often it occurs, and how short the text', () => {
    const index = new TermIndex(1);
    index.set('rare', [['winch', 'the', 'the', 'the']]);
    index.set('often', [['rope', 'rope', 'the', 'the']]);
    index.set('once', [['rope', 'knot', 'the', 'the']]);
    index.set('long', [['rope', 'the', 'the', 'the', 'the', 'the', 'the', 'the']]);
    assert.deepEqual(index.best(one('rope', 'winch', 'unknown'), 9), ['rare', 'often', 'once', 'long']);
  });

  it('gives the newest of equal ones first, and no more than are wanted', () => {
    const index = new TermIndex(1);
    for (const id of ['2', '3', '1']) index.set(id, [['rope']]);
    assert.deepEqual(index.best(one('rope'), 2), ['3', '2']);
    assert.deepEqual(index.best(one('knot'), 2), []);
  });

  it('weighs terms, and adds up the fields', () => {
    const index = new TermIndex(2);
    index.set('title', [['rope'], []]);
    index.set('body', [[], ['rope']]);
    const found = (title: number, body: number) =>
      index.best([new Map([['rope', title]]), new Map([['rope', body]])], 9);
    assert.deepEqual(found(1, 0.5), ['title', 'body']);
    assert.deepEqual(found(0.5, 1), ['body', 'title']);
    index.set('both', [['rope'], ['rope']]);
    assert.equal(found(1, 1)[0], 'both');
  });

  it('is the same after any changes as one that is built of what is left', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 800, size: 'max' }), query, (changes, wanted) => {
        const index = new TermIndex(2);
        const left = new Map<string, Terms>();
        for (const { id, terms } of changes) {
          if (terms) {
            index.set(id, terms);
            left.set(id, terms);
          } else {
            index.delete(id);
            left.delete(id);
          }
        }
        const built = new TermIndex(2);
        for (const [id, terms] of left) built.set(id, terms);
        assert.deepEqual([...index.scores(wanted)].sort(), [...built.scores(wanted)].sort());
        assert.deepEqual(index.best(wanted, 5), built.best(wanted, 5));
        assert.deepEqual([...index.ids()].sort(), [...left.keys()].sort());
      }),
      { numRuns: 100 },
    );
  });
});

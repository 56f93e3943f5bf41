import assert from 'node:assert/strict';
import type { Case } from '../../../../../src/core/memory/case';
import { CaseTexts } from '../../../../../src/core/memory/search/caseTexts';
import { someCase } from '../../../../fakes/memoryBank';

const texts = (cases: readonly Case[]) =>
  new CaseTexts((after, limit) =>
    cases
      .filter(({ id }) => id > after)
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .slice(0, limit),
  );
const planOf = (description: string) => [{ id: 1, description, dependsOn: [] }];

const CASES = [
  someCase({
    id: 'a',
    question: 'Which ropes has the winch?',
    plan: planOf('Look for the drum'),
    answer: 'Steel [e1].',
  }),
  someCase({
    id: 'b',
    question: 'Who paints?',
    plan: planOf('Find painters'),
    answer: 'The winch is red. The rope is not.',
    tags: ['harbour'],
  }),
  someCase({
    id: 'c',
    question: 'Wie lang ist die Seilwinde?',
    plan: planOf('Suchen'),
    answer: 'Drei Meter',
    reason: 'veraltet',
  }),
  someCase({ id: 'd', question: '绞车在哪里？', plan: planOf('找'), answer: '在船尾 C++ Ropeway' }),
];

describe('CaseTexts', () => {
  const known = texts(CASES);
  for (const [search, found, why] of [
    ['winch', 'a b', 'question first'],
    ['WINCH', 'a b', 'any case'],
    ['rope winch', 'a b', 'inflected'],
    ['painting', 'b', 'inflected'],
    ['ropew', 'd', 'begun'],
    ['winch drum', 'a', 'every word'],
    ['winch zebra', '', 'every word'],
    ['harbor', 'b', 'a typo'],
    ['harobur', 'b', 'neighbours that changed places'],
    ['seilwnide', 'c', 'a typo'],
    ['winde', 'c', 'part of a word'],
    ['veralt', 'c', 'reason'],
    ['绞车', 'd', 'no spaces'],
    ['车在', 'd', 'no spaces, anywhere'],
    ['绞车 船', 'd', 'both'],
    ['车绞', '', 'not as it stands'],
    ['"winch is red"', 'b', 'quoted'],
    ['“Winch  is red” rope', 'b', 'quoted, and a word'],
    ['"red winch"', '', 'quoted in another order'],
    ['"Steel', 'a', 'a quote that is not closed'],
    ['[e1]', 'a', 'signs around a word'],
    ['++', 'd', 'signs only'],
    ['red', 'b', 'a short word has no typos'],
    ['rod', '', 'a short word has no typos'],
  ] as const) {
    it(`finds ${found === '' ? 'nothing' : found} by ${search}: ${why}`, () =>
      assert.equal(known.search(search).join(' '), found));
  }

  it('gives the newest of equal ones first', () => {
    const same = (id: string, createdAt: number) =>
      someCase({ id, createdAt, question: 'Rope?', plan: [], answer: '' });
    assert.deepEqual(texts([same('a', 2), same('b', 3), same('c', 1)]).search('rope'), ['b', 'a', 'c']);
  });

  it('reads a slice at a time, and is kept in step meanwhile', () => {
    const cases = Array.from({ length: 250 }, (_, n) =>
      someCase({ id: String(n).padStart(3, '0'), question: 'Rope?', answer: '', plan: [] }),
    );
    const some = texts(cases);
    assert.ok(some.prepare());
    const replace = (at: number, question: string) => {
      cases[at] = { ...cases[at]!, question };
      some.set(cases[at]);
    };
    replace(5, 'Knot?');
    replace(240, 'Knot!');
    cases.splice(7, 1);
    some.delete('007');
    assert.deepEqual(some.search('knot').toSorted(), ['005', '240']);
    assert.equal(some.search('rope').length, 247);
    assert.equal(some.prepare(), false);
    some.set(someCase({ id: '999', question: 'Rope?' }));
    assert.equal(some.search('rope').length, 248);
  });
});

import assert from 'node:assert/strict';
import { QuestionIndex } from '../../../../../src/core/memory/search/questionIndex';

const QUESTIONS = [
  'How deep can the winch go?',
  'What is the maximum rope diameter?',
  'Who paints the lighthouse?',
  'Wie lang ist die Seilwinde am Heck?',
  '绞车能下多深？',
];

const nearest = (question: string) => {
  const index = new QuestionIndex();
  for (const each of QUESTIONS) index.add(each, each);
  return index.search(question, 1)[0];
};

describe('QuestionIndex', () => {
  for (const [asked, found] of [
    ['Can the winch go deeper?', 0],
    ['rope diametres', 1],
    ['maximun rpoe diamter', 1],
    ['Light house painters', 2],
    ['Wo sind Winden?', 3],
    ['绞车有多深', 4],
  ] as const) {
    it(`finds “${QUESTIONS[found]}” by “${asked}”`, () => assert.equal(nearest(asked), QUESTIONS[found]));
  }

  it('finds nothing that shares no trigram, and nothing that was deleted', () => {
    const index = new QuestionIndex();
    index.add('a', 'How deep can the winch go?');
    assert.deepEqual(index.search('Zymurgy', 5), []);
    index.delete('a');
    assert.deepEqual(index.search('How deep can the winch go?', 5), []);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { answerPieces, numberMarks } from '../../../../src/core/agent/citationMarks';

describe('answerPieces', () => {
  const cases: readonly [answer: string, pieces: readonly (readonly [string, readonly string[]])[]][] = [
    ['', []],
    ['No mark.', [['No mark.', []]]],
    [
      'Deep [e1].',
      [
        ['Deep ', ['e1']],
        ['.', []],
      ],
    ],
    ['Deep [e1, e12]', [['Deep ', ['e1', 'e12']]]],
    [
      '[e1][ e2 ; e3 ] x',
      [
        ['', ['e1']],
        ['', ['e2', 'e3']],
        [' x', []],
      ],
    ],
    ['A [link](x) and [e]', [['A [link](x) and [e]', []]]],
  ];
  for (const [answer, pieces] of cases) {
    it(JSON.stringify(answer), () => {
      assert.deepEqual(
        answerPieces(answer).map(({ text, cited }) => [text, cited]),
        pieces,
      );
    });
  }
});

describe('numberMarks', () => {
  it('leaves a mark of which nothing is known', () => {
    assert.equal(numberMarks({ answer: 'A [e7]. B [e1, e2].', citations: null }), 'A [e7]. B [e1][e2].');
  });
});

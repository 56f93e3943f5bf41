import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { withoutImages } from '../../../../src/core/markdown/untrustedText';
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

describe('answerPieces with marks of which nothing is cited', () => {
  it('leaves them where they are: what they keep apart would be an image', () => {
    const pieces = answerPieces('A![e9][x](https://evil.test/p) b [e1, e9]', (id) => id === 'e1');
    assert.deepEqual(pieces, [{ text: 'A![e9][x](https://evil.test/p) b ', cited: ['e1'] }]);
    assert.equal(withoutImages(pieces[0]?.text ?? ''), 'A!\\[e9][x](https://evil.test/p) b ');
  });
});

describe('numberMarks', () => {
  it('leaves a mark of which nothing is known', () => {
    assert.equal(numberMarks({ answer: 'A [e7]. B [e1, e2].', citations: null }), 'A [e7]. B [e1][e2].');
  });
});

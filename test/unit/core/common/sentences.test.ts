import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sentences } from '../../../../src/core/common/sentences';

const texts = (text: string) => sentences(text).map((sentence) => sentence.text);

describe('sentences', () => {
  it('joins wrapped lines, and ends at blank ones', () =>
    assert.deepEqual(texts('One line\nwrapped. Two.\n\nThree'), ['One line\nwrapped.', 'Two.', 'Three']));

  it('does not end at abbreviations, initials and decimals', () =>
    assert.deepEqual(texts('Dr. J. Smith read 3.5 m, e.g. at noon. He left.'), [
      'Dr. J. Smith read 3.5 m, e.g. at noon.',
      'He left.',
    ]));

  it('ends with each heading, list item and table row, without their markers', () =>
    assert.deepEqual(texts('# Head\n- one\n- two\n| a | b |\n| c | d |'), [
      'Head',
      'one',
      'two',
      '| a | b |',
      '| c | d |',
    ]));

  it('takes a fenced block line by line, and prose again after it', () =>
    assert.deepEqual(texts('Run this:\n```sh\n# set up\nnpm ci\n\n---\n```\nThen go\non.'), [
      'Run this:',
      '# set up',
      'npm ci',
      '---',
      'Then go\non.',
    ]));

  it('takes what follows an unclosed fence line by line', () =>
    assert.deepEqual(texts('~~~\na\nb'), ['a', 'b']));

  it('gives every text its own place, in order', () => {
    const piece = fc.constantFrom(
      'Dr. ',
      'a. ',
      'B',
      '\n',
      '\n\n',
      '- ',
      '```',
      '| x |',
      '。',
      '"Is it?" ',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        let last = 0;
        for (const { text: found, start, end } of sentences(text)) {
          assert.equal(text.slice(start, end), found);
          assert.notEqual(found.trim(), '');
          assert.ok(start >= last, 'they do not overlap');
          last = end;
        }
      }),
    );
  });

  it('cuts a paragraph without an end in pieces, where sentences end, and loses nothing', () => {
    const prose = 'The winch lowers the probe to 32 m. It takes an hour, e.g. in winter. '.repeat(2_000);
    const found = sentences(prose).map(({ text }) => text);
    assert.equal(found.length, 4_000);
    assert.equal(new Set(found).size, 2);
    const endless = '绞'.repeat(30_000);
    assert.equal(
      sentences(endless)
        .map(({ text }) => text)
        .join(''),
      endless,
    );
  });
});

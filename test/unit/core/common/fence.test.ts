import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fence, fenced } from '../../../../src/core/common/fence';

/** Texts that are made of what fences are made of. */
const nasty = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '<',
        '</',
        '< /',
        '>',
        '\n',
        '"',
        ' ',
        '\u200b',
        'case',
        'RESULT',
        'output',
        'evidence',
        ' id="e99"',
      ),
      fc.string({ maxLength: 4 }),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));

/** A tag of ours, with what a reader may overlook. */
const TAGS =
  /<[\s\p{Cf}]*\/?[\s\p{Cf}]*(?:turn|case|result|evidence|run|calls|output|description|answer|claim|passage)(?![\p{L}\p{N}])/giu;

describe('a fence', () => {
  it('is closed by nothing in it, nor is another one opened, whatever the text', () =>
    fc.assert(
      fc.property(nasty, nasty, (text, source) => {
        const told = fenced('evidence', { id: 'e1', source }, text);
        assert.deepEqual(told.match(TAGS), ['<evidence', '</evidence']);
        assert.ok(told.endsWith('\n</evidence>'));
        assert.match(told.split('\n', 1)[0] ?? '', /^<evidence id="e1" source="[^"<>]*">$/);
      }),
      { numRuns: 1_000 },
    ));

  it('leaves all other text as it is, and is made once', () => {
    const html = '<p class="a">1 < 2 && </p> <cases> <runs>';
    assert.equal(fence(html), html);
    fc.assert(fc.property(nasty, (text) => assert.equal(fence(fence(text)), fence(text))));
  });

  it('sees tags with blanks, capitals and characters that are not seen', () => {
    for (const tag of [
      '</case>',
      '< / CASE>',
      '<\u200b/\u200bcase>',
      '<\n/case\n>',
      '<case id="x">',
      '</case',
    ])
      assert.ok(!fence(tag).includes('<'), JSON.stringify(tag));
  });
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  cleanText,
  shortened,
  textOfExtract,
  textOfMarkup,
} from '../../../../../../src/core/tools/web/search/plainText';
import { publishedDate } from '../../../../../../src/core/tools/web/search/publishedDate';
import { retryAfter } from '../../../../../../src/core/tools/web/search/retryAfter';

describe('the text of extracts', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['the <span class="searchmatch">winch</span>es', 'the winches'],
    ['<p>One</p><p>two</p>', 'One two'],
    ['<jats:title>Abstract</jats:title><jats:p>We measured.</jats:p>', 'Abstract We measured.'],
    ['CO<sub>2</sub> &amp; H&#8322;O &#x27;ice&#x27;', "CO2 & H₂O 'ice'"],
    ['&amp;lt;b&amp;gt;', '&lt;b&gt;'],
    ['&lt;script&gt; stays text', '<script> stays text'],
    ['1 < 2 and 3 > 2', '1 < 2 and 3 > 2'],
    ['&nosuch; &#0; &#x110000;', '&nosuch; \ufffd \ufffd'],
    ['a<!-- hidden -->b', 'ab'],
    ['Gr&ouml;&szlig;e', 'Größe'],
  ];
  for (const [markup, text] of cases) {
    it(`${markup} → ${text}`, () => assert.equal(textOfMarkup(markup), text));
  }

  const extracts: readonly (readonly [string, string])[] = [
    ['AT&amp;T &#x27;ice&#x27;<br>on <b>Orla</b>', "AT&T 'ice' on Orla"],
    ['How does <b> differ from <strong>?', 'How does <b> differ from <strong>?'],
    ['vector<int> in C++', 'vector<int> in C++'],
  ];
  for (const [extract, text] of extracts) {
    it(`${extract} → ${text}`, () => assert.equal(textOfExtract(extract), text));
  }

  it('keeps nothing that hides', () => {
    assert.equal(cleanText('a\u202eb\u200bc\u{e0049}d\u0000\n\te\ud800f'), 'abcd e\ufffdf');
    // A joiner that several scripts need.
    assert.equal(cleanText('می\u200cخواهم'), 'می\u200cخواهم');
  });

  it('is never longer than it may be', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 80 }),
        fc.integer({ min: 2, max: 60 }),
        (text, most) => {
          const short = shortened(text, most);
          assert.ok(short.length <= most);
          assert.ok(text.length > most ? short.endsWith('…') : short === text);
          assert.ok(text.startsWith(short.replace(/…$/, '')) || text.startsWith(short));
        },
      ),
    );
  });

  it('reads hostile markup in bounded time', () => {
    const markup = `${'<'.repeat(200_000)}${'<a '.repeat(100_000)}${'&#'.repeat(100_000)}`;
    assert.ok(textOfMarkup(markup).length > 0);
  });
});

describe('publishedDate', () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ['2024-05-03', '2024-05-03'],
    ['2024-05-03T23:30:00-08:00', '2024-05-03'],
    ['2024-05-03 10:00:00+0000', '2024-05-03'],
    ['2024-05', '2024-05'],
    ['2024', '2024'],
    ['Mon, 15 Jan 2024 10:00:00 GMT', '2024-01-15'],
    ['5 March 2023', '2023-03-05'],
    ['Mar 5, 2023', '2023-03-05'],
    ['December 31, 1999', '1999-12-31'],
    ['2023-02-30', undefined],
    ['2023-13-01', undefined],
    ['3 days ago', undefined],
    ['20240503', undefined],
    ['foo 1', undefined],
    ['Foo 5, 2023', undefined],
    ['', undefined],
  ];
  for (const [written, day] of cases) {
    it(`${written || 'nothing'} → ${day}`, () => assert.equal(publishedDate(written), day));
  }
});

describe('retryAfter', () => {
  const now = Date.UTC(2026, 2, 1, 10, 42);
  const cases: readonly (readonly [Record<string, string>, number | undefined])[] = [
    [{ 'retry-after': '7' }, 7_000],
    [{ 'retry-after': ' 0 ' }, 0],
    [{ 'retry-after': '1.5' }, 1_500],
    [{ 'retry-after': 'Sun, 01 Mar 2026 10:43:00 GMT' }, 60_000],
    [{ 'retry-after': 'Sunday, 01-Mar-26 10:43:00 GMT' }, 60_000],
    [{ 'retry-after': 'Sun, 01 Mar 2026 10:00:00 GMT' }, 0],
    [{ 'retry-after': '-5' }, undefined],
    [{ 'retry-after': 'soon' }, undefined],
    [{}, undefined],
    [{ 'x-ratelimit-remaining': '0, 100', 'x-ratelimit-reset': '1, 90000' }, 1_000],
    [{ 'x-ratelimit-remaining': '1, 0', 'x-ratelimit-reset': '1, 90000' }, 90_000_000],
    [{ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1772361720' }, undefined],
  ];
  for (const [headers, ms] of cases) {
    it(`${JSON.stringify(headers)} → ${ms}`, () => assert.equal(retryAfter(headers, now), ms));
  }
});

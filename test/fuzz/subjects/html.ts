import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readFeed } from '../../../src/formats/html/feed';
import { readHtml } from '../../../src/formats/html/read';
import { fuzz } from '../fuzz';
import { damaged, pump, pumped, textOf } from '../inputs';

const TOKENS = [
  ...[
    '<p>',
    '</p>',
    '<div>',
    '</div>',
    '<div hidden>',
    '<div style="display:none">',
    '<table>',
    '<tr>',
    '<td>',
    '<td colspan="9">',
  ],
  ...[
    '<th rowspan=1000000>',
    '</table>',
    '<ul>',
    '<li>',
    '<ol start=-5>',
    '<pre>',
    '<code>',
    '<a href="javascript:x">',
    '<a href="/b">',
    '</a>',
  ],
  ...[
    '<script>',
    '</script>',
    '<style>',
    '</style>',
    '<template>',
    '<svg>',
    '<math><mi>x</mi>',
    '</math>',
    '<iframe srcdoc="',
    '<noscript>',
  ],
  ...[
    '<h1>',
    '<h2 id=a>',
    '<img alt="x" src=y>',
    '<br>',
    '<!--',
    '-->',
    '<![CDATA[',
    '&amp;',
    '&#0;',
    '&#xd800;',
    '&nbsp',
    '<',
    '>',
    '"',
    "'",
  ],
  ...[
    '<title>',
    '</title>',
    '<base href="//x">',
    '<meta http-equiv=refresh content="0;url=//e">',
    '<meta name=author content="',
    '<main>',
    '<article>',
    '<nav>',
  ],
  ...[
    '<script type="application/ld+json">{"@type":"Article","articleBody":"',
    '"}</script>',
    '<select><option>',
    '<details><summary>',
    '<dl><dt>',
    '<sup>',
  ],
  ...[
    '<!doctype html>',
    '<html lang=de>',
    '<head>',
    '<body>',
    '</body>',
    '<frameset>',
    '<plaintext>',
    '<textarea>',
    '<annotation-xml>',
    '\0',
  ],
];
const SECRET = 'hiddensecretword';
const page = fc.oneof(
  textOf(TOKENS, 60),
  damaged(
    fc.constant(
      '<!doctype html><html><head><title>T</title></head><body><nav>menu</nav><article><h1>Winch</h1><p>The cable was replaced.</p><table><tr><th>a<td>1</table></article></body></html>',
    ),
    TOKENS,
  ),
);
const wordsOf = (html: string) => readHtml({ source: html, url: 'https://example.org/a/' });
const textsOf = (html: string): string =>
  wordsOf(html)
    .parts.map(({ text }) => text)
    .join('\n');

fuzz('HTML: parts of text, and notes in words', [page], (html) => {
  const { parts, notes } = wordsOf(html);
  for (const { text } of parts) assert.notEqual(text.trim(), '');
  for (const note of notes) assert.notEqual(note.trim(), '');
  const characters = parts.reduce((sum, { text }) => sum + text.length, 0);
  assert.ok(characters <= 20_000 + html.length * 50, `${characters} of ${html.length}`);
});

fuzz('HTML: no link leads to a script', [page], (html) => {
  assert.doesNotMatch(textsOf(html), /\]\(\s*<?\s*(?:javascript|vbscript|data):/i);
});

fuzz('HTML: a script and what is hidden are no text', [page, page], (before, after) => {
  // What may leave a comment, an attribute or another kind of text open is left out.
  if (
    /<(?:!|script|style|template|svg|math|iframe|noscript|title|plaintext|textarea|select|frameset|annotation)|["']/i.test(
      before,
    )
  )
    return;
  if (/<[^>]*$/.test(before)) return;
  const html = `${before}<script>${SECRET}</script><p style="display:none">${SECRET}</p>${after}`;
  assert.ok(!textsOf(html).includes(SECRET), html);
});

fuzz('HTML: a page as bytes reads as it does as text', [page], (html) => {
  const text = html.replace(/\p{Cs}/gu, '\ufffd').replace(/^\ufeff/, '');
  const bytes = new TextEncoder().encode(`\ufeff${text}`);
  assert.deepEqual(readHtml({ source: bytes, url: 'https://example.org/a/' }), wordsOf(text));
});

fuzz('HTML: long repetitions end', [pumped(TOKENS, 60_000)], (each) => void wordsOf(pump(each)), { runs: 8 });

const FEED = [
  '<rss>',
  '<channel>',
  '<item>',
  '</item>',
  '<title>',
  '</title>',
  '<link>',
  'https://a.example',
  '<entry>',
  '<feed xmlns="http://www.w3.org/2005/Atom">',
  '<description>&lt;p&gt;',
  '<pubDate>',
  '<content:encoded><![CDATA[',
  ']]>',
  '</channel></rss>',
];
fuzz(
  'feeds: a document or none',
  [textOf(FEED, 40), pumped(FEED, 20_000)],
  (text, each) => {
    const read = readFeed({ source: `<rss>${text}` });
    assert.ok(read === undefined || read.parts.every((part) => typeof part.text === 'string'));
    readFeed({ source: `<rss><channel>${pump(each)}` });
  },
  { runs: 20 },
);

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { readFeed } from '../../../../src/formats/html/feed';
import { readHtml } from '../../../../src/formats/html/read';

const read = (source: string, url = 'https://bats.example/survey/') => readHtml({ source, url });
const markdown = (source: string): string =>
  read(source)
    .parts.map((part) => part.text)
    .join('\n\n');
const titles = (source: string): string[] => read(source).parts.map((part) => part.title);
const fixture = (name: string): string =>
  readFileSync(new URL(`../../../fixtures/html/${name}`, import.meta.url), 'utf8');
const prose = 'The detectors stood on the ridge, facing the sea, from dusk to dawn. '.repeat(8);

describe('HTML as Markdown', () => {
  const cases: readonly (readonly [what: string, html: string, expected: string])[] = [
    [
      'links whole',
      '<p>See <a href="../a(1)">the <b>map</b></a>.',
      'See [the **map**](https://bats.example/a%281%29).',
    ],
    ['a base counts', '<base href="https://o.example/x/"><a href=y>z</a>', '[z](https://o.example/x/y)'],
    ['links to nowhere are text', '<a href="#n">a</a> <a href="javascript:x()">b</a>', 'a b'],
    [
      'images by their description',
      '<img src=/i.png alt="A [b]at"> <img src=x>',
      '[image: A bat](https://bats.example/i.png)',
    ],
    [
      'images that come later',
      '<img data-src="/i.png" src="data:image/gif;base64,R0" alt=Map>',
      '[image: Map](https://bats.example/i.png)',
    ],
    [
      'powers and indices',
      'CO<sub>2</sub>, 10<sup>6</sup>, x<sup>a+b</sup>, 5<sup>th</sup>',
      'CO₂, 10⁶, x^(a+b), 5th',
    ],
    ['marks of notes', 'So<sup><a href="#f">3</a></sup>.', 'So[3].'],
    ['no escapes inside a sentence', '<p>a_b * c [d] 1. e', 'a_b * c [d] 1. e'],
    [
      'what would begin a block is escaped',
      '<p># no heading</p><p>- no item</p><p>1. none',
      '\\# no heading\n\n\\- no item\n\n1\\. none',
    ],
    ['lists in lists', '<ol start=3><li>a<ul><li>b</ul><li>c</ol>', '3. a\n   - b\n4. c'],
    ['tasks', '<ul><li><input type=checkbox checked> done</ul>', '- [x] done'],
    ['terms', '<dl><dt>Knot<dd>1.852 km/h</dl>', '**Knot**\n\n1.852 km/h'],
    ['quotations', '<blockquote><p>We <em>saw</em> it.</blockquote>', '> We *saw* it.'],
    [
      'code with its language',
      '<pre class="language-js"><code>a &lt; b\n  c</code></pre>',
      '```js\na < b\n  c\n```',
    ],
    ['code with fences in it', '<pre>```\nx\n```</pre>', '````\n```\nx\n```\n````'],
    ['code in lines', '<pre><div>a</div><div>b</div></pre>', '```\na\nb\n```'],
    ['hidden text', 'a<p hidden>b<p style="color:red; display : none">c<p aria-hidden=true>d</p>', 'a'],
    [
      'scripts, styles, comments',
      '<style>p{}</style>a<!-- b --><script>c</script><template>d</template>',
      'a',
    ],
    ['characters that are not seen', 'ba\u00adt\u200b \u202eevil\u{e0041}', 'bat evil'],
    [
      'frames as links',
      '<iframe src="https://v.example/1" title="Film"></iframe>',
      '[Film](https://v.example/1)',
    ],
    [
      'KaTeX',
      '<span class="katex"><span class="katex-mathml"><math><semantics><mi>E</mi><annotation encoding="application/x-tex">E=mc^2</annotation></semantics></math></span><span class="katex-html" aria-hidden="true">E=mc2</span></span>',
      '$E=mc^2$',
    ],
    [
      'MathJax 2',
      '<span class="MathJax_Preview">x</span><script type="math/tex; mode=display">\\sum_i x_i</script>',
      '$$\\sum_i x_i$$',
    ],
    [
      'plain MathML',
      '<math><mfrac><mn>1</mn><msup><mi>x</mi><mn>2</mn></msup></mfrac></math>',
      '$\\frac{1}{x^{2}}$',
    ],
  ];
  for (const [what, html, expected] of cases) it(what, () => assert.equal(markdown(html), expected));

  const tables: readonly (readonly [what: string, html: string, expected: string])[] = [
    [
      'spans of headings and rows',
      '<table><caption>Counts</caption><thead><tr><th rowspan=2>Year<th colspan=2>Bats<tr><th>N<th>S</thead><tr><td rowspan=2>2020<td>1<td>a|b<tr><td>3</table>',
      'Table: Counts\n\n| Year | Bats / N | Bats / S |\n| --- | --- | --- |\n| 2020 | 1 | a\\|b |\n| 2020 | 3 |  |',
    ],
    [
      'ragged rows without headings',
      '<table><tr><td>a<td>b<tr><td>c<tr><td>d<td>e<td>f</table>',
      '| a | b |  |\n| --- | --- | --- |\n| c |  |  |\n| d | e | f |',
    ],
    [
      'lists and breaks in cells',
      '<table><tr><th>a<th>b<tr><td>x<br>y<td><ul><li>p<li>q</ul></table>',
      '| a | b |\n| --- | --- |\n| x y | p; q |',
    ],
    [
      'a foot stands last',
      '<table><tfoot><tr><td>sum<td>3</tfoot><tr><th>a<th>b<tr><td>1<td>2</table>',
      '| a | b |\n| --- | --- |\n| 1 | 2 |\n| sum | 3 |',
    ],
    [
      'a table that is only a frame is text',
      '<table><tr><td><h2>Title</h2><p>One.<p>Two.<td>menu</table>',
      '## Title\n\nOne.\n\nTwo.\n\nmenu',
    ],
  ];
  for (const [what, html, expected] of tables)
    it(`tables: ${what}`, () => assert.equal(markdown(html), expected));
});

describe('what of a page is read', () => {
  const framed = (main: string) =>
    `<title>Bats - Site</title><nav><a href=/>Home</a></nav><div role=banner>Log in</div>${main}<aside>Buy now</aside><footer>Imprint</footer>`;

  it('an article without what frames it, under the path of its headings', () => {
    const html = framed(
      `<main><h1>Bats</h1><p>${prose}<h2>Results</h2><h3>Northern</h3><p>${prose}<h2>Methods</h2><p>${prose}</main>`,
    );
    assert.deepEqual(titles(html), ['', 'Results › Northern', 'Methods']);
    assert.doesNotMatch(markdown(html), /Home|Log in|Buy now|Imprint/);
  });

  it('an index page, which is no article, keeps its list', () => {
    const items = Array.from({ length: 30 }, (_, i) => `<li><a href="/p${i}">Paper ${i}</a>`).join('');
    const text = markdown(framed(`<h1>Papers</h1><ul>${items}</ul>`));
    assert.match(text, /- \[Paper 0\]\(https:\/\/bats\.example\/p0\)/);
    assert.match(text, /Paper 29/);
    assert.doesNotMatch(text, /Imprint/);
  });

  it('a reference keeps all its sections and tables', () => {
    const sections = Array.from(
      { length: 12 },
      (_, i) =>
        `<section><h2>option_${i}</h2><table><tr><th>Type<th>Default<tr><td>int<td>${i}</table><p>Sets it.</section>`,
    );
    const html = framed(`<main><h1>Options</h1>${sections.join('')}</main>`);
    assert.deepEqual(titles(html).filter((title) => title.includes('option_')).length, 12);
    assert.equal(markdown(html).match(/\| int \|/g)?.length, 12);
  });

  it('a page that is hidden until its scripts run, and says so', () => {
    const page = read(`<div style="display:none">${prose}</div>`);
    assert.equal(page.parts.length, 1);
    assert.match(page.notes.join(' '), /hidden until its scripts run/);
  });

  it('noscript only where there is nothing else', () => {
    assert.equal(markdown('<noscript>Enable JavaScript</noscript><div id=app></div>'), 'Enable JavaScript');
    assert.doesNotMatch(markdown(`<p>${prose}</p><noscript>Enable JavaScript</noscript>`), /JavaScript/);
  });

  it('what the page says of itself', () => {
    const page = read(`<title> Bats  of \n Kvaløya </title><meta property="og:site_name" content="The Ridge">
      <meta http-equiv=refresh content="5; url='/new'">
      <script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","datePublished":"2024-05-01","author":[{"name":"I. Strand"}],"isAccessibleForFree":"False"}]}</script>
      <script type="application/ld+json">{broken</script><p>x`);
    assert.equal(page.title, 'Bats of Kvaløya');
    assert.deepEqual(page.notes, [
      'Published 2024-05-01.',
      'By I. Strand.',
      'Part of The Ridge.',
      'The page says that its whole text is not free to read, so this may be a part of it.',
      'The page sends its readers on to https://bats.example/new.',
    ]);
  });

  it('long sections come in parts, and nothing is lost between them', () => {
    const words = Array.from({ length: 3_000 }, (_, i) => `w${i}`);
    const { parts } = read(
      `<h2>Long</h2><p>${words.slice(0, 1_500).join(' ')}<p>${words.slice(1_500).join(' ')}`,
    );
    assert.ok(parts.length > 3 && parts.every(({ text, title }) => text.length <= 4_000 && title === 'Long'));
    assert.deepEqual(
      parts
        .map(({ text }) => text)
        .join(' ')
        .match(/w\d+/g),
      words,
    );
  });
});

describe('HTML that other programs made', () => {
  it('pandoc', () => {
    const { title, parts, notes } = read(fixture('pandoc.html'));
    assert.equal(title, 'Survey of the bats of Kvaløya');
    assert.deepEqual(notes, ['Published 2024-05-01.', 'By I. Strand.']);
    assert.deepEqual(
      parts.map((part) => part.title),
      ['Methods', 'Results › Northern bats'],
    );
    const [methods = '', results = ''] = parts.map((part) => part.text);
    assert.match(methods, /12 nights\[1\] with \$n = 4\$ detectors/);
    assert.match(methods, /```python\nfor night in nights:\n {4}count\(night\)\n```/);
    assert.match(
      results,
      /\| Month \| Passes \| Share \|\n\| --- \| --- \| --- \|\n\| June \| 310 \| 25\.7 \|/,
    );
    assert.match(results, /1\. First night\n {3}- calm\n {3}- dry\n2\. Second night/);
  });

  it('LibreOffice', () => {
    const { parts } = read(fixture('libreoffice.html'));
    assert.deepEqual(
      parts.map((part) => part.title),
      ['', 'Methods', 'Results › Northern bats'],
    );
    assert.match(parts[2]?.text ?? '', /\| July \| 894 \| 74\.3 \|/);
  });
});

describe('feeds', () => {
  it('RSS and Atom entries are sections with their date, link and text', () => {
    const rss = readFeed({
      source: `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Ridge</title><item><title>Bats &amp; owls</title><link>/1</link><pubDate>Wed, 01 May 2024 10:00:00 GMT</pubDate><content:encoded><![CDATA[<p>They <b>came</b>.]]></content:encoded></item></channel></rss>`,
      url: 'https://r.example/feed',
    });
    assert.equal(rss?.title, 'Ridge');
    assert.equal(
      rss?.parts[0]?.text,
      '## Bats & owls\n\nhttps://r.example/1\n\nWed, 01 May 2024 10:00:00 GMT\n\nThey **came**.',
    );
    const atom = readFeed({
      source: `<feed xmlns="http://www.w3.org/2005/Atom"><title type="text">Ridge</title><entry><title>One</title><link rel="self" href="/s"/><link href="/2"/><author><name>I. Strand</name></author><updated>2024-05-02</updated><summary>Short.</summary></entry><entry><title>Two</title></entry></feed>`,
      url: 'https://r.example/',
    });
    assert.deepEqual(
      atom?.parts.map((part) => part.text),
      ['## One\n\nhttps://r.example/2\n\n2024-05-02, I. Strand\n\nShort.', '## Two'],
    );
    assert.equal(readFeed({ source: '<svg></svg>' }), undefined);
  });
});

describe('hostile HTML', () => {
  const hostile: readonly (readonly [what: string, html: string])[] = [
    ['two million elements in each other', '<div>'.repeat(2_000_000)],
    ['what is never closed', '<b><i><font><table><tr><td><ul><li>x'.repeat(2_000)],
    ['megabytes of attributes', `<p ${'a=b '.repeat(500_000)}>x`],
    ['a picture in the page', `<img alt=x src="data:image/png;base64,${'A'.repeat(3_000_000)}">`],
    ['spans beyond reason', `<table><tr>${'<td colspan=99999 rowspan=99999>x'.repeat(500)}</table>`],
    ['brackets only', '<'.repeat(200_000)],
    ['one long line', `<p>${'word '.repeat(100_000)}`],
    ['backquotes', `<pre>${'`'.repeat(300_000)}`],
  ];
  for (const [what, html] of hostile) {
    it(what, () => {
      const { parts } = read(html);
      assert.ok(parts.every(({ text }) => text.length < 700_000));
    });
  }

  it('text inside of too many elements is still read, and said to be simplified', () => {
    const page = read(`${'<div>'.repeat(3_000)}The bats are here.`);
    assert.equal(page.parts[0]?.text, 'The bats are here.');
    assert.match(page.notes.join(), /structure was given up/);
  });

  it('whatever comes, it never throws', () => {
    const tag = fc.constantFrom(
      ...'div p table tr td th ul li pre code math mfrac a img h1 h2 sup noscript svg title meta iframe base'.split(
        ' ',
      ),
    );
    const piece = fc.oneof(
      tag.map((name) => `<${name}>`),
      tag.map((name) => `</${name}>`),
      fc
        .tuple(tag, fc.constantFrom('href', 'src', 'style', 'colspan', 'class', 'content'), fc.string())
        .map(([name, key, value]) => `<${name} ${key}="${value}">`),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 40 }),
        fc.string(),
        (pieces, url) => void readHtml({ source: pieces.join(''), url }),
      ),
      { numRuns: 100 },
    );
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.string(),
        (source, mediaType) => void readHtml({ source, mediaType }),
      ),
      { numRuns: 100 },
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => void readFeed({ source: `<rss>${text}` })),
      { numRuns: 100 },
    );
  });
});

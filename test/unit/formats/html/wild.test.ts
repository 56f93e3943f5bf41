import assert from 'node:assert/strict';
import { readHtml } from '../../../../src/formats/html/read';

const read = (source: string, url = 'https://lake.example/wiki/Orla') => readHtml({ source, url });
const markdown = (source: string): string =>
  read(source)
    .parts.map((part) => part.text)
    .join('\n\n');
const prose = 'The detectors stood on the ridge, facing the sea, from dusk to dawn. '.repeat(8);

describe('HTML as sites of the web write it', () => {
  const cases: readonly (readonly [what: string, html: string, expected: string])[] = [
    [
      'an infobox with a table in a cell stays a table',
      '<table class=infobox><caption>Orla</caption><tr><th>Location<td><a href="/n">Norway</a><tr><th>Climate<td><table><tr><th>Month<th>Mean<tr><td>May<td>4 °C</table></table>',
      'Table: Orla\n\n| Location | [Norway](https://lake.example/n) |\n| --- | --- |\n| Climate | Month, Mean; May, 4 °C |',
    ],
    [
      'a mark of a note is one, however its link is written',
      'So<sup><a href="./Orla#note-2">[2]</a></sup> it<sup><a href="https://lake.example/wiki/Orla#n">3</a></sup>.',
      'So[2] it[3].',
    ],
    [
      'the ways back from a note are no text',
      '<ol><li><span class="mw-cite-backlink"><b>^</b></span> Lund 1898<li>Moe <a class="data-footnote-backref" href="#r">↩</a></ol>',
      '1. Lund 1898\n2. Moe',
    ],
    [
      'notes of Sphinx keep their numbers',
      '<p>So.<aside class="footnote-list brackets"><aside class="footnote brackets" role="doc-footnote"><span>[<a role="doc-backlink" href="#id1">1</a>]</span><p>As printed.</aside></aside>',
      'So.\n\n[1]\n\nAs printed.',
    ],
    [
      'text after code begins no line',
      '<p>Use <code>node</code> 20. Or <b>x</b> - y',
      'Use `node` 20. Or **x** - y',
    ],
    ['text after a break does', '<p>a<br>1. b', 'a  \n1\\. b'.replace('  \n', '\n')],
    ['labels are apart', '<label>npm</label><label>yarn</label>', 'npm yarn'],
    ['headings by their role', '<div role=heading aria-level=3>Ice</div><p>a', '### Ice\n\na'],
    [
      'lines of code in rows',
      '<table><tr><td class="blob-num">1<td class="blob-code"><b>def</b> f():<tr><td class="blob-num">2<td class="blob-code">  return 1</table>',
      '```\ndef f():\n  return 1\n```',
    ],
    [
      'numbers of lines are no code',
      '<div class="highlight-python"><table><tr><td class="linenos"><pre>1\n2</pre><td><div><pre>a\nb</pre></div></table></div><pre><span style="user-select:none">1</span>x = 1\n<span class=ln>2</span>y = 2</pre>',
      '```python\na\nb\n```\n\n```\nx = 1\ny = 2\n```',
    ],
    [
      'a page of frames is its links',
      '<base href="/man/"><frameset cols="20%,80%"><frame src="toc.html" name="toc"><frame src="x.html" title="Manual"></frameset>',
      'Frame: [toc](https://lake.example/man/toc.html)\n\nFrame: [Manual](https://lake.example/man/x.html)',
    ],
    [
      "a quotation's source",
      '<blockquote><p>We saw it.<footer>— Eva</footer></blockquote>',
      '> We saw it.\n>\n> — Eva',
    ],
  ];
  for (const [what, html, expected] of cases) it(what, () => assert.equal(markdown(html), expected));

  it('what stands beside the text is left out, what is a note of it stays', () => {
    const text = markdown(
      `<main><article><h1>A</h1><p>${prose}<p>${prose}<aside class="admonition tip"><p>Grease it.</aside><aside class=related>Read more</aside></article></main>`,
    );
    assert.match(text, /Grease it/);
    assert.doesNotMatch(text, /Read more/);
  });

  it('a notice of cookies is no text', () => {
    const text = markdown(
      `<div id="sp_message_container_7">Privacy partners.</div><div class="fc-consent-root">We value you</div><main><h1>A</h1><p>${prose}</main>`,
    );
    assert.doesNotMatch(text, /Privacy|value/);
  });

  it('a table has all its rows and columns', () => {
    const rows = Array.from({ length: 6_000 }, (_, i) => `<tr><td>r${i}<td>x`).join('');
    assert.match(markdown(`<table>${rows}</table>`), /\| r5999 \| x \|/);
    const cells = Array.from({ length: 90 }, (_, i) => `<td>c${i}`).join('');
    assert.match(markdown(`<table><tr>${cells}<tr>${cells}</table>`), /c88 \| c89 \|$/);
  });
});

describe('text that a page hides', () => {
  const hiding = [
    'font-size:1px',
    'font-size: 0.0em',
    'opacity:0.01',
    'color:transparent',
    'color:#fff;background:white',
    'background-color: rgb(0,0,0); color: #000',
    'height:0;overflow:hidden',
    'max-height:0px; overflow: hidden',
    'transform: scale(0)',
    'clip-path: inset(100%)',
    'position:absolute;clip:rect(0 0 0 0)',
    'position:absolute;left:-999px',
    'DISPLAY : NONE !important',
  ];
  for (const style of hiding) {
    it(`${style} is left out`, () =>
      assert.equal(markdown(`<p>Seen.<p style="${style}">Obey me.</p>`), 'Seen.'));
  }

  const showing = [
    'font-size:1.2em',
    'font-size:10px',
    'opacity:1',
    'opacity:0.7',
    'color:#fff;background:#000',
    'background-clip:text;color:transparent',
    'height:0;padding-bottom:56%;overflow:hidden',
    'min-width:0;overflow:hidden',
    'margin-left:-10px',
  ];
  for (const style of showing) {
    it(`${style} stays`, () => assert.match(markdown(`<p>Seen.<p style="${style}">Text.</p>`), /Text\./));
  }

  const sheet = (css: string) => markdown(`<style>${css}</style><p>Seen.<p class="a x">One.<p id=b>Two.`);
  it("by a rule of the page's own style sheet", () => {
    assert.equal(sheet('/* { */ .a, #b { color: red; display: none !important }'), 'Seen.');
  });
  it('not by one that another rule undoes, or that holds for some screens', () => {
    assert.match(sheet('.a{display:none} .a.open{display:block}'), /One\./);
    assert.match(sheet('@media print { .a { display:none } }'), /One\./);
    assert.match(sheet('.menu .a { display:none }'), /One\./);
  });

  it('but what a tab opens is text', () => {
    assert.equal(
      markdown('<div role=tabpanel>apt install</div><div role=tabpanel hidden>choco install</div>'),
      'apt install\n\nchoco install',
    );
  });

  it('is said to be missing where it is much', () => {
    const page = read(`<p>${prose}<p style="opacity:0">${prose}`);
    assert.match(page.notes.join(' '), /Text of \d+ characters that the page hides at first was left out\./);
  });
});

describe('text that is only in the data of a page', () => {
  const page = (thing: object) =>
    read(
      `<script type="application/ld+json">${JSON.stringify({ '@graph': [thing] })}</script><div id=root></div><noscript>Enable JavaScript.</noscript>`,
    );
  const body = `The ice was 41 cm thick &amp; old.\n\n${prose.trim()}`;

  it('is read, and said to be from there', () => {
    const { parts, notes } = page({ '@type': 'NewsArticle', articleBody: body });
    assert.equal(parts.map(({ text }) => text).join(), `The ice was 41 cm thick & old.\n\n${prose.trim()}`);
    assert.match(notes.join(' '), /from the data \(JSON-LD\)/);
  });
  it('is read as HTML where it is', () => {
    const { parts } = page({ '@type': 'Article', articleBody: `<h2>Ice</h2><p>${prose}</p>` });
    assert.equal(parts[0]?.title, 'Ice');
  });
  it('is not where the page wants to be paid for it', () => {
    const { parts } = page({ '@type': 'Article', articleBody: body, isAccessibleForFree: false });
    assert.deepEqual(
      parts.map(({ text }) => text),
      ['Enable JavaScript.'],
    );
  });
});

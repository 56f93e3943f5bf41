import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { answerHtml, codeLines } from '../../../src/core/markdown/answerHtml';
import { isSafeAddress } from '../../../src/core/markdown/links';
import { escapeHtml, escapeMarkdown, withoutImages } from '../../../src/core/markdown/untrustedText';
import { HOSTILE } from '../../fakes/hostileMarkdown';
import { fuzz } from '../fuzz';
import { damaged, pump, pumped, textOf } from '../inputs';

const TOKENS = [
  ...[
    '[',
    ']',
    '(',
    ')',
    '![',
    '](',
    '<',
    '>',
    '"',
    "'",
    '`',
    '```\n',
    '~~~',
    '*',
    '**',
    '_',
    '~~',
    '#',
    '\n',
    '\n\n',
  ],
  ...[
    '> ',
    '- ',
    '1. ',
    '| ',
    '|-|\n',
    '    ',
    '\\',
    '&#x3c;',
    '&lt;',
    '&amp;',
    '[e1]',
    '[e1, e2]',
    '[ref]',
    '[ref]: ',
  ],
  ...[
    'https://evil.test/x',
    'javascript:alert(1)',
    'JaVaScRiPt&colon;',
    'data:text/html,',
    'command:x',
    '//evil.test',
  ],
  ...[
    '<script>',
    '</script>',
    '<img src=x onerror=y>',
    '<!--',
    '-->',
    '<a href=',
    ' onclick=',
    'mailto:a@b',
    '\t',
    '\0',
  ],
];
const markdown = fc.oneof(textOf(TOKENS), damaged(fc.constantFrom(...HOSTILE), TOKENS));
const element = (evidence: string, index: number) =>
  evidence === 'e9'
    ? undefined
    : {
        tag: 'button' as const,
        attributes: [
          ['data-evidence', evidence],
          ['title', `"><script>${index}`],
        ] as const,
        text: '<b>1</b>',
      };

const TAGS = new Set(
  'p h3 h4 h5 h6 ul ol li blockquote pre code em strong s a button hr br div table thead tbody tr th td sup span'.split(
    ' ',
  ),
);
const ATTRIBUTES = new Set(['href', 'title', 'rel', 'dir', 'tabindex', 'class', 'data-evidence', 'start']);

/** Nothing but known elements, of which only links lead anywhere. */
function isHarmless(html: string): void {
  const { document } = parseHTML(`<!doctype html><html><body>${html}</body></html>`);
  for (const found of document.body.querySelectorAll('*')) {
    assert.ok(TAGS.has(found.tagName.toLowerCase()), found.tagName);
    for (const { name, value } of found.attributes) {
      assert.ok(ATTRIBUTES.has(name), name);
      if (name === 'href') assert.ok(isSafeAddress(value), value);
    }
  }
}

fuzz('Markdown: an answer is harmless HTML, whatever a model wrote', [markdown], (text) =>
  isHarmless(answerHtml(text, element)),
);

fuzz('Markdown: harmless again when its HTML is taken for Markdown', [markdown], (text) =>
  isHarmless(answerHtml(answerHtml(text, element), element)),
);

fuzz('Markdown: lines of code are lines of the text', [markdown], (text) => {
  const lines = text.split(/\r\n|\r|\n/).length;
  for (const [start, end] of codeLines(text)) assert.ok(start >= 0 && start < end && end <= lines + 1);
});

fuzz(
  'Markdown: an address is safe only if it is https or mailto as browsers read it',
  [textOf(TOKENS, 5)],
  (text) => {
    if (isSafeAddress(text)) assert.match(new URL(text, 'https://a.test/').protocol, /^(?:https|mailto):$/);
  },
);

fuzz('Markdown: text of others is shown as it is, in one line', [markdown], (text) => {
  const html = answerHtml(`before ${escapeMarkdown(text)} after`, element);
  isHarmless(html);
  const { document } = parseHTML(`<html><body>${html}</body></html>`);
  assert.equal(document.querySelector('a, button, code, em, strong'), null, html);
  const { document: escaped } = parseHTML(
    `<html><body><p title="${escapeHtml(text)}">${escapeHtml(text)}</p></body></html>`,
  );
  assert.equal(escaped.querySelectorAll('body *').length, 1);
  assert.doesNotMatch(withoutImages(text), /!\[|<[a-z!/?]/i);
});

fuzz('Markdown: long repetitions end', [pumped(TOKENS, 50_000)], (each) => {
  const text = pump(each);
  const html = answerHtml(text, element);
  assert.ok(html.length < text.length * 200 + 1_000, 'the HTML is no more than some times as long');
});

/** Elements of a page as Markdown (CommonMark with GitHub's tables). */
import TurndownService from 'turndown';
import { type DomElement, type DomNode, isElement, nameOf, textOf } from './dom';
import { tableMarkdown } from './tables';

export function htmlToMarkdown(root: DomElement): string {
  const service = new TurndownService({
    headingStyle: 'atx',
    hr: '* * *',
    bulletListMarker: '-',
    codeBlockStyle: 'fenced',
    emDelimiter: '*',
  });
  service.escape = escapeLineStart;
  for (const [name, rule] of Object.entries(RULES)) service.addRule(name, rule);
  service.addRule('table', {
    filter: 'table',
    replacement: (_, table) => `\n\n${tableMarkdown(table, (cell) => service.turndown(cell))}\n\n`,
  });
  shieldMidLine(root);
  return tidy(service.turndown(root));
}

const RULES: Readonly<Record<string, TurndownService.Rule>> = {
  formula: {
    filter: (node) => node.hasAttribute('data-tex'),
    replacement: (_, node) => {
      const tex = textOf(node);
      return node.getAttribute('data-tex') === 'block' ? `\n\n$$${tex}$$\n\n` : `$${tex}$`;
    },
  },
  codeBlock: { filter: 'pre', replacement: (_, node) => codeBlock(node) },
  link: {
    filter: 'a',
    replacement: (content, node) =>
      linkMarkdown(content.replace(/\s*\n\s*/g, ' '), node.getAttribute('href')),
  },
  image: { filter: 'img', replacement: (_, node) => imageMarkdown(node) },
  media: {
    filter: (node) => ['video', 'audio'].includes(nameOf(node)),
    replacement: (_, node) => {
      const source = node.getAttribute('src') ?? node.querySelector('source')?.getAttribute('src');
      return source == null ? '' : `[${nameOf(node)}](${source})`;
    },
  },
  superscript: {
    filter: 'sup',
    replacement: (content, node) =>
      isNote(node) ? `[${content.trim()}]` : script(content, SUPERSCRIPT, '^'),
  },
  subscript: { filter: 'sub', replacement: (content) => script(content, SUBSCRIPT, '_') },
  struck: { filter: ['del', 's', 'strike'], replacement: (content) => `~~${content}~~` },
  checkbox: { filter: 'input', replacement: (_, node) => (node.hasAttribute('checked') ? '[x] ' : '[ ] ') },
  item: { filter: 'li', replacement: listItem },
  term: { filter: 'dt', replacement: (content) => `\n\n**${content.trim()}**\n\n` },
  description: { filter: 'dd', replacement: (content) => `\n\n${content.trim()}\n\n` },
  headings: {
    filter: ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'],
    replacement: (content, node) => {
      const text = content.replace(/\s+/g, ' ').trim();
      return text === ''
        ? ''
        : `\n\n${'#'.repeat(Number(node.getAttribute('data-level') ?? nameOf(node).slice(1)))} ${text}\n\n`;
    },
  },
};

/**
 * Only what would begin a block of Markdown: an escape inside a sentence is in the way of who quotes it, and what it
 * protects is nothing worse than italics.
 */
const escapeLineStart = (text: string): string =>
  text
    .replace(/^(\s*)(#{1,6}\s|[-+*]\s|>|~~~|```|[-=]{3,}\s*$)/gm, '$1\\$2')
    .replace(/^(\s*\d{1,9})([.)]\s)/gm, '$1\\$2');

/** A word joiner: nobody sees it, and `tidy` takes it out again. */
const SHIELD = '\u2060';
const INLINE =
  /^(?:a|abbr|b|bdi|bdo|cite|code|data|del|dfn|em|font|i|img|ins|kbd|label|mark|math|q|s|samp|small|span|strong|sub|sup|time|tt|u|var|wbr)$/;

/** The escape sees one text and not what stands before it: what follows `<code>node</code>` begins no line. */
function shieldMidLine(element: DomElement): void {
  for (const child of element.childNodes) {
    if (isElement(child)) {
      if (nameOf(child) !== 'pre') shieldMidLine(child);
    } else if (child.nodeType === 3) {
      const text = child.textContent ?? '';
      if (escapeLineStart(text) !== text && !startsLine(child)) child.textContent = `${SHIELD}${text}`;
    }
  }
}

function startsLine(node: DomNode): boolean {
  for (let before = node.previousSibling; before; before = before.previousSibling) {
    if (isElement(before) && !INLINE.test(nameOf(before))) return true;
    const isPicture = isElement(before) && nameOf(before) === 'img';
    if (isPicture || (before.textContent ?? '').trim() !== '') return false;
  }
  const parent = node.parentElement;
  return parent === null || !INLINE.test(nameOf(parent)) || startsLine(parent);
}

function listItem(content: string, item: DomElement): string {
  const list = item.parentElement;
  const isOrdered = list !== null && nameOf(list) === 'ol';
  const start = Number.parseInt(list?.getAttribute('start') ?? '1', 10) || 1;
  const place = isOrdered
    ? start + [...list.children].filter((each) => nameOf(each) === 'li').indexOf(item)
    : 0;
  const mark = isOrdered ? `${place}. ` : '- ';
  const text = content
    .trim()
    .replace(/^(\[[ x]\]) +/, '$1 ')
    .replaceAll('\n', `\n${' '.repeat(mark.length)}`);
  return text === '' ? '' : `${mark}${text}\n`;
}

/** Links within the page lead nowhere from here, and no text is no link. */
function linkMarkdown(content: string, href: string | null): string {
  const text = content.trim();
  if (text === '' || href === null || href === '' || href.startsWith('#')) return content;
  // An image in a link is a link already.
  if (/\]\([^)]*\)$/.test(text) && text.startsWith('[')) return content;
  const [before, after] = [/^\s/.test(content) ? ' ' : '', /\s$/.test(content) ? ' ' : ''];
  return `${before}[${text}](${href
    .replace(/[()\s]/g, encodeURIComponent)
    .replaceAll('(', '%28')
    .replaceAll(')', '%29')})${after}`;
}

function imageMarkdown(image: DomElement): string {
  const alt = (image.getAttribute('alt') ?? '').replace(/\s+/g, ' ').replace(/[[\]]/g, '').trim();
  const source = image.getAttribute('src');
  const tiny = ['width', 'height'].some((name) => /^[0-3](?:px)?$/.test(image.getAttribute(name) ?? ''));
  const isFigure = image.closest('figure') !== null;
  if (tiny || (alt === '' && !isFigure)) return '';
  const label = alt === '' ? 'image' : `image: ${alt}`;
  return source === null
    ? `[${label}]`
    : `[${label}](${source.replaceAll('(', '%28').replaceAll(')', '%29')})`;
}

const pairs = (plain: string, raised: string): ReadonlyMap<string, string> =>
  new Map(Array.from(plain, (letter, i) => [letter, raised.charAt(i)]));
const SUPERSCRIPT = pairs('0123456789+-−=()n', '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ');
const SUBSCRIPT = pairs('0123456789+-−=()', '₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎');

/** The mark of a note leads to a place in the page. */
const isNote = (sup: DomElement): boolean =>
  /^\w{1,3}$/.test(textOf(sup)) &&
  (sup.querySelector('a[href^="#"]') ?? sup.closest('a[href^="#"]')) !== null;

/** 10⁶, not 106; the mark of a note (`[3]`) and an ordinal's ending stay as they are. */
function script(content: string, letters: ReadonlyMap<string, string>, mark: string): string {
  const text = content.trim();
  if (text === '' || /^\\?\[.*\]$/.test(text) || /^(?:st|nd|rd|th|[eè]re?|er|[ao]|TM|SM)$/i.test(text))
    return content;
  const characters = Array.from(text);
  if (characters.every((c) => letters.has(c))) return characters.map((c) => letters.get(c) ?? c).join('');
  return characters.length === 1 ? `${mark}${text}` : `${mark}(${text})`;
}

const LANGUAGE = /(?:^|\s)(?:language|lang|highlight-source|highlight|brush:|sourceCode)[-\s]+([\w+#-]+)/;

function codeBlock(pre: DomElement): string {
  const code = codeText(pre).replace(/^\n|\s+$/g, '');
  if (code === '') return '';
  const fence = '`'.repeat(Math.max(3, ...[...code.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return `\n\n${fence}${languageOf(pre)}\n${code}\n${fence}\n\n`;
}

/** As it stands, with `<br>` as a line break; each line that is an element of its own ends one. */
function codeText(element: DomElement): string {
  let text = '';
  for (const child of element.childNodes) {
    if (!isElement(child)) {
      text += child.nodeType === 3 ? (child.textContent ?? '') : '';
    } else if (nameOf(child) === 'br') {
      text += '\n';
    } else {
      const isLine = ['div', 'p', 'li', 'tr'].includes(nameOf(child));
      const inner = codeText(child);
      text += isLine && !inner.endsWith('\n') ? `${inner}\n` : inner;
    }
  }
  return text;
}

function languageOf(pre: DomElement): string {
  const around = [
    ...[pre.querySelector('code'), pre, pre.parentElement, pre.parentElement?.parentElement],
    // Sphinx, around a table with the numbers of the lines.
    pre.closest('[class*="highlight-"]'),
  ];
  for (const element of around) {
    const said =
      element?.getAttribute('data-lang') ??
      element?.getAttribute('data-language') ??
      LANGUAGE.exec(element?.getAttribute('class') ?? '')?.[1];
    if (said != null && /^[\w+#-]{1,20}$/.test(said) && !/^(?:none|default|plaintext|text|wrap)$/.test(said))
      return said;
  }
  return '';
}

/** Characters that are not seen, which part words or hide instructions: soft hyphens, zero widths, tags, overrides. */
const UNSEEN = /[\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/gu;

const tidy = (markdown: string): string =>
  markdown
    .replace(UNSEEN, '')
    .replace(/[\u00a0\u2007\u202f]/g, ' ')
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();

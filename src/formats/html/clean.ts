/** Takes out of a page what is not for its readers, and makes its addresses whole. */
import { type DomDocument, type DomElement, nameOf, rename, textOf, unwrap } from './dom';
import { replaceMath } from './math';
import { removeHidden } from './hidden';
import { isLayoutTable } from './tables';

/** No text of the page's own: controls, and what line numbers and anchors of headings are made of. */
const FURNITURE = [
  ...[
    'object',
    'embed',
    'applet',
    'input:not([type="checkbox"])',
    'button',
    'datalist',
    'progress',
    'meter',
    'link',
    'meta',
    'base',
  ],
  ...['.linenos', '.lineno', '.gutter', '.line-numbers-rows', '.rouge-gutter', '.hljs-ln-numbers', '.lnt'],
  ...['.linenumber', '.crayon-nums', 'pre .ln', 'pre [style*="user-select:none"]'],
  ...[
    'a.headerlink',
    'a.anchor',
    'a.anchorjs-link',
    'a.hash-link',
    '.mw-editsection',
    'a.footnote-back',
    'a.footnote-backref',
    'a.data-footnote-backref',
    '.mw-cite-backlink',
  ],
];

/** Less text than this is what a page shows that is made by scripts. */
const BARE = 200;

/**
 * @param url of the page, `base` what its links are relative to
 * @param styles its style sheets
 * @returns sentences on what was done that a reader should know
 */
export function cleanPage(
  document: DomDocument,
  { url, base, styles }: { readonly url: string; readonly base: string; readonly styles: readonly string[] },
): string[] {
  replaceMath(document);
  revealNoscript(document);
  const notes = removeHidden(document, styles);
  joinCodeLines(document);
  for (const element of document.body.querySelectorAll(FURNITURE.join(','))) element.remove();
  for (const link of document.body.querySelectorAll('[role="doc-backlink"]')) {
    // Some are an arrow, others the number of the note.
    if (!/[\p{L}\p{N}]/u.test(textOf(link))) link.remove();
  }
  for (const element of document.body.querySelectorAll('iframe, frame')) linkFrame(document, element, base);
  keepNotes(document);
  for (const label of document.body.querySelectorAll('label + label')) label.before(' ');
  for (const table of [...document.body.querySelectorAll('table')].reverse()) {
    if (isLayoutTable(table)) flattenTable(document, table);
    else if (table.parentElement?.closest('td, th') != null) listRows(document, table);
  }
  for (const heading of document.body.querySelectorAll('[role="heading"]')) {
    const level = /^[1-6]$/.exec(heading.getAttribute('aria-level') ?? '')?.[0] ?? '2';
    if (!/^h[1-6]$/.test(nameOf(heading))) rename(document, heading, `h${level}`);
  }
  for (const heading of document.body.querySelectorAll(HEADINGS)) {
    heading.setAttribute('data-level', levelOf(heading));
  }
  makeAbsolute(document, url, base);
  return notes;
}

/** Without scripts a reader sees what is in `noscript`; beside the page itself it is only a complaint. */
function revealNoscript(document: DomDocument): void {
  const found = [...document.body.querySelectorAll('noscript')];
  const inside = found.reduce((sum, each) => sum + textOf(each).length, 0);
  const isBare = textOf(document.body).length - inside < BARE;
  for (const each of found) {
    if (isBare) unwrap(each);
    else each.remove();
  }
}

/** A film or a map in the page is a link to it, and so is each part of a page of frames. */
function linkFrame(document: DomDocument, frame: DomElement, base: string): void {
  const source = frame.getAttribute('src') ?? '';
  const isPart = nameOf(frame) === 'frame';
  const target = isPart || /^(?:https?:)?\/\//i.test(source) ? absolute(source, base) : undefined;
  if (source === '' || target === undefined) {
    frame.remove();
    return;
  }
  const link = document.createElement('a');
  link.setAttribute('href', target);
  link.textContent = frame.getAttribute('title') ?? frame.getAttribute('name') ?? 'embedded page';
  if (!isPart) {
    frame.replaceWith(link);
    return;
  }
  const line = document.createElement('p');
  line.append('Frame: ', link);
  frame.replaceWith(line);
}

/** A viewer of code that puts each line into a row. */
function joinCodeLines(document: DomDocument): void {
  for (const table of document.body.querySelectorAll('table')) {
    const lines = [...table.querySelectorAll('td.blob-code')];
    if (lines.length === 0) continue;
    const code = document.createElement('pre');
    code.textContent = lines.map((line) => (line.textContent ?? '').replace(/^\n|\n$/g, '')).join('\n');
    table.replaceWith(code);
  }
}

const NOTE =
  /\b(?:admonition|callout|footnotes?|footnote-list|note|tip|hint|warning|caution|important|danger)\b/i;

/** Notes of the text stand in the elements of what is beside it (Sphinx, pandoc, Starlight), and a quotation's source. */
function keepNotes(document: DomDocument): void {
  const isNote = (aside: DomElement) =>
    /^(?:note|doc-\w+)$/.test(aside.getAttribute('role') ?? '') ||
    NOTE.test(aside.getAttribute('class') ?? '');
  const notes = [...document.body.querySelectorAll('aside')].filter(isNote);
  for (const element of [...notes, ...document.body.querySelectorAll('blockquote footer, figure footer')]) {
    // Readability goes by such classes too.
    for (const name of ['class', 'role']) element.removeAttribute(name);
    element.setAttribute('data-note', '');
    rename(document, element, 'div');
  }
}

function flattenTable(document: DomDocument, table: DomElement): void {
  const own = (selector: string) =>
    [...table.querySelectorAll(selector)].filter((part) => part.closest('table') === table);
  for (const part of own('thead, tbody, tfoot, colgroup, tr')) unwrap(part);
  for (const part of own('td, th, caption')) rename(document, part, 'div');
  rename(document, table, 'div');
}

/** A table in a cell of another: no cell of Markdown holds one. */
function listRows(document: DomDocument, table: DomElement): void {
  const list = document.createElement('ul');
  for (const row of table.querySelectorAll('tr')) {
    const item = document.createElement('li');
    [...row.querySelectorAll('td, th')].forEach((cell, i) =>
      item.append(i === 0 ? '' : ', ', ...cell.childNodes),
    );
    list.append(item);
  }
  table.replaceWith(list);
}

const HEADINGS = 'h1, h2, h3, h4, h5, h6';

/** Readability makes every first heading a second one, so the level is written down. */
const levelOf = (heading: DomElement): string => nameOf(heading).slice(1);

const LAZY = ['data-src', 'data-original', 'data-lazy-src'];

function makeAbsolute(document: DomDocument, url: string, base: string): void {
  const page = url.replace(/#.*/s, '');
  for (const link of document.body.querySelectorAll('a[href]')) {
    const href = (link.getAttribute('href') ?? '').trim();
    const target = href.startsWith('#') ? href : absolute(href, base);
    // A note is a link to a place of this page, however it is written.
    const whole = target?.startsWith(`${page}#`) ? target.slice(page.length) : target;
    if (whole === undefined) link.removeAttribute('href');
    else link.setAttribute('href', whole);
  }
  for (const image of document.body.querySelectorAll('img, video, audio, source')) {
    const lazy = LAZY.map((name) => image.getAttribute(name)).find((value) => value);
    const fromSet = (image.getAttribute('srcset') ?? '').trim().split(/\s+/)[0];
    const source = lazy ?? image.getAttribute('src') ?? fromSet ?? '';
    const whole = source === '' ? undefined : absolute(source, base);
    if (whole === undefined) image.removeAttribute('src');
    else image.setAttribute('src', whole);
  }
}

/** Undefined for what is no address, and for scripts. */
export function absolute(href: string, base: string): string | undefined {
  try {
    const url = new URL(href, base);
    return ['http:', 'https:', 'mailto:', 'ftp:', 'doi:'].includes(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}

/** The address that links of the page are relative to: its `base`, its own. */
export function baseOf(document: DomDocument, url: string): string {
  const href = document.querySelector('base[href]')?.getAttribute('href');
  return href == null ? url : (absolute(href, url) ?? url);
}

/** Takes out of a page what is not for its readers, and makes its addresses whole. */
import { type DomDocument, type DomElement, isElement, nameOf, rename, textOf, unwrap } from './dom';
import { replaceMath } from './math';
import { isLayoutTable } from './tables';

/** No text of the page's own: controls, and what line numbers and anchors of headings are made of. */
const FURNITURE = [
  ...[
    'object',
    'embed',
    'applet',
    'frame',
    'input:not([type="checkbox"])',
    'button',
    'datalist',
    'progress',
    'meter',
    'link',
    'meta',
    'base',
  ],
  ...['.linenos', '.lineno', '.gutter', '.line-numbers-rows', '.blob-num', '.rouge-gutter'],
  ...[
    'a.headerlink',
    'a.anchor',
    'a.anchorjs-link',
    'a.hash-link',
    '.mw-editsection',
    'a.footnote-back',
    '[role="doc-backlink"]',
  ],
];

/** Written into the element, so that no style sheet has to be read. */
const UNSEEN_STYLE =
  /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0?\.?0+\s*(?:;|!|$)|font-size\s*:\s*0(?:px|em|rem|pt|%)?\s*(?:;|!|$)|(?:left|top|text-indent)\s*:\s*-\d{4,})/i;

/** Less text than this is what a page shows that is made by scripts. */
const BARE = 200;

/** @returns sentences on what was done that a reader should know */
export function cleanPage(document: DomDocument, base: string): string[] {
  replaceMath(document);
  revealNoscript(document);
  const notes = removeHidden(document);
  for (const element of document.body.querySelectorAll(FURNITURE.join(','))) element.remove();
  for (const element of document.body.querySelectorAll('iframe')) linkFrame(document, element);
  for (const table of [...document.body.querySelectorAll('table')].reverse()) {
    if (isLayoutTable(table)) flattenTable(document, table);
  }
  for (const heading of document.body.querySelectorAll(HEADINGS)) {
    heading.setAttribute('data-level', levelOf(heading));
  }
  makeAbsolute(document, base);
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

function removeHidden(document: DomDocument): string[] {
  const all = textOf(document.body).length;
  const hidden = [...document.body.querySelectorAll('[hidden], [aria-hidden], [style], dialog')].filter(
    isHidden,
  );
  const unseen = new Set(hidden);
  const outermost = hidden.filter((element) => !hasAncestorIn(element, unseen));
  const length = outermost.reduce((sum, element) => sum + textOf(element).length, 0);
  // Some pages are hidden until a script of theirs ran.
  if (all > BARE && all - length < all / 10) {
    return ['Nearly all of the page is hidden until its scripts run; it is shown here all the same.'];
  }
  for (const element of outermost) element.remove();
  return [];
}

const isHidden = (element: DomElement): boolean =>
  (element.hasAttribute('hidden') && element.getAttribute('hidden') !== 'until-found') ||
  element.getAttribute('aria-hidden')?.toLowerCase() === 'true' ||
  nameOf(element) === 'dialog' ||
  UNSEEN_STYLE.test(element.getAttribute('style') ?? '');

function hasAncestorIn(element: DomElement, others: ReadonlySet<DomElement>): boolean {
  for (let parent = element.parentElement; parent; parent = parent.parentElement) {
    if (others.has(parent)) return true;
  }
  return false;
}

/** A film or a map in the page is a link to it. */
function linkFrame(document: DomDocument, frame: DomElement): void {
  const source = frame.getAttribute('src') ?? '';
  if (!/^(?:https?:)?\/\//i.test(source)) {
    frame.remove();
    return;
  }
  const link = document.createElement('a');
  link.setAttribute('href', source);
  link.textContent = frame.getAttribute('title') ?? 'embedded page';
  frame.replaceWith(link);
}

function flattenTable(document: DomDocument, table: DomElement): void {
  const own = (selector: string) =>
    [...table.querySelectorAll(selector)].filter((part) => part.closest('table') === table);
  for (const part of own('thead, tbody, tfoot, colgroup, tr')) unwrap(part);
  for (const part of own('td, th, caption')) rename(document, part, 'div');
  rename(document, table, 'div');
}

const HEADINGS = 'h1, h2, h3, h4, h5, h6';

/** Readability makes every first heading a second one, so the level is written down. */
const levelOf = (heading: DomElement): string => nameOf(heading).slice(1);

const LAZY = ['data-src', 'data-original', 'data-lazy-src'];

function makeAbsolute(document: DomDocument, base: string): void {
  for (const link of document.body.querySelectorAll('a[href]')) {
    const href = (link.getAttribute('href') ?? '').trim();
    const whole = href.startsWith('#') ? href : absolute(href, base);
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

/** What frames the text of a page: menus, notices, recommendations. */
const CHROME = [
  ...['nav', 'footer', 'aside', 'form[role="search"]', 'menu'],
  ...[
    'navigation',
    'banner',
    'contentinfo',
    'complementary',
    'search',
    'menubar',
    'menu',
    'alert',
    'alertdialog',
  ].map((role) => `[role="${role}"]`),
  ...[
    '.navbox',
    '.sidebar',
    '.breadcrumb',
    '.breadcrumbs',
    '.cookie-banner',
    '#cookie-banner',
    '.cookie-consent',
  ],
  ...[
    '#CybotCookiebotDialog',
    '#onetrust-consent-sdk',
    '.share-buttons',
    '.social-share',
    '.advertisement',
    '.adsbygoogle',
  ],
];

/** Removes menus and the like, but nothing that the page consists of. */
export function removeChrome(root: DomElement): void {
  const all = textOf(root).length;
  for (const element of root.querySelectorAll(CHROME.join(','))) {
    if (isElement(element) && textOf(element).length < all / 2) element.remove();
  }
  for (const header of root.querySelectorAll('header')) {
    // The header of a page is its menu; that of an article has its title.
    if (header.closest('article, main, section') === null && header.querySelector('h1') === null)
      header.remove();
  }
}

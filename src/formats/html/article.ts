/** Which part of a page is its text. */
import { Readability } from '@mozilla/readability';
import { removeChrome, removeNotices } from './chrome';
import { type DomDocument, type DomElement, textOf } from './dom';

/** Readability is slow on more. */
const MOST_ELEMENTS = 30_000;
/** Characters; an article is not shorter. */
const SHORTEST = 250;
/** Of the text of a page that is left without its menus; less than this is a teaser of a page that is something else. */
const LEAST_SHARE = 0.5;

/**
 * The article that Readability finds, if it is most of the page; else what the page marks as its main part; else the body
 * without menus: lists, indexes and references are no articles, and have a text all the same.
 */
export function mainText(document: DomDocument): DomElement {
  removeNotices(document.body);
  const article = readable(document);
  removeChrome(document.body);
  const main = markedMain(document) ?? document.body;
  if (article === undefined) return main;
  const [found, all] = [textOf(article).length, textOf(main).length];
  const isWhole =
    found >= all * LEAST_SHARE && KEPT.every(([selector, share]) => keeps(article, main, selector, share));
  return found >= SHORTEST && isWhole ? article : main;
}

/** What Readability may take out of a text as if it were none of it, and the share that must be there still. */
const KEPT: readonly (readonly [selector: string, share: number])[] = [
  ['table', 1],
  ['h2, h3', 0.6],
  ['pre', 1],
  ['blockquote', 1],
  ['dd', 0.9],
  ['[data-tex]', 1],
  ['[data-note]', 1],
];

/** Whether at least this share of such elements is there still. */
const keeps = (article: DomElement, main: DomElement, selector: string, share: number): boolean =>
  article.querySelectorAll(selector).length >= Math.floor(main.querySelectorAll(selector).length * share);

function readable(document: DomDocument): DomElement | undefined {
  if (document.body.querySelectorAll('*').length > MOST_ELEMENTS) return undefined;
  // It takes the document apart.
  const copy = document.cloneNode(true);
  // What is a table by now holds data: without a summary Readability may take it for layout.
  for (const table of copy.querySelectorAll('table')) table.setAttribute('summary', 'data');
  try {
    const options = {
      keepClasses: true,
      maxElemsToParse: MOST_ELEMENTS,
      serializer: (node: DomElement) => node,
    };
    return new Readability<DomElement>(copy, options).parse()?.content ?? undefined;
  } catch {
    // Pages exist on which it fails; they have a body.
    return undefined;
  }
}

/** The only `main` or the only `article`, where it has most of the text. */
function markedMain(document: DomDocument): DomElement | undefined {
  const all = textOf(document.body).length;
  for (const selector of ['main, [role="main"]', 'article', '#mw-content-text, #content, #main']) {
    const [found, ...others] = document.body.querySelectorAll(selector);
    if (found !== undefined && others.length === 0 && textOf(found).length * 2 >= all) return found;
  }
  return undefined;
}

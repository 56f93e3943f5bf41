/** Text directives of a URL: https://wicg.github.io/scroll-to-text-fragment/ */

import { withoutMarkdown } from '../tools/citations/plainText';

/** Longer passages are named by their first and last words: long addresses get cut. */
const LONGEST_EXACT = 120;
const EDGE_WORDS = 5;
const CONTEXT_WORDS = 4;

/**
 * The value of `text=` for a passage of a page: `prefix-,start,end`, percent-encoded. `context` is the page's text as far as
 * it is known; where the passage stands in it more than once, the words before it are given too. Of a passage with parts
 * left out the first is named. Undefined where it has no words.
 */
export function textDirective(passage: string, context: string): string | undefined {
  const [text = ''] = plain(passage)
    .split(/\s*(?:…|\[…\]|\[\^?\d{1,3}\])\s*/)
    .filter((part) => /[\p{L}\p{N}]/u.test(part));
  if (text === '') return undefined;
  const terms = text.length <= LONGEST_EXACT && !hasBoundary(text) ? [text] : edges(text);
  const prefix = prefixOf(terms[0] ?? text, text, plain(context));
  return [...(prefix === '' ? [] : [`${encode(prefix)}-`]), ...terms.map(encode)].join(',');
}

/** The words as they stand on the page: of a list without its marker, of a table without its bars. */
const plain = (text: string): string =>
  withoutMarkdown(text.replace(LINE_MARKER, ''))
    .replace(/^\s*\||\|\s*$/gm, '')
    .replace(/\s+/g, ' ')
    .trim();
const LINE_MARKER = /^[ \t]*(?:[-*+•]|\d{1,3}[.)])[ \t]+/gm;

/**
 * What is given whole must stand in one block of the page, a range may go over several: between sentences and cells a block
 * may end.
 */
const hasBoundary = (text: string): boolean => /[.!?:;]["”’»)]*\s+\S|\s\|\s/.test(text);

/** First and last words; a script without spaces is cut by characters. */
function edges(text: string): readonly string[] {
  const cells = text.split(/\s\|\s/);
  const [first = '', last = ''] = [cells[0], cells.at(-1)];
  if (cells.length > 1) return [first, last];
  const words = text.split(' ');
  const edge = Math.min(EDGE_WORDS, Math.floor(words.length / 2));
  if (words.length > 2 * EDGE_WORDS || (edge > 0 && hasBoundary(text))) {
    return [words.slice(0, edge).join(' '), words.slice(-edge).join(' ')];
  }
  const characters = Array.from(text);
  return [characters.slice(0, 20).join(''), characters.slice(-20).join('')];
}

/** The words before the passage, where what it begins with stands elsewhere before it too. */
function prefixOf(start: string, passage: string, context: string): string {
  const at = context.indexOf(passage);
  const first = context.toLowerCase().indexOf(start.toLowerCase());
  if (at <= 0 || first < 0 || first >= at) return '';
  return context.slice(0, at).trim().split(' ').slice(-CONTEXT_WORDS).join(' ');
}

/** `-`, `,` and `&` mean something in a directive, so they are encoded beside what a URL always encodes. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(
    /[-!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

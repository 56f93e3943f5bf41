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
    .split(/\s*(?:…|\[…\])\s*/)
    .filter((part) => part !== '');
  if (!/[\p{L}\p{N}]/u.test(text)) return undefined;
  const terms = text.length <= LONGEST_EXACT ? [text] : edges(text);
  const prefix = prefixOf(terms[0] ?? text, text, plain(context));
  return [...(prefix === '' ? [] : [`${encode(prefix)}-`]), ...terms.map(encode)].join(',');
}

const plain = (text: string): string => withoutMarkdown(text).replace(/\s+/g, ' ').trim();

/** First and last words; a script without spaces is cut by characters. */
function edges(text: string): readonly string[] {
  const words = text.split(' ');
  if (words.length > 2 * EDGE_WORDS) {
    return [words.slice(0, EDGE_WORDS).join(' '), words.slice(-EDGE_WORDS).join(' ')];
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

/** One result for one page or paper, however many providers found it. */
import { pageOf } from './paper';
import type { PaperFacts, SearchResult } from './searchResult';
import { addressKey } from './webAddress';

/** In the order in which they are first met. What the first one lacks is taken from the others. */
export function deduplicate(results: readonly SearchResult[]): readonly SearchResult[] {
  const merged: (SearchResult | undefined)[] = [];
  const byKey = new Map<string, number>();
  for (const result of results) {
    let at: number | undefined;
    let whole = result;
    // A record with both identifiers joins two that had one each.
    for (const key of keysOf(result)) {
      const known = byKey.get(key);
      const other = known === undefined ? undefined : merged[known];
      if (known === undefined || other === undefined || known === at || !mayBeOne(key, other, whole))
        continue;
      const [first, second] = at === undefined || known < at ? [known, at] : [at, known];
      whole = first === known ? merge(other, whole) : merge(whole, other);
      if (second !== undefined) merged[second] = undefined;
      at = first;
    }
    at ??= merged.length;
    merged[at] = whole;
    for (const key of keysOf(whole)) byKey.set(key, at);
  }
  return merged.filter((result) => result !== undefined);
}

function keysOf({ url, title, paper }: SearchResult): readonly string[] {
  const keys = [`url ${addressKey(url)}`];
  if (!paper) return keys;
  if (paper.doi !== undefined) keys.push(`doi ${paper.doi}`);
  if (paper.arxivId !== undefined) keys.push(`arxiv ${paper.arxivId.toLowerCase()}`);
  const words = titleWords(title);
  // “Introduction” and “Letter to the editor” are titles of many.
  if (words.length >= 4) keys.push(`title ${words.join(' ')}`);
  return keys;
}

const titleWords = (title: string): readonly string[] =>
  title
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

/** The same title is the same paper, as a preprint and in print, unless its year or its first author speaks against it. */
function mayBeOne(key: string, a: SearchResult, b: SearchResult): boolean {
  const [x, y] = [a.paper, b.paper];
  // A preprint has another DOI than what is printed, but nobody puts a paper into arXiv twice.
  if (x?.arxivId !== undefined && y?.arxivId !== undefined && x.arxivId !== y.arxivId) return false;
  if (!key.startsWith('title ')) return true;
  const years = x?.year === undefined || y?.year === undefined || Math.abs(x.year - y.year) <= 3;
  return years && sameName(x?.authors[0], y?.authors[0]);
}

/** `A. Vaswani`, `Vaswani, Ashish` and `Ashish Vaswani` share a word; initials alone prove nothing. */
function sameName(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined) return true;
  const words = (name: string) =>
    (
      name
        .normalize('NFKD')
        .toLowerCase()
        .replace(/\p{M}/gu, '')
        .match(/\p{L}+/gu) ?? []
    ).filter((word) => word.length > 1);
  const known = new Set(words(a));
  return known.size === 0 || words(b).length === 0 || words(b).some((word) => known.has(word));
}

function merge(first: SearchResult, second: SearchResult): SearchResult {
  const paper =
    first.paper && second.paper ? mergeFacts(first.paper, second.paper) : (first.paper ?? second.paper);
  const published = first.published ?? second.published;
  return {
    title: first.title,
    url: (paper && pageOf(paper.doi ?? '', paper.arxivId)) ?? betterAddress(first.url, second.url),
    snippet: first.snippet || second.snippet,
    ...(published === undefined ? {} : { published }),
    providers: [...new Set([...first.providers, ...second.providers])],
    ...(paper ? { paper } : {}),
  };
}

/** The first one's, but https where it has only http. */
const betterAddress = (first: string, second: string): string =>
  first.startsWith('http:') && second.startsWith('https:') && addressKey(first) === addressKey(second)
    ? second
    : first;

function mergeFacts(first: PaperFacts, second: PaperFacts): PaperFacts {
  // Spread in this order: what the first one says stands.
  const facts = { ...second, ...first };
  const citations = Math.max(first.citations ?? -1, second.citations ?? -1);
  const isArchive = first.venue === undefined || /^arxiv\b/i.test(first.venue);
  return {
    ...facts,
    authors: first.authors.length > 0 ? first.authors : second.authors,
    // A published DOI says more than the archive's own.
    ...(first.doi?.startsWith('10.48550/') && second.doi !== undefined ? { doi: second.doi } : {}),
    ...(isArchive && second.venue !== undefined ? { venue: second.venue } : {}),
    ...(citations >= 0 ? { citations } : {}),
  };
}

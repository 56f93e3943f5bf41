import { normalise } from '../common/text';
import type { Evidence, Locator } from './evidence';

/** `unverified`: nothing was checked or the check found nothing. */
export type CitationVerdict = 'quoted' | 'aligned' | 'entailed' | 'unverified';

export interface Citation {
  /** The number shown to the reader, 1, 2 …, in order of appearance. */
  readonly n: number;
  /** Evidence id: e1, e2 … */
  readonly evidence: string;
  readonly source: string;
  readonly title: string;
  readonly locator: Locator;
  /** The words of the source that are cited; an excerpt of it where the answer quotes none. */
  readonly quote: string;
  readonly verdict: CitationVerdict;
}

/** [e1], [e1][e2], [e1, e2] */
const MARK = /\[\s*e\d+(?:\s*[,;]\s*e\d+)*\s*\]/g;
/** A mark ends with these words' claim; what stands before the mark in its sentence is what it vouches for. */
const QUOTED = /“([^”]+)”|"([^"]+)"|«([^»]+)»/g;
/** Words in quotation marks this short are a name or a term, not a quotation that could prove anything. */
const MIN_QUOTE = 12;
const EXCERPT = 200;

/**
 * The citations of an answer, one a piece of evidence, numbered in order of appearance. A citation is `quoted` where
 * every quotation that its marks vouch for stands in the evidence, normalised (Unicode NFKC, quotes, dashes, white
 * space, case; an ellipsis stands for anything between two parts in order); a mark that names no evidence of this run
 * is kept and stays `unverified`, so that an invented citation is seen.
 */
export function checkCitations(
  answer: string,
  lookUp: (id: string) => Evidence | undefined,
): readonly Citation[] {
  const quotes = new Map<string, string[]>();
  for (const { ids, claim } of marks(answer)) {
    const quoted = quotations(claim);
    for (const id of ids) quotes.set(id, [...(quotes.get(id) ?? []), ...quoted]);
  }
  return [...quotes].map(([id, quoted], index) => cite(index + 1, id, quoted, lookUp(id)));
}

function cite(n: number, id: string, quoted: readonly string[], evidence: Evidence | undefined): Citation {
  if (!evidence) {
    const locator: Locator = { kind: 'output' };
    return {
      n,
      evidence: id,
      source: '',
      title: 'No such evidence',
      locator,
      quote: '',
      verdict: 'unverified',
    };
  }
  const { source, title, locator, text } = evidence;
  const found = quoted.filter((quote) => standsIn(quote, text));
  const verdict = quoted.length > 0 && found.length === quoted.length ? 'quoted' : 'unverified';
  const quote = found[0] ?? excerpt(text);
  return { n, evidence: id, source, title, locator: narrowed(locator, text, found), quote, verdict };
}

/** The lines on which the quotations stand, within those of the evidence. */
function narrowed(locator: Locator, text: string, quotes: readonly string[]): Locator {
  if (locator.kind !== 'lines') return locator;
  const lines = quotes.flatMap((quote) => linesOf(quote, text));
  if (lines.length === 0) return locator;
  return {
    kind: 'lines',
    start: locator.start + Math.min(...lines),
    end: locator.start + Math.max(...lines),
  };
}

/** First and last line (0-based) of a quotation whose words stand in the text just so, but for white space and case. */
function linesOf(quote: string, text: string): readonly number[] {
  const words = quote.split(/\s+/).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const match = new RegExp(words.join('\\s+'), 'iu').exec(text);
  if (!match) return [];
  const lineAt = (index: number) => text.slice(0, index).split('\n').length - 1;
  return [lineAt(match.index), lineAt(match.index + match[0].length)];
}

/** Each mark with the ids it names and the text it vouches for: from the mark before it or the start of its line. */
function marks(answer: string): readonly { readonly ids: readonly string[]; readonly claim: string }[] {
  let from = 0;
  let claim = '';
  return [...answer.matchAll(MARK)].map((match) => {
    const between = answer.slice(from, match.index);
    from = match.index + match[0].length;
    // Adjacent marks vouch for the same claim.
    if (between.trim() !== '') claim = between.slice(between.lastIndexOf('\n') + 1);
    return { ids: match[0].match(/e\d+/g) ?? [], claim };
  });
}

function quotations(claim: string): readonly string[] {
  return [...claim.matchAll(QUOTED)]
    .map((match) => (match[1] ?? match[2] ?? match[3] ?? '').trim())
    .filter((quote) => quote.length >= MIN_QUOTE);
}

/** True where the quotation stands in the text; parts around an ellipsis must stand in this order. */
export function standsIn(quote: string, text: string): boolean {
  const haystack = normalise(text);
  const parts = quote
    .split(/\[?(?:…|\.\.\.)\]?/)
    .map((part) => normalise(part))
    .filter((part) => part !== '');
  let from = 0;
  for (const part of parts) {
    const at = haystack.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return parts.length > 0;
}

function excerpt(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= EXCERPT ? line : `${line.slice(0, EXCERPT - 1)}…`;
}

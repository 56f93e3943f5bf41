/** The marks of an answer, each with the claim it vouches for. */
import { sentences } from '../../common/sentences';

/** Marks that stand together, `[e1][e2]` or `[e1, e2]`, vouch for one claim together. */
export interface MarkedClaim {
  /** In order, one for each mark; an id that is named twice is there twice. */
  readonly ids: readonly string[];
  /** From the start of its sentence, or from the mark before it; what follows a mark that leads in: `According to [e1], …`. */
  readonly claim: string;
  /** What its sentence says before that; empty where the claim begins it. */
  readonly lead: string;
  /** Sentences before the claim that have no mark of their own: it may be meant for them too. */
  readonly before: readonly string[];
  /** True where the line is set as a quotation: `> …`. */
  readonly quotation: boolean;
}

const MARK = /\[\s*e\d+(?:\s*[,;]\s*e\d+)*\s*\]/g;
/** How models write marks beside the form that they are told: `[E1]`, `[e1-e3]`, `[e1 and 2]`, `【e1】`, `\\[e1\\]`, `[^e1]`. */
const LOOSE_MARK = /(?:\\?\[|【)\s*\^?(e\d{1,6}(?:\s*(?:,|;|&|and|[-–—])\s*e?\d{1,6})*)\s*(?:\\?\]|】)/gi;
/** More pieces of evidence than these no span means. */
const LONGEST_SPAN = 20;

/** The text with the marks of its prose, `[e1, e2]`, replaced; what stands in code stays as it is. */
export function replaceMarks(
  text: string,
  replacement: (ids: readonly string[], mark: string) => string,
): string {
  const code = codeSpans(text);
  return text.replace(MARK, (mark: string, at: number) =>
    isIn(code, at) ? mark : replacement(mark.match(/e\d+/g) ?? [], mark),
  );
}

/** The answer with all its marks in one form, `[e1, e2, e3]`; what stands in code stays as it is. */
export function withPlainMarks(answer: string): string {
  const code = codeSpans(answer);
  return answer.replace(LOOSE_MARK, (mark: string, listed: string, at: number) => {
    if (isIn(code, at)) return mark;
    const ids = idsOf(listed.toLowerCase());
    return ids ? `[${ids.join(', ')}]` : mark;
  });
}

type Span = readonly [start: number, end: number];

const codeSpans = (text: string): readonly Span[] =>
  [...text.matchAll(CODE)].map(({ 0: found, index }) => [index, index + found.length]);

const isIn = (spans: readonly Span[], at: number): boolean =>
  spans.some(([start, end]) => at >= start && at < end);

/** Undefined for a span that none can mean. */
function idsOf(listed: string): readonly string[] | undefined {
  const ids: string[] = [];
  for (const [, joint = '', digits = ''] of listed.matchAll(/(^|,|;|&|and|[-–—])\s*e?(\d+)/g)) {
    const [number, last] = [Number(digits), Number(ids.at(-1)?.slice(1))];
    if (!/[-–—]/.test(joint)) ids.push(`e${number}`);
    else if (number <= last || number - last > LONGEST_SPAN) return undefined;
    else for (let each = last + 1; each <= number; each++) ids.push(`e${each}`);
  }
  return ids;
}
/** In code a mark is text. A block that is never closed reaches to the end. */
const CODE =
  /^ {0,3}(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^ {0,3}\1[`~]*[ \t]*$|(?![\s\S]))|(`+)(?!`)[^\n]*?[^`\n]\2(?!`)/gm;
const BLOCK = /\n[ \t]*\n|\n(?=[ \t]*(?:[-*+•>|#]|\d{1,3}[.)][ \t]))/g;
const MARKER = /^[ \t]*(?:(?:[-*+•>]|\d{1,3}[.)]|#{1,6})[ \t]+)*/;
/** Quotations and what is in brackets: a full stop in them ends no sentence of the answer. */
const ENCLOSED = /“[^”]*”|"[^"\n]*"|«[^»]*»|»[^«]*«|„[^“”]*[“”]|「[^」]*」|『[^』]*』|\([^()\n]*\)/g;

export function markedClaims(answer: string): readonly MarkedClaim[] {
  // Blanked out, not removed: offsets stay.
  const prose = withPlainMarks(answer).replace(CODE, (code) => code.replace(/[[\]]/g, ' '));
  return blocksOf(prose).flatMap(claimsOf);
}

function blocksOf(text: string): readonly string[] {
  const starts = [0, ...[...text.matchAll(BLOCK)].map(({ index }) => index + 1), text.length];
  return starts.slice(1).map((end, i) => text.slice(starts[i], end));
}

function claimsOf(block: string): readonly MarkedClaim[] {
  const quotation = /^\s*>/.test(block);
  const row = /^\s*\|/.test(block) ? (block.split('|')[1] ?? '') : '';
  const found: MarkedClaim[] = [];
  let from = 0;
  for (const match of block.matchAll(MARK)) {
    const between = block.slice(from, match.index).replace(from === 0 ? MARKER : '', '');
    from = match.index + match[0].length;
    const ids = match[0].match(/e\d+/g) ?? [];
    const last = found.at(-1);
    if (last && /^[\s.,;:|]*$/.test(between))
      found[found.length - 1] = { ...last, ids: [...last.ids, ...ids] };
    else found.push({ ids, quotation, ...claimAt(between, block.slice(from), last, row) });
  }
  return found;
}

/** Stands before its claim: `[e1] The dam …`, `According to [e1], …`. */
const LEADS_IN = /^[\s(]*(?:(?:according to|as|per|in|from|see|laut|nach|selon|según)\b)?[\s:(]*$/iu;

function claimAt(
  between: string,
  behind: string,
  last: MarkedClaim | undefined,
  row: string,
): Pick<MarkedClaim, 'claim' | 'lead' | 'before'> {
  const opens = last === undefined || /[.!?。]["”»)]*\s*$/u.test(last.claim);
  if (row !== '' || !opens || !LEADS_IN.test(between)) return claimIn(between, last, row);
  const unbroken = unbrokenText(behind.replace(/^[\s,:;)]+/, ''));
  const [first] = sentences(unbroken.split(MARK)[0] ?? '');
  const claim = behind.replace(/^[\s,:;)]+/, '').slice(first?.start ?? 0, first?.end ?? 0);
  return {
    claim: claim.replace(/^(?:says?|states?|shows?|notes?|reports?)\b,?\s*(?:that\b)?/i, '').trim(),
    lead: '',
    before: [],
  };
}

function claimIn(
  between: string,
  last: MarkedClaim | undefined,
  row: string,
): Pick<MarkedClaim, 'claim' | 'lead' | 'before'> {
  const unbroken = unbrokenText(between);
  const found = sentences(unbroken).filter(({ text }) => /[\p{L}\p{N}]/u.test(text));
  // Where the end before it is in doubt, more must be supported rather than less.
  const final = found.findLast(
    ({ start }, i) => i === 0 || isBoundary(unbroken.slice(0, start), unbroken.slice(start)),
  );
  const start = final?.start ?? 0;
  const claim = between
    .slice(start)
    .replace(/^[\s.,;:!?]+/, '')
    .trim();
  if (row !== '') return { claim: last ? `${row.trim()} ${claim}` : claim, lead: '', before: [] };
  const goesOn =
    last !== undefined &&
    start === firstWord(between) &&
    !/^\s*[.!?。]/.test(between) &&
    !/[.!?。]["”»]?\s*$/.test(last.claim);
  const before = found.filter((each) => each.end <= start).map((each) => between.slice(each.start, each.end));
  return { claim, before, lead: goesOn ? `${last.lead} ${last.claim}`.trim() : '' };
}

const unbrokenText = (text: string): string =>
  text.replace(ENCLOSED, (enclosed) => enclosed.replace(/[.!?。！？\n]/g, '·'));

/** A sentence begins with a capital, a number or a sign, and not behind what may be an abbreviation: Ste. Marie. */
const isBoundary = (before: string, after: string): boolean =>
  /^[^\p{Ll}]/u.test(after) &&
  !/(?:^|[^\p{L}])(?:\p{Lu}\p{Ll}{0,3}\.|[^\P{L}aeiouy]{2,4}\.|\p{Lu}\p{L}*[!?]|\.\.\.|…)\s*$/u.test(before);

/** Where the text begins, after what only parts it from the mark before. */
const firstWord = (text: string): number => /^\s*/.exec(text)?.[0].length ?? 0;

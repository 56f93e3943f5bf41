/** Sentences with their places in the text, so that a claim or a citation can point at one. */

const SENTENCES = new Intl.Segmenter('en', { granularity: 'sentence' });

export interface Sentence {
  /** `input.slice(start, end)`: no white space around it, line breaks inside it as they were. */
  readonly text: string;
  /** UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
}

/** After these a name follows, or more of the same sentence: their full stop ends none. */
const ALWAYS =
  /(?:^|[\s(["'])(?:dr|mr|mrs|ms|prof|st|sr|rev|hon|gen|col|lt|sgt|capt|gov|sen|rep|pres|mt|vs|cf|e\.g|i\.e|eg|ie|viz|approx|ca|al|resp)\.$/iu;
/** These are abbreviations before a number, and words (no, fig, sec, may) or ends otherwise. */
const BEFORE_NUMBER =
  /(?:^|[\s(["'])(?:no|nos|nr|fig|figs|eq|eqs|sec|sect|ch|chap|vol|p|pp|art|tab|ver|v|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.$/iu;
/** J. or U.S. or a.m.: may end a sentence, so what follows decides. */
const INITIALS = /(?:^|[\s(["'.])(?!I\.$)(?:\p{Lu}|(?:\p{L}\.)+\p{L})\.$/u;
const STARTERS = new Set(
  'a an and but he her his however i if in it its my no on our she so that the their then there these they this those we what when where which who why you'.split(
    ' ',
  ),
);

/** A line that opens with a list marker, a heading, a quote mark or a table row; the group is what is no text. */
const MARKER = /^[ \t]*(?:(?:[-*+•‣◦]|\d{1,3}[.)]|[a-z]\)|#{1,6}|>)[ \t]+)+/iu;
const HEADING = /^[ \t]*#{1,6}[ \t]/;
/** Opens or closes a block of code (CommonMark 0.31, section 4.5). */
const FENCE = /^ {0,3}(?:`{3,}|~{3,})/;
const RULE = /^[ \t]*(?:[-=*_][ \t]*){3,}$/;

/**
 * Cuts a text into sentences. Blank lines, list markers, headings and table rows end a sentence, a single line break in
 * a wrapped paragraph does not; nor do the full stops of abbreviations (Dr., e.g., vs., U.S.), initials and decimals.
 * Lines of a fenced block of code each stand alone. Markers of lists, headings and fences belong to no sentence. Offsets
 * rise and never overlap.
 */
export function sentences(text: string): Sentence[] {
  return blocks(text)
    .flatMap((block) => bounded(text, block))
    .flatMap(({ start, end }) => {
      // Unicode ends a sentence at every line break: as spaces they keep the offsets and join wrapped lines.
      const block = text.slice(start, end).replace(/[\r\n\u2028\u2029\u0085]/g, ' ');
      return mergeFalseEnds([...SENTENCES.segment(block)].map(({ segment }) => segment))
        .map(({ from, to }) => trimmed(text, start + from, start + to))
        .filter((sentence) => sentence.text !== '');
    });
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Paragraphs, list items, headings, table rows and lines of code. */
function blocks(text: string): Range[] {
  const found: Range[] = [];
  let open: { start: number; end: number } | undefined;
  let offset = 0;
  let inCode = false;
  for (const [line] of text.matchAll(/[^\n]*(?:\n|$)/g)) {
    const end = offset + line.length;
    const content = line.trim();
    const isFence = FENCE.test(line);
    if (isFence) inCode = !inCode;
    const marker = inCode ? '' : (MARKER.exec(line)?.[0] ?? '');
    const alone = inCode || HEADING.test(line) || content.startsWith('|');
    if (content === '' || isFence || (!inCode && RULE.test(content))) {
      open = undefined;
    } else if (open === undefined || marker !== '' || alone) {
      open = { start: offset + marker.length, end };
      found.push(open);
    } else {
      open.end = end;
    }
    if (alone) open = undefined;
    offset = end;
  }
  return found;
}

/** Longer than nearly any paragraph: what the segmenter takes grows with the square of the length. */
const LONGEST_BLOCK = 8_000;
const END = /[.!?…。！？]["'”’»)\]]*\s/gu;

/** The block in pieces that are not too long, cut where a sentence ends, or else at a space. */
function bounded(text: string, { start, end }: Range): Range[] {
  const pieces: Range[] = [];
  for (let from = start; from < end;) {
    const piece = text.slice(from, Math.min(end, from + LONGEST_BLOCK));
    const isRest = from + piece.length === end;
    const length = isRest ? piece.length : cutOf(piece);
    pieces.push({ start: from, end: from + length });
    from += length;
  }
  return pieces;
}

function cutOf(piece: string): number {
  const last = [...piece.matchAll(END)].at(-1);
  if (last) return last.index + last[0].length;
  const space = piece.lastIndexOf(' ');
  return space > 0 ? space : piece.length;
}

function mergeFalseEnds(segments: readonly string[]): { from: number; to: number }[] {
  const merged: { from: number; to: number }[] = [];
  let from = 0;
  let to = 0;
  segments.forEach((segment, i) => {
    to += segment.length;
    const next = segments[i + 1];
    if (next !== undefined && isFalseEnd(segment.trimEnd(), next)) return;
    merged.push({ from, to });
    from = to;
  });
  return merged;
}

/** 4. März 2023: a German day. */
const DAY = /(?:^|\s)\d{1,2}\.$/;
const GERMAN_MONTH =
  /^\s*(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b/;

function isFalseEnd(before: string, after: string): boolean {
  // "Is it?" he asked.
  if (/["'”’»]$/.test(before) && /^\s*\p{Ll}/u.test(after)) return true;
  // x != 5
  if (before.endsWith('!') && after.startsWith('=')) return true;
  if (ALWAYS.test(before)) return true;
  if (DAY.test(before) && GERMAN_MONTH.test(after)) return true;
  if (BEFORE_NUMBER.test(before)) return /^\W*\d/.test(after);
  if (!INITIALS.test(before)) return false;
  const first = /^\W*([\p{L}\p{N}'’]+)/u.exec(after)?.[1] ?? '';
  return first !== '' && !STARTERS.has(first.toLowerCase());
}

function trimmed(text: string, start: number, end: number): Sentence {
  const raw = text.slice(start, end);
  const from = start + raw.length - raw.trimStart().length;
  const content = raw.trim();
  return { text: content, start: from, end: from + content.length };
}

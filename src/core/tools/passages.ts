/** Cuts a file into passages of some 80 to 160 words, the unit of search and of evidence. */
import type { DocumentContent, Passage } from '../ports';
import { type Block, markdownOutline, type Outline, paragraphOutline, tableOutline } from './search/blocks';
import { linesOf, sliceLines } from './search/lines';

const MOST_WORDS = 160;
const GOAL_WORDS = 120;
/** A line longer than this many characters is cut in pieces that all bear its number. */
const LONG_LINE = 4_000;
const LONG_LINE_PIECE = 1_000;

/**
 * Every line that is not blank is in exactly one passage; a passage's text is its lines exactly as they stand in the
 * file, or, where a line has more than 4,000 characters, a stretch of that line.
 */
export function splitPassages(path: string, text: string): Passage[] {
  const ranges = linesOf(text);
  const lines = ranges.map(({ start, end }) => text.slice(start, end));
  const outline = outlineOf(path, lines);
  const document = outline.title ?? nameInWords(path);
  return pack(outline.blocks, lines).flatMap(({ first, last, headings, columns }) => {
    const title = titleOf(document, headings, columns);
    const passage = { path, title, startLine: first + 1, endLine: last + 1 };
    const whole = sliceLines(text, ranges, first, last);
    return first === last && whole.length > LONG_LINE
      ? pieces(whole).map((piece) => ({ ...passage, text: piece }))
      : [{ ...passage, text: whole }];
  });
}

/** The same of a document that was read as text: each passage is of one part, and has its place. */
export function splitDocument(path: string, { title, parts }: DocumentContent): Passage[] {
  const document = title?.trim() || nameInWords(path);
  return parts.flatMap((part) => {
    const above = [document, part.title].filter((each) => each !== '').join(' › ');
    // The text is Markdown, whatever the file is.
    return splitPassages(`${path}.md`, part.text).map((passage) => ({
      ...passage,
      path,
      title: above,
      locator: part.locator,
    }));
  });
}

/** The document's title: its first heading, or the file's name in words. */
export const documentTitle = (passage: Passage): string => passage.title.split(' › ')[0] ?? passage.title;

/** `notes/q3_report-final.md` -> `q3 report final`. */
export function nameInWords(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const stem = name.replace(/(?<=.)\.[A-Za-z][A-Za-z0-9]{0,7}$/, '');
  return stem.replace(/[_\s]+|-(?=\p{L})|(?<=\p{L})-/gu, ' ').trim() || name;
}

function outlineOf(path: string, lines: readonly string[]): Outline {
  const extension = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  if (['md', 'markdown', 'mdx', 'qmd', 'rmd', 'rst'].includes(extension)) return markdownOutline(lines);
  if (extension === 'tsv') return tableOutline(lines, '\t');
  if (extension === 'csv') return tableOutline(lines, (lines[0] ?? '').includes(';') ? ';' : ',');
  return paragraphOutline(lines);
}

function titleOf(document: string, headings: readonly string[], columns: string | undefined): string {
  const below = headings[0] === document ? headings.slice(1) : headings;
  const title = [document, ...below].join(' › ');
  return columns === undefined || columns === '' ? title : `${title} (${columns})`;
}

interface Span {
  first: number;
  last: number;
  headings: readonly string[];
  columns: string | undefined;
}

/** Joins short neighbours under the same headings and cuts what is long. A heading goes with what follows it. */
function pack(blocks: readonly Block[], lines: readonly string[]): Span[] {
  const spans: Span[] = [];
  let words = 0;
  let onlyHeadings = false;
  for (const block of blocks) {
    const current = spans.at(-1);
    const size = countWords(lines, block.first, block.last);
    const joins =
      current !== undefined &&
      (onlyHeadings ||
        (block.kind !== 'heading' &&
          sameHeadings(current.headings, block.headings) &&
          words + size <= MOST_WORDS));
    if (joins && words + size <= MOST_WORDS * 1.25) {
      current.last = block.last;
      current.headings = block.headings;
      current.columns ??= block.columns;
      words += size;
      onlyHeadings &&= block.kind === 'heading';
      continue;
    }
    const parts = cut(block, lines);
    const [head] = parts;
    if (joins && head !== undefined) {
      // The heading stays with the first part of a long block.
      head.first = current.first;
      spans.pop();
    }
    spans.push(...parts);
    const last = parts.at(-1);
    words = last === undefined ? 0 : countWords(lines, last.first, last.last);
    onlyHeadings = block.kind === 'heading';
  }
  return spans;
}

/** Cuts a block of many lines near the goal, at a blank line where one is close. */
function cut(block: Block, lines: readonly string[]): Span[] {
  const { headings, columns } = block;
  const spans: Span[] = [];
  let first = block.first;
  let words = 0;
  for (let i = block.first; i <= block.last; i++) {
    const size = countWords(lines, i, i);
    if (i > first && words + size > GOAL_WORDS) {
      spans.push({ first, last: i - 1, headings, columns });
      first = i;
      words = 0;
    }
    words += size;
  }
  const last = spans.at(-1);
  // A rest of a few words belongs to the part before it.
  if (last !== undefined && words < GOAL_WORDS / 4) last.last = block.last;
  else spans.push({ first, last: block.last, headings, columns });
  return spans.filter((span) => countWords(lines, span.first, span.last) > 0);
}

const sameHeadings = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((heading, i) => heading === b[i]);

/** Words by white space; scripts without it count two characters as a word. */
function countWords(lines: readonly string[], first: number, last: number): number {
  let count = 0;
  for (let i = first; i <= last; i++) {
    const line = lines[i] ?? '';
    count += line.match(/\S+/g)?.length ?? 0;
    count +=
      (line.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu)?.length ?? 0) /
      2;
  }
  return count;
}

/** A long line in pieces that end at white space where there is some. */
function pieces(line: string): string[] {
  const found: string[] = [];
  for (let start = 0; start < line.length;) {
    let end = Math.min(line.length, start + LONG_LINE_PIECE);
    const space = line.lastIndexOf(' ', end);
    if (end < line.length && space > start + LONG_LINE_PIECE / 2) end = space + 1;
    // A surrogate pair stays whole.
    else if (end < line.length && /[\ud800-\udbff]/.test(line.charAt(end - 1))) end--;
    found.push(line.slice(start, end));
    start = end;
  }
  return found.filter((piece) => piece.trim() !== '');
}

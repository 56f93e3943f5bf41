/** Cuts Markdown into the parts of a document: sections under their headings, none of them too long to read at once. */
import { type Block, markdownOutline } from '../../core/tools/search/blocks';
import type { DocumentPart } from '../../core/ports';

/** Characters of a part. */
const LONGEST = 4_000;

/**
 * Every line that is not blank is in exactly one part, in order. `title` and the locator's heading are the path of headings,
 * `Results › Bats`; a heading with nothing below it goes with what follows.
 */
export function sectionParts(markdown: string): DocumentPart[] {
  const lines = markdown.split('\n').flatMap(shortLines);
  const { blocks } = markdownOutline(lines);
  const parts: DocumentPart[] = [];
  let open: { first: number; last: number; headings: readonly string[]; bare: boolean } | undefined;
  const close = () => {
    if (open === undefined) return;
    const heading = headingPath(open.headings);
    const text = lines
      .slice(open.first, open.last + 1)
      .join('\n')
      .trim();
    if (text !== '') parts.push({ locator: { kind: 'section', heading }, title: heading, text });
    open = undefined;
  };
  for (const block of blocks.flatMap((each) => cut(each, lines))) {
    const size = open === undefined ? 0 : length(lines, open.first, block.last);
    if (open !== undefined && block.kind === 'heading' ? !open.bare : size > LONGEST) close();
    open ??= { first: block.first, last: block.last, headings: block.headings, bare: true };
    open.last = block.last;
    open.headings = block.headings;
    open.bare &&= block.kind === 'heading';
  }
  close();
  return parts;
}

/** A line longer than a part is broken at spaces. */
function shortLines(line: string): string[] {
  const pieces: string[] = [];
  let from = 0;
  while (line.length - from > LONGEST) {
    const space = line.lastIndexOf(' ', from + LONGEST);
    const to = space > from + LONGEST / 2 ? space : from + LONGEST;
    pieces.push(line.slice(from, to));
    from = line[to] === ' ' ? to + 1 : to;
  }
  return [...pieces, line.slice(from)];
}

/** A block of many lines, a table or code, in pieces of whole lines. */
function cut(block: Block, lines: readonly string[]): Block[] {
  if (length(lines, block.first, block.last) <= LONGEST) return [block];
  const pieces: Block[] = [];
  let first = block.first;
  for (let line = block.first; line <= block.last; line++) {
    if (line > first && length(lines, first, line) > LONGEST) {
      pieces.push({ ...block, first, last: line - 1 });
      first = line;
    }
  }
  pieces.push({ ...block, first, last: block.last });
  return pieces;
}

function length(lines: readonly string[], first: number, last: number): number {
  let sum = 0;
  for (let line = first; line <= last; line++) sum += (lines[line] ?? '').length + 1;
  return sum;
}

const headingPath = (headings: readonly string[]): string =>
  headings.map((heading) => heading.replace(/\\([\\`*_{}[\]()#+\-.!|~])/g, '$1')).join(' › ');

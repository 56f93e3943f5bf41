/** A document without pages as blocks, and these as parts by heading. */
import type { DocumentPart } from '../../core/ports';

/** A paragraph, list, table or heading, as Markdown. */
export interface TextBlock {
  /** 1 to 6 of a heading, 0 of all else. */
  readonly level: number;
  /** Of a heading without its marks. */
  readonly text: string;
}

const MOST_CHARACTERS = 4_000;

/**
 * A part begins at each heading, and where a section is long, between two of its blocks. Headings with nothing between
 * them stand in one part.
 */
export function sectionParts(blocks: readonly TextBlock[]): DocumentPart[] {
  const parts: DocumentPart[] = [];
  const path: TextBlock[] = [];
  let open: string[] = [];
  let length = 0;
  let onlyHeadings = true;
  const close = () => {
    const heading = path.map(({ text }) => text).join(' › ');
    if (open.length > 0)
      parts.push({ locator: { kind: 'section', heading }, title: heading, text: open.join('\n\n') });
    open = [];
    length = 0;
    onlyHeadings = true;
  };
  for (const block of blocks) {
    if (block.level > 0 ? !onlyHeadings : length > 0 && length + block.text.length > MOST_CHARACTERS) close();
    if (block.level > 0) {
      while ((path.at(-1)?.level ?? 0) >= block.level) path.pop();
      path.push(block);
    } else {
      onlyHeadings = false;
    }
    const text = block.level > 0 ? `${'#'.repeat(block.level)} ${block.text}` : block.text;
    open.push(text);
    length += text.length + 2;
  }
  close();
  return parts;
}

/** The heading of the first level where there is one only, which is then a title. */
export function onlyHeading(blocks: readonly TextBlock[]): string | undefined {
  const [first, ...others] = blocks.filter(({ level }) => level === 1);
  return others.length === 0 ? first?.text : undefined;
}

/** Rows of cells as a Markdown table; the first row stands for the header. */
export function markdownTable(rows: readonly (readonly string[])[]): string {
  const width = Math.max(0, ...rows.map((row) => row.length));
  if (width === 0) return '';
  const line = (cells: readonly string[]) =>
    `| ${Array.from({ length: width }, (_, i) => cellOf(cells[i] ?? '')).join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head), `|${' --- |'.repeat(width)}`, ...body.map(line)].join('\n');
}

const cellOf = (text: string): string => text.replace(/\s+/g, ' ').trim().replaceAll('|', '\\|');

/** The text of a page: lines in reading order, a blank line between paragraphs, a tab between the cells of a row. */
import { readingOrder } from './readingOrder';
import { type Piece, type Row, segmentsOf } from './textLine';

/** Upright first, then what is turned, as along the margin: the angle in quarters of a turn. */
export function pageText(groups: readonly (readonly Piece[])[]): string {
  return groups
    .flatMap((pieces) => readingOrder(segmentsOf(pieces)))
    .map(flowText)
    .filter((text) => text !== '')
    .join('\n\n');
}

/** More than this in parts of the usual distance of lines parts paragraphs. */
const PARAGRAPH = 1.35;
/** The first line of a paragraph stands in by this, in parts of the font's size. */
const INDENT = 0.8;

function flowText(rows: readonly Row[]): string {
  const step = usualStep(rows);
  let text = '';
  for (const [i, row] of rows.entries()) {
    const before = rows[i - 1];
    if (before !== undefined) text += beginsParagraph(before, row, rows[i + 1], step) ? '\n\n' : '\n';
    text += row.segments.map((segment) => segment.text).join('\t');
  }
  return text;
}

/** The median distance of lines that follow one another; blank space between paragraphs is rarer than lines. */
function usualStep(rows: readonly Row[]): number {
  const steps = rows
    .slice(1)
    .map((row, i) => row.y - (rows[i]?.y ?? row.y))
    .filter((step, i) => step > 0 && step < 3 * (rows[i]?.size ?? 12))
    .sort((a, b) => a - b);
  return steps[Math.floor(steps.length / 2)] ?? 0;
}

function beginsParagraph(before: Row, row: Row, after: Row | undefined, step: number): boolean {
  const size = Math.min(before.size, row.size);
  if (row.y - before.y > PARAGRAPH * Math.max(step, size)) return true;
  // A heading.
  if (Math.abs(before.size - row.size) > 0.15 * size) return true;
  const isIndented = row.left - before.left > INDENT * size && row.left - before.left < 5 * size;
  // A hanging indent goes on in the lines that follow.
  return isIndented && after !== undefined && row.left - after.left > INDENT * size;
}

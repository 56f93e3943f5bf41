/** Tables of a page as tables of Markdown. */
import { type DomElement, nameOf, textOf } from './dom';

/** Spans that fill more cells are a mistake or an attack: from there on a cell stands in one place. */
const MOST_FILLED = 100_000;
/** Up to this width rows are filled up to the longest. */
const PADDED_COLUMNS = 60;
/** What HTML allows. */
const MOST_COLSPAN = 1_000;

interface Cell {
  readonly text: string;
  readonly isHeading: boolean;
}

const BLOCKS = 'p, ul, ol, h1, h2, h3, h4, h5, h6, blockquote, pre, form, article, section';

/** True for a table that only puts things beside each other: what is in it is text, not data. */
export function isLayoutTable(table: DomElement): boolean {
  const role = table.getAttribute('role');
  if (role === 'presentation' || role === 'none') return true;
  const rows = rowsOf(table);
  // With headings of its own and little in each cell, a table that holds another is data all the same: an infobox.
  if (table.querySelector('table') !== null) return !hasHeadings(table) || isHeavy(rows.flatMap(cellsOf));
  const widths = rows.map((row) => cellsOf(row).length);
  if (Math.max(0, ...widths) <= 1) return true;
  if (table.querySelector('th, caption, thead') !== null) return false;
  // Code beside the numbers of its lines.
  if (table.querySelector('pre') !== null) return true;
  return isHeavy(rows.flatMap(cellsOf));
}

const hasHeadings = (table: DomElement): boolean =>
  [...table.querySelectorAll('th, caption')].some((part) => own(table, part));

function isHeavy(cells: readonly DomElement[]): boolean {
  const heavy = cells.filter((cell) => cell.querySelectorAll(BLOCKS).length > 1 || textOf(cell).length > 800);
  return heavy.length * 4 > cells.length;
}

/** @param inline a cell's content as Markdown; its line breaks become spaces */
export function tableMarkdown(table: DomElement, inline: (cell: DomElement) => string): string {
  const rows = rowsOf(table);
  const grid = gridOf(rows, inline);
  const width = Math.max(0, ...grid.map((row) => row.length));
  if (width === 0) return '';
  const { header, body } = headerOf(grid, rows);
  const least = Math.min(width, PADDED_COLUMNS);
  const line = (cells: readonly string[]) =>
    `| ${Array.from({ length: Math.max(least, cells.length) }, (_, i) => cells[i] ?? '').join(' | ')} |`;
  const caption = table.querySelector('caption');
  const lines = [
    ...(caption === null ? [] : [`Table: ${inlineText(inline(caption))}`, '']),
    line(header),
    `|${' --- |'.repeat(width)}`,
    ...body.map((row) => line(row.map(({ text }) => text))),
  ];
  return lines.join('\n');
}

const own = (table: DomElement, part: DomElement): boolean => part.closest('table') === table;

const rowsOf = (table: DomElement): DomElement[] => {
  const rows = [...table.querySelectorAll('tr')].filter((row) => own(table, row));
  const isFoot = (row: DomElement) => row.closest('tfoot') !== null;
  return [...rows.filter((row) => !isFoot(row)), ...rows.filter(isFoot)];
};

const cellsOf = (row: DomElement): DomElement[] =>
  [...row.children].filter((cell) => ['td', 'th'].includes(nameOf(cell)));

/**
 * The cells in their columns. What spans rows stands in each of them, so that a row can be read alone; what spans columns
 * stands in each of a heading's, else in the first.
 */
function gridOf(rows: readonly DomElement[], inline: (cell: DomElement) => string): Cell[][] {
  const grid: Cell[][] = rows.map(() => []);
  let filled = 0;
  rows.forEach((row, y) => {
    let x = 0;
    for (const element of cellsOf(row)) {
      while (grid[y]?.[x] !== undefined) x++;
      const cell = { text: inlineText(inline(element)), isHeading: nameOf(element) === 'th' };
      const isExcess = filled > MOST_FILLED;
      const columns = isExcess ? 1 : Math.min(spanOf(element, 'colspan'), MOST_COLSPAN);
      // 0 rows: to the table's end.
      const last = isExcess ? y + 1 : Math.min(y + spanOf(element, 'rowspan', rows.length), rows.length);
      if (columns > 1 || last > y + 1) filled += columns * (last - y);
      for (let below = y; below < last; below++) {
        for (let right = x; right < x + columns; right++) {
          const repeats = right === x || cell.isHeading;
          (grid[below] ??= [])[right] ??= repeats ? cell : { text: '', isHeading: false };
        }
      }
      x += columns;
    }
  });
  return grid.map((row) => Array.from(row, (cell) => cell ?? { text: '', isHeading: false }));
}

function spanOf(element: DomElement, name: 'rowspan' | 'colspan', ofZero = 1): number {
  const span = Number.parseInt(element.getAttribute(name) ?? '1', 10);
  if (span === 0) return ofZero;
  return Number.isInteger(span) && span > 0 ? span : 1;
}

/** The rows of headings at the top as one; without any, the first row, as Markdown has no table without. */
function headerOf(
  grid: readonly (readonly Cell[])[],
  rows: readonly DomElement[],
): { readonly header: readonly string[]; readonly body: readonly (readonly Cell[])[] } {
  let depth = 0;
  while (depth < grid.length - 1 && isHeaderRow(grid[depth] ?? [], rows[depth])) depth++;
  const heads = grid.slice(0, Math.max(depth, 1));
  const width = Math.max(0, ...heads.map((row) => row.length));
  const header = Array.from({ length: width }, (_, x) =>
    [...new Set(heads.map((row) => row[x]?.text ?? ''))].filter((text) => text !== '').join(' / '),
  );
  return { header, body: grid.slice(Math.max(depth, 1)) };
}

const isHeaderRow = (cells: readonly Cell[], row: DomElement | undefined): boolean =>
  row?.closest('thead') != null ||
  (cells.length > 0 && cells.every((cell) => cell.isHeading || cell.text === ''));

const inlineText = (markdown: string): string =>
  markdown
    .replace(/\n\s*(?:[-*+]|\d+\.)\s+/g, '; ')
    .replace(/^\s*(?:[-*+])\s+/, '')
    .replace(/\s+/g, ' ')
    .replace(/(?<!\\)\|/g, '\\|')
    .trim();

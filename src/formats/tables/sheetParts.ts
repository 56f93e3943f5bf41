/** The rows of a sheet or a table in parts of a size to read. */
import { formatSheet, type SheetRow, type SheetTable } from '../../core/common/sheetTable';

const MOST_ROWS = 100;
const MOST_CHARACTERS = 4_000;
const LONGEST_TITLE = 200;

/** A table of some of the rows, without the columns to the left in which none of them has a value. */
export interface RowGroup extends SheetTable {
  readonly text: string;
}

export function* rowGroups(firstColumn: number, rows: Iterable<SheetRow>): Generator<RowGroup> {
  let group: SheetRow[] = [];
  let length = 0;
  for (const row of rows) {
    const size = row.cells.reduce((sum, cell) => sum + cell.length + 3, 8);
    if (group.length > 0 && (group.length === MOST_ROWS || length + size > MOST_CHARACTERS)) {
      yield groupOf(firstColumn, group);
      group = [];
      length = 0;
    }
    group.push(row);
    length += size;
  }
  if (group.length > 0) yield groupOf(firstColumn, group);
}

function groupOf(firstColumn: number, rows: readonly SheetRow[]): RowGroup {
  const blank = rows.reduce(
    (least, { cells }) =>
      Math.min(
        least,
        cells.findIndex((cell) => cell !== ''),
      ),
    Infinity,
  );
  const skipped = Number.isFinite(blank) ? Math.max(0, blank) : 0;
  const table = {
    firstColumn: firstColumn + skipped,
    rows: skipped === 0 ? rows : rows.map((row) => ({ ...row, cells: row.cells.slice(skipped) })),
  };
  return { ...table, text: formatSheet(table) };
}

/** `Rivers (Name, Length, Mouth)`: what the first row calls the columns, so that later rows can be found and read. */
export function titleOfRows(name: string, first: SheetRow | undefined): string {
  const columns = (first?.cells ?? [])
    .map((cell) => cell.replace(/\s+/g, ' ').trim())
    .filter((cell) => cell !== '')
    .join(', ');
  // Numbers name nothing.
  if (columns === '' || !/\p{L}/u.test(columns)) return name;
  const cut = columns.length > LONGEST_TITLE ? `${columns.slice(0, LONGEST_TITLE)} …` : columns;
  return name === '' ? cut : `${name} (${cut})`;
}

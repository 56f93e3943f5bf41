/**
 * A stretch of a sheet as a Markdown table that says where each cell stands: columns by letter, rows by number. Written
 * by the readers of sheets and tables, cut to a range by read_document.
 */

/** 1-based, inclusive; a side that is left open reaches to the end. */
export interface CellRange {
  readonly firstColumn: number;
  readonly lastColumn: number;
  readonly firstRow: number;
  readonly lastRow: number;
}

export interface SheetRow {
  /** 1-based number in the sheet, or the line it begins at in a file. */
  readonly number: number;
  readonly cells: readonly string[];
}

export interface SheetTable {
  /** Of the first cell of each row, 1-based. */
  readonly firstColumn: number;
  readonly rows: readonly SheetRow[];
}

/** 1 -> A, 27 -> AA. */
export function columnName(column: number): string {
  let name = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  }
  return name;
}

const columnNumber = (name: string): number =>
  Array.from(name.toUpperCase()).reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0);

/** `A1:D20`, `B7`, `A:C`, `5:9`, also with `$`; undefined for what is none. */
export function parseRange(text: string): CellRange | undefined {
  const match = /^\$?([A-Z]{1,3})?\$?(\d{1,7})?(?:\s*:\s*\$?([A-Z]{1,3})?\$?(\d{1,7})?)?$/i.exec(text.trim());
  const [, c1, r1, c2, r2] = match ?? [];
  const isPair = text.includes(':');
  const fits = isPair
    ? (c1 === undefined) === (c2 === undefined) && (r1 === undefined) === (r2 === undefined)
    : c1 !== undefined && r1 !== undefined;
  if (match === null || !fits || (c1 === undefined && r1 === undefined)) return undefined;
  const columns = c1 === undefined ? [1, Infinity] : [columnNumber(c1), columnNumber(c2 ?? c1)];
  const rows = r1 === undefined ? [1, Infinity] : [Number(r1), Number(r2 ?? r1)];
  return {
    firstColumn: Math.min(...columns),
    lastColumn: Math.max(...columns),
    firstRow: Math.min(...rows),
    lastRow: Math.max(...rows),
  };
}

/** `A1:D20`, `B7`; open sides are left out: `A5:` never comes from a table. */
export function formatRange({ firstColumn, lastColumn, firstRow, lastRow }: CellRange): string {
  const from = `${columnName(firstColumn)}${firstRow}`;
  const to = `${columnName(lastColumn)}${lastRow}`;
  return from === to ? from : `${from}:${to}`;
}

/** Undefined with no rows. */
export function rangeOf({ firstColumn, rows }: SheetTable): CellRange | undefined {
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const width = rows.reduce((most, row) => Math.max(most, row.cells.length), 1);
  return { firstColumn, lastColumn: firstColumn + width - 1, firstRow: first.number, lastRow: last.number };
}

export function formatSheet(table: SheetTable): string {
  const range = rangeOf(table);
  if (range === undefined) return '';
  const columns = Array.from(
    { length: range.lastColumn - range.firstColumn + 1 },
    (_, i) => range.firstColumn + i,
  );
  const head = ['', ...columns.map(columnName)];
  const rule = head.map(() => '---');
  const rows = table.rows.map(({ number, cells }) => [
    String(number),
    ...columns.map((_, i) => escape(cells[i] ?? '')),
  ]);
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Reads what `formatSheet` wrote; undefined for another text. */
export function parseSheet(text: string): SheetTable | undefined {
  const [head, rule, ...lines] = text.split('\n');
  const first = /^\| {2}\| ([A-Z]+) \|/.exec(head ?? '')?.[1];
  if (first === undefined || !rule?.startsWith('| --- |')) return undefined;
  const rows = lines.map((line): SheetRow => {
    const [number, ...cells] = line.slice(2, -2).split(' | ');
    return { number: Number(number), cells: cells.map(unescape) };
  });
  return { firstColumn: columnNumber(first), rows };
}

/** What of the table lies in the range; no rows where nothing does. */
export function cutSheet({ firstColumn, rows }: SheetTable, range: CellRange): SheetTable {
  const from = Math.max(0, range.firstColumn - firstColumn);
  const to = range.lastColumn - firstColumn + 1;
  const cut = rows
    .filter(({ number }) => number >= range.firstRow && number <= range.lastRow)
    .map(({ number, cells }) => ({ number, cells: cells.slice(from, Math.max(from, to)) }))
    .filter(({ cells }) => cells.length > 0);
  return { firstColumn: firstColumn + from, rows: cut };
}

/** A line break in a cell becomes a space, a bar gets its backslash. */
const escape = (cell: string): string => cell.replace(/\s+/g, ' ').trim().replaceAll('|', '\\|');
const unescape = (cell: string): string => cell.replaceAll('\\|', '|');

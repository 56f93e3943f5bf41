/** The files that a run made, as the page shows them. */
import Papa from 'papaparse';

/** Where the page finds them: only within the run's folder, with each part of the path as a name. */
export function fileAddress(base: string | null, path: string): string | null {
  const parts = path.split('/');
  if (base === null || parts.some((part) => part === '' || part === '.' || part === '..')) return null;
  return [base, ...parts.map(encodeURIComponent)].join('/');
}

export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly moreRows: boolean;
  readonly moreColumns: number;
}

const MOST_ROWS = 20;
const MOST_COLUMNS = 12;
const MOST_CELL = 200;

/** The first rows of CSV or TSV, the first of them as header (RFC 4180; the delimiter is found out). Null for no table. */
export function readTable(text: string): Table | null {
  const { data } = Papa.parse<readonly string[]>(text.replace(/^\ufeff/, ''), {
    preview: MOST_ROWS + 2,
    skipEmptyLines: 'greedy',
  });
  const [header, ...rows] = data;
  if (!header) return null;
  const width = Math.max(...data.map((row) => row.length));
  const columns = Math.min(width, MOST_COLUMNS);
  const cells = (row: readonly string[]) =>
    Array.from({ length: columns }, (_, i) => (row[i] ?? '').slice(0, MOST_CELL));
  return {
    header: cells(header),
    rows: rows.slice(0, MOST_ROWS).map(cells),
    moreRows: rows.length > MOST_ROWS,
    moreColumns: width - columns,
  };
}

const MOST_JSON = 4_000;

/** Indented where it is whole, else as it stands. */
export function prettyJson(text: string): string {
  let pretty = text;
  try {
    pretty = JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    // The beginning of a long file, or no JSON at all: shown as it is.
  }
  return pretty.length <= MOST_JSON ? pretty : `${pretty.slice(0, MOST_JSON)}\n…`;
}

/** What the bank needs of an SQLite database that runs in the same thread: the shape of sql.js's `Database`. */
export type SqlValue = number | string | Uint8Array | null;

export interface SqlDatabase {
  /** Runs one statement (or several, without parameters) and ignores its rows. Throws on an SQL error. */
  run(sql: string, params?: SqlValue[]): unknown;
  /** Runs one statement and gives its rows: an empty list where there are none. Throws on an SQL error. */
  exec(sql: string, params?: SqlValue[]): { columns: string[]; values: SqlValue[][] }[];
}

/** The rows of one SELECT. */
export const rowsOf = (db: SqlDatabase, sql: string, params: SqlValue[] = []): SqlValue[][] =>
  db.exec(sql, params)[0]?.values ?? [];

/** The first column of the first row as a number, 0 with no row. */
export const numberOf = (db: SqlDatabase, sql: string, params: SqlValue[] = []): number =>
  Number(rowsOf(db, sql, params)[0]?.[0] ?? 0);

/**
 * Text as SQLite can keep it. Half of a surrogate pair has no UTF-8, so such text becomes a BLOB of UTF-16 code units;
 * all other text stays text that SQL can read. `unpackText` undoes it.
 */
export function packText(text: string): string | Uint8Array {
  if (!/\p{Surrogate}/u.test(text)) return text;
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < text.length; i++) view.setUint16(i * 2, text.charCodeAt(i), true);
  return bytes;
}

export function unpackText(value: SqlValue | undefined): string {
  if (!(value instanceof Uint8Array)) return value === null || value === undefined ? '' : String(value);
  const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
  let text = '';
  for (let i = 0; i + 1 < value.byteLength; i += 2) text += String.fromCharCode(view.getUint16(i, true));
  return text;
}

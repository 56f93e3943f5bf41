/** CSV and TSV (RFC 4180 and what programs make of it): a table whose rows bear the number of the line they begin at. */
import Papa from 'papaparse';
import { ok, type Result } from '../../core/common/result';
import type { SheetRow } from '../../core/common/sheetTable';
import type { DocumentContent, DocumentPart } from '../../core/ports';
import type { Source } from '../source';
import { textOf } from '../text/read';
import { rowGroups, titleOfRows } from './sheetParts';

export function readCsv(source: Source): Result<DocumentContent> {
  const text = textOf(source);
  if (!text.ok) return text;
  const { delimiter, body, skipped } = delimiterOf(text.value, source.format);
  const { rows, lines, damaged } = rowsOf(body, delimiter, skipped);
  const title = titleOfRows('', rows[0]);
  const parts: DocumentPart[] = [];
  for (const group of rowGroups(1, rows)) {
    const start = group.rows[0]?.number ?? 1;
    const end = lines.get(group.rows.at(-1)?.number ?? start) ?? start;
    parts.push({ locator: { kind: 'lines', start, end }, title, text: group.text });
  }
  const notes = [
    ...(rows.some(({ number }) => (lines.get(number) ?? number) > number)
      ? ['Some rows take several lines: a row has the number of its first line.']
      : []),
    ...(damaged === undefined ? [] : [damaged]),
  ];
  return ok({ format: source.format, title: undefined, parts, notes });
}

/** Spreadsheet programs in half of Europe write semicolons; Excel takes a first line `sep=;` as a word on it. */
function delimiterOf(text: string, format: string): { delimiter: string; body: string; skipped: number } {
  const told = /^sep=(.)\r?\n/.exec(text);
  if (told?.[1] !== undefined) return { delimiter: told[1], body: text.slice(told[0].length), skipped: 1 };
  if (format === 'tsv') return { delimiter: '\t', body: text, skipped: 0 };
  const guessed = Papa.parse(text.slice(0, 100_000), { preview: 50 }).meta.delimiter;
  return { delimiter: guessed, body: text, skipped: 0 };
}

/** The rows that are not blank, the last line of each, and a sentence about what is wrong with them. */
function rowsOf(text: string, delimiter: string, skipped: number) {
  const rows: SheetRow[] = [];
  const lines = new Map<number, number>();
  let damaged: string | undefined;
  let at = 0;
  let line = 1 + skipped;
  Papa.parse<string[]>(text, {
    delimiter,
    step: ({ data, errors, meta }) => {
      const breaks = text.slice(at, meta.cursor).match(/\r\n|\n|\r/g)?.length ?? 0;
      at = meta.cursor;
      const number = line;
      line += breaks;
      if (errors[0]?.type === 'Quotes')
        damaged ??= `A quotation mark in line ${number} does not match: rows may be joined there.`;
      if (data.every((cell) => cell.trim() === '')) return;
      const ended = at >= text.length && !/[\r\n]$/.test(text);
      rows.push({ number, cells: data });
      lines.set(number, Math.max(number, ended ? line : line - 1));
    },
  });
  return { rows, lines, damaged };
}

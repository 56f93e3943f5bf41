/** Workbooks: XLSX, XLSM, XLSB, XLS and ODS, by SheetJS. A part is a stretch of rows of a sheet. */
import * as XLSX from '@e965/xlsx';
import { failed, messageOf, ok, type Result } from '../../core/common/result';
import { formatRange, rangeOf, type SheetRow } from '../../core/common/sheetTable';
import type { DocumentContent, DocumentPart } from '../../core/ports';
import { checkOfficeArchive } from '../office/officeArchive';
import type { Source } from '../source';
import { cellText, lacksValue } from './cellText';
import { rowGroups, titleOfRows } from './sheetParts';

export function readWorkbook(source: Source): Result<DocumentContent> {
  const archive = source.format === 'xls' ? ok(undefined) : checkOfficeArchive(source);
  if (!archive.ok) return archive;
  const workbook = open(source);
  if (!workbook.ok) return workbook;
  const { SheetNames: names, Sheets: sheets, Workbook: book, Props: properties } = workbook.value;
  const parts: DocumentPart[] = [];
  const notes: string[] = [];
  for (const [i, name] of names.entries()) {
    const sheet = sheets[name];
    if (sheet === undefined) continue;
    const read = readSheet(name, sheet, book?.WBProps?.date1904 === true);
    for (const part of read.parts) parts.push(part);
    const hidden = (book?.Sheets?.[i]?.Hidden ?? 0) > 0;
    if (hidden) notes.push(`The sheet ${name} is hidden in the workbook.`);
    if (read.parts.length === 0) notes.push(`The sheet ${name} is empty.`);
    notes.push(...read.notes);
  }
  const title = properties?.Title?.trim();
  return ok({ format: source.format, title: title === '' ? undefined : title, parts, notes });
}

function open(source: Source): Result<XLSX.WorkBook> {
  try {
    return ok(
      XLSX.read(source.bytes, {
        type: 'array',
        dense: true,
        cellNF: true,
        cellHTML: false,
        sheetStubs: true,
      }),
    );
  } catch (error) {
    const message = messageOf(error);
    return /password|encrypt/i.test(message)
      ? failed('unsupported', `${source.name} is protected with a password: it cannot be read here.`)
      : failed('bad-reply', `${source.name} is a broken workbook: ${message}.`);
  }
}

const MOST_MERGES_TOLD = 20;

function readSheet(name: string, sheet: XLSX.WorkSheet, date1904: boolean) {
  const rows: SheetRow[] = [];
  let firstColumn = Infinity;
  let withoutValue = 0;
  // A dense sheet has its rows in `!data`, with holes for what is empty, which forEach passes over.
  const data = sheet['!data'] ?? [];
  const texts: (readonly [number, string[]])[] = [];
  data.forEach((row, r) => {
    const cells: string[] = [];
    row?.forEach((cell, c) => {
      const text = cell === undefined ? '' : cellText(cell, date1904);
      if (text === '') return;
      if (lacksValue(cell)) withoutValue++;
      cells[c] = text;
      firstColumn = Math.min(firstColumn, c);
    });
    if (cells.length > 0) texts.push([r + 1, cells]);
  });
  for (const [number, cells] of texts) {
    rows.push({ number, cells: Array.from(cells.slice(firstColumn), (cell) => cell ?? '') });
  }
  const title = titleOfRows(name, rows[0]);
  const parts: DocumentPart[] = [];
  for (const group of rowGroups(firstColumn + 1, rows)) {
    const range = rangeOf(group);
    if (range)
      parts.push({
        locator: { kind: 'range', sheet: name, range: formatRange(range) },
        title,
        text: group.text,
      });
  }
  return { parts, notes: notesOf(name, sheet['!merges'] ?? [], withoutValue) };
}

function notesOf(name: string, merges: readonly XLSX.Range[], withoutValue: number): string[] {
  const merged = merges.slice(0, MOST_MERGES_TOLD).map((range) => XLSX.utils.encode_range(range));
  const more = merges.length > merged.length ? ` and ${merges.length - merged.length} more` : '';
  return [
    ...(merged.length > 0
      ? [`In ${name} merged cells have their value in the first cell: ${merged.join(', ')}${more}.`]
      : []),
    ...(withoutValue > 0
      ? [`In ${name} ${withoutValue} formulas have no result in the file, so the formula is shown.`]
      : []),
  ];
}

/** Lines and rows of parts, cut to what is asked for. */
import type { Locator } from '../../common/locator';
import {
  type CellRange,
  cutSheet,
  formatRange,
  formatSheet,
  parseSheet,
  rangeOf,
  type SheetTable,
} from '../../common/sheetTable';
import type { DocumentPart } from '../../ports';
import { linesOf, sliceLines } from '../search/lines';
import { movedTo, placeOf } from './place';

/** The lines of a part that lie between two lines of the document; undefined with none. A table is cut by its rows. */
export function cutLines(part: DocumentPart, from: number, to: number): DocumentPart | undefined {
  const place = placeOf(part);
  if (place.kind !== 'lines' || place.end < from || place.start > to) return undefined;
  if (place.start >= from && place.end <= to) return part;
  const table = parseSheet(part.text);
  if (table) return cutRange(part, { ...EVERYWHERE, firstRow: from, lastRow: to });
  const [start, end] = [Math.max(from, place.start), Math.min(to, place.end)];
  const text = sliceLines(part.text, linesOf(part.text), start - place.start, end - place.start);
  return { ...part, locator: movedTo(part.locator, { kind: 'lines', start, end }), text };
}

const EVERYWHERE: CellRange = { firstColumn: 1, lastColumn: Infinity, firstRow: 1, lastRow: Infinity };

/** The cells of a sheet's part that lie in a range; undefined with none. */
export function cutRange(part: DocumentPart, range: CellRange): DocumentPart | undefined {
  const table = parseSheet(part.text);
  const cut = table && cutSheet(table, range);
  const found = cut && rangeOf(cut);
  if (!found) return undefined;
  const locator = locatorOf(part, cut, found);
  return { ...part, locator: movedTo(part.locator, locator), text: formatSheet(cut) };
}

function locatorOf(part: DocumentPart, cut: SheetTable, found: CellRange): Locator {
  const place = placeOf(part);
  if (place.kind === 'range') return { kind: 'range', sheet: place.sheet, range: formatRange(found) };
  const start = cut.rows[0]?.number ?? found.firstRow;
  const last = parseSheet(part.text)?.rows.at(-1)?.number;
  // The last row of the part may have more lines than its first.
  const end = place.kind === 'lines' && found.lastRow === last ? place.end : found.lastRow;
  return { kind: 'lines', start, end };
}

/** Short stretches of a document, with their exact places: what a search in it gives. */
import { formatSheet, parseSheet } from '../../common/sheetTable';
import type { DocumentPart } from '../../ports';
import { linesOf } from '../search/lines';
import { cutLines, cutRange } from './lineParts';
import { movedTo, placeOf } from './place';
import type { Piece } from './piece';
import { addressWithin } from './select';

/** Characters that a passage has at most, about a paragraph. */
const PASSAGE = 900;

/** The part in passages; together they have all of its text. */
export function passagesOf(part: Piece): Piece[] {
  const table = parseSheet(part.text);
  if (table) {
    return groups(table.rows, (row) => row.cells.join('').length + 3 * row.cells.length).flatMap((rows) => {
      const range = {
        firstColumn: 1,
        lastColumn: Infinity,
        firstRow: rows[0]?.number ?? 1,
        lastRow: rows.at(-1)?.number ?? 1,
      };
      return pieceOf(part, cutRange(part, range) ?? { ...part, text: formatSheet({ ...table, rows }) });
    });
  }
  const lines = linesOf(part.text);
  const spans = groups(lines, ({ start, end }) => end - start + 1);
  const place = placeOf(part);
  let passed = 0;
  return spans.flatMap((span): Piece[] => {
    const first = passed;
    passed += span.length;
    if (place.kind === 'lines') {
      const cut = cutLines(part, place.start + first, place.start + passed - 1);
      return cut === undefined ? [] : [pieceOf(part, cut)];
    }
    return [{ ...part, text: part.text.slice(span[0]?.start ?? 0, span.at(-1)?.end) }];
  });
}

/** A stretch of a part; of lines and sheets it has an address of its own. */
const pieceOf = ({ address }: Piece, cut: DocumentPart): Piece => ({
  ...cut,
  address: addressWithin(cut) ?? address,
});

/** Neighbours together until they are long enough. */
function groups<T>(items: readonly T[], length: (item: T) => number): T[][] {
  const found: T[][] = [];
  let sum = Infinity;
  for (const item of items) {
    const size = length(item);
    if (sum + size > PASSAGE) {
      found.push([]);
      sum = 0;
    }
    found.at(-1)?.push(item);
    sum += size;
  }
  return found;
}

/** What stands around a stretch of a part's text: its paragraph, or lines of it; of a table its row. */
export function passageAround(part: Piece, start: number, end: number): Piece {
  const { text } = part;
  const table = parseSheet(text);
  if (table) {
    // Two lines of head; then a line is a row.
    const line = text.slice(0, start).split('\n').length - 3;
    const row = table.rows[Math.max(0, line)];
    const range = row && { firstColumn: 1, lastColumn: Infinity, firstRow: row.number, lastRow: row.number };
    return pieceOf(part, (range && cutRange(part, range)) ?? part);
  }
  const [from, most] = bounds(text, start, end);
  // Line breaks at the end are no lines of the passage.
  const to = Math.max(end, from + text.slice(from, most).trimEnd().length);
  const place = placeOf(part);
  if (place.kind !== 'lines') return { ...part, text: text.slice(from, to) };
  const before = linesOf(text.slice(0, from)).length - 1;
  const inside = linesOf(text.slice(from, to)).length - 1;
  const lines = { kind: 'lines', start: place.start + before, end: place.start + before + inside } as const;
  return pieceOf(part, { ...part, locator: movedTo(part.locator, lines), text: text.slice(from, to) });
}

/** Blank lines around it, or where they are far, line breaks, or at last spaces. */
function bounds(text: string, start: number, end: number): readonly [number, number] {
  const least = Math.max(0, start - PASSAGE / 2);
  const most = Math.min(text.length, end + PASSAGE / 2);
  const head = text.slice(least, start);
  const tail = text.slice(end, most);
  const from = [head.lastIndexOf('\n\n') + 2, head.indexOf('\n') + 1, head.indexOf(' ') + 1];
  const blank = head.includes('\n\n') ? from[0] : least === 0 ? 0 : head.includes('\n') ? from[1] : from[2];
  const ends = [
    tail.indexOf('\n\n'),
    most === text.length ? tail.length : -1,
    tail.lastIndexOf('\n'),
    tail.lastIndexOf(' '),
  ];
  return [least + (blank ?? 0), end + (ends.find((at) => at >= 0) ?? tail.length)];
}

/** All passages of a document, as many as a search takes at once. */
export function* allPassages(parts: readonly Piece[]): Generator<Piece> {
  for (const part of parts) yield* passagesOf(part);
}

/** The pieces of a document that `pages` asks for, in the order asked. */
import { failed, ok, type Result } from '../../common/result';
import { formatRange, parseRange } from '../../common/sheetTable';
import type { DocumentContent, DocumentPart } from '../../ports';
import { type Address, parseAddresses, type PieceRange } from './address';
import { cutLines, cutRange } from './lineParts';
import { counted, countingOf, numberOf, ONE, placeOf } from './place';
import { type Piece, piecesOf } from './piece';

/** All parts, with their addresses. */
export const addressed = ({ parts }: DocumentContent): Piece[] =>
  parts.map((part, i) => ({ ...part, address: addressOf(part, i) }));

/** All of it, from the beginning. */
export const everything = (content: DocumentContent): Piece[] =>
  addressed(content).flatMap((part) => piecesOf(part.address, part));

/** A fault says what there is instead. */
export function select(content: DocumentContent, pages: string): Result<readonly Piece[]> {
  const whole = byName(content, pages.trim());
  if (whole.length > 0) return ok(whole);
  const addresses = parseAddresses(pages);
  if (addresses.length === 0)
    return failed('bad-arguments', `“${pages}” names no place in it. ${available(content)}`);
  const pieces: Piece[] = [];
  for (const address of addresses) {
    const found = piecesAt(content, address);
    if (found.length === 0)
      return failed('not-found', `There is no ${describe(address, content)} in it. ${available(content)}`);
    pieces.push(...found);
  }
  return ok([...new Map(pieces.map((piece) => [piece.address, piece])).values()]);
}

/** As `pages` takes it. */
export const addressOf = (part: DocumentPart, index: number): string =>
  addressWithin(part) ?? String(numberOf(part, index));

/** Of what lines and cells count; undefined for other parts, which are counted themselves. */
export function addressWithin(part: DocumentPart): string | undefined {
  const place = placeOf(part);
  if (place.kind === 'lines')
    return place.start === place.end ? String(place.start) : `${place.start}-${place.end}`;
  return place.kind === 'range' ? `${sheetName(place.sheet)}!${place.range}` : undefined;
}

/** As spreadsheets quote it where it has more than letters in it. */
export const sheetName = (name: string): string =>
  /^[\p{L}_][\p{L}\p{N}_.]*$/u.test(name) ? name : `'${name.replaceAll("'", "''")}'`;

function piecesAt(content: DocumentContent, address: Address): Piece[] {
  switch (address.kind) {
    case 'numbers':
      return byNumber(content, address);
    case 'range':
      return byRange(content, address);
    case 'name':
      return byName(content, address.name);
  }
}

type Numbers = Extract<Address, { kind: 'numbers' }>;

function byNumber(content: DocumentContent, { from, to, piece }: Numbers): Piece[] {
  const counting = countingOf(content);
  if (counting === 'lines') {
    const parts = content.parts.flatMap((part) => cutLines(part, from, to) ?? []);
    return parts.flatMap((part) => chosen(piecesOf(addressOf(part, 0), part), piece));
  }
  if (counting === 'rows') {
    // Sheets by their number.
    return sheetsOf(content)
      .slice(from - 1, to)
      .flatMap((sheet) => byName(content, sheet));
  }
  return content.parts.flatMap((part, i) => {
    const number = numberOf(part, i);
    if (number < from || number > to) return [];
    const pieces = piecesOf(String(number), part);
    if (piece === undefined) return pieces;
    // `3.2-7`: page 3 from its second piece on, then the others whole.
    if (to > from) return number === from ? pieces.slice(piece.from - 1) : pieces;
    return chosen(pieces, piece);
  });
}

/** With no pieces of its own, the whole is piece 1. */
const chosen = (pieces: readonly Piece[], piece: PieceRange | undefined): readonly Piece[] =>
  piece === undefined ? pieces : pieces.slice(piece.from - 1, piece.to);

type Range = Extract<Address, { kind: 'range' }>;

function byRange(content: DocumentContent, { sheet, range, piece }: Range): Piece[] {
  const sheets = sheetsOf(content);
  // Without a name, of the first sheet; a table in a text file has none.
  const wanted =
    sheet === undefined
      ? sheets[0]
      : (sheets.find((name) => name === sheet) ?? sheets.find((name) => same(name, sheet)));
  if (sheet !== undefined && wanted === undefined && sheets.length > 0) return [];
  return content.parts.flatMap((part) => {
    const place = placeOf(part);
    if (place.kind !== 'lines' && (place.kind !== 'range' || place.sheet !== wanted)) return [];
    const cut = cutRange(part, range);
    return cut === undefined ? [] : chosen(piecesOf(addressOf(cut, 0), cut), piece);
  });
}

/** A sheet, or what stands under a heading. */
function byName(content: DocumentContent, name: string): Piece[] {
  if (name === '') return [];
  const parts = content.parts.map((part, i) => ({ part, i }));
  const sheet =
    sheetsOf(content).find((each) => each === name) ?? sheetsOf(content).find((each) => same(each, name));
  const found =
    sheet === undefined
      ? parts.filter(({ part, i }) => isUnder(content, part, i, name))
      : parts.filter(({ part }) => sheetOf(part) === sheet);
  return found.flatMap(({ part, i }) => piecesOf(addressOf(part, i), part));
}

const same = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

const isUnder = (content: DocumentContent, part: DocumentPart, index: number, heading: string): boolean =>
  same(part.title, heading) ||
  part.title.split(' › ').some((step) => same(step, heading)) ||
  content.outline?.some((entry) => entry.part === index && same(entry.title, heading)) === true;

const sheetOf = (part: DocumentPart): string | undefined => {
  const place = placeOf(part);
  return place.kind === 'range' ? place.sheet : undefined;
};

export const sheetsOf = ({ parts }: DocumentContent): readonly string[] => [
  ...new Set(parts.flatMap((part) => sheetOf(part) ?? [])),
];

/** How much of it there is, for who asked for more. */
export function extentOf(content: DocumentContent): string {
  const counting = countingOf(content);
  const last = content.parts.at(-1);
  if (last === undefined) return 'nothing to read';
  if (counting === 'rows') {
    const sheets = sheetsOf(content);
    return sheets.length === 1 ? '1 sheet' : `${sheets.length} sheets`;
  }
  const place = placeOf(last);
  const count = place.kind === 'lines' ? place.end : numberOf(last, content.parts.length - 1);
  return counted(count, counting);
}

function available(content: DocumentContent): string {
  const sheets = sheetsOf(content).slice(0, 20);
  if (sheets.length === 0) return `It has ${extentOf(content)}.`;
  return `Its sheets: ${sheets.map((sheet) => `${sheetName(sheet)} (${usedRange(content, sheet)})`).join(', ')}.`;
}

/** `A1:F5000` */
export function usedRange(content: DocumentContent, sheet: string): string {
  const ranges = content.parts.flatMap((part) => {
    const place = placeOf(part);
    return place.kind === 'range' && place.sheet === sheet ? (parseRange(place.range) ?? []) : [];
  });
  if (ranges.length === 0) return '';
  return formatRange({
    firstColumn: Math.min(...ranges.map(({ firstColumn }) => firstColumn)),
    lastColumn: Math.max(...ranges.map(({ lastColumn }) => lastColumn)),
    firstRow: Math.min(...ranges.map(({ firstRow }) => firstRow)),
    lastRow: Math.max(...ranges.map(({ lastRow }) => lastRow)),
  });
}

function describe(address: Address, content: DocumentContent): string {
  switch (address.kind) {
    case 'numbers':
      return `${countingOf(content) === 'rows' ? 'sheet' : ONE[countingOf(content)]} ${address.from}${address.piece ? `.${address.piece.from}` : ''}`;
    case 'range':
      return `cell with a value in ${address.sheet === undefined ? '' : `${address.sheet}!`}${formatOpenRange(address.range)}`;
    case 'name':
      return `place “${address.name}”`;
  }
}

const formatOpenRange = (range: Range['range']): string =>
  Number.isFinite(range.lastColumn) && Number.isFinite(range.lastRow) ? formatRange(range) : 'that range';

/** The address of what is left, as `pages` takes it. */
import { formatRange, parseRange } from '../../common/sheetTable';
import type { Piece } from './piece';

/** Neighbours joined: `4-312`, `3.2-9`, `121-480`, `Sheet1!A101:F5000`. */
export function addressOfAll(pieces: readonly Piece[]): string {
  const spans: Span[] = [];
  for (const { address } of pieces) {
    const span = spanOf(address);
    const last = spans.at(-1);
    const joined = last && join(last, span);
    if (joined) spans[spans.length - 1] = joined;
    else spans.push(span);
  }
  return spans.map(format).join(',');
}

const BLANK_LINES = 20;

type Span =
  | {
      readonly kind: 'numbers';
      readonly from: string;
      readonly first: number;
      readonly last: number;
      readonly lastPiece: number | undefined;
    }
  | { readonly kind: 'cells'; readonly sheet: string; readonly range: string }
  /** Pieces of a stretch of cells that is long: `Sheet1!A5:XFD5.2-31`. */
  | { readonly kind: 'pieces'; readonly of: string; readonly first: number; readonly last: number }
  | { readonly kind: 'other'; readonly address: string };

function spanOf(address: string): Span {
  const numbers = /^(\d+)(?:-(\d+))?(?:\.(\d+))?$/.exec(address);
  if (numbers !== null) {
    const [, first = '', last = first, piece] = numbers;
    const from = piece === undefined ? first : `${first}.${piece}`;
    return {
      kind: 'numbers',
      from,
      first: Number(first),
      last: Number(last),
      lastPiece: piece === undefined ? undefined : Number(piece),
    };
  }
  const [, of, piece] = /^(.+![A-Z]+\d+(?::[A-Z]+\d+)?)\.(\d+)$/.exec(address) ?? [];
  if (of !== undefined) return { kind: 'pieces', of, first: Number(piece), last: Number(piece) };
  const cells = /^(.+)!([A-Z]+\d+(?::[A-Z]+\d+)?)$/.exec(address);
  return cells === null
    ? { kind: 'other', address }
    : { kind: 'cells', sheet: cells[1] ?? '', range: cells[2] ?? '' };
}

function join(a: Span, b: Span): Span | undefined {
  if (a.kind === 'numbers' && b.kind === 'numbers') {
    const nextPiece = a.lastPiece !== undefined && b.first === a.last && b.lastPiece === a.lastPiece + 1;
    // Blank lines between stretches of text belong to neither.
    const gap = b.first - a.last - 1;
    if (nextPiece || (gap >= 0 && gap <= (b.first === b.last ? 0 : BLANK_LINES)))
      return { ...a, last: b.last, lastPiece: b.lastPiece };
    return undefined;
  }
  if (a.kind === 'pieces' && b.kind === 'pieces' && a.of === b.of && b.first === a.last + 1)
    return { ...a, last: b.last };
  if (a.kind !== 'cells' || b.kind !== 'cells' || a.sheet !== b.sheet) return undefined;
  const [first, second] = [parseRange(a.range), parseRange(b.range)];
  if (first === undefined || second === undefined || second.firstRow < first.lastRow) return undefined;
  return {
    ...a,
    range: formatRange({
      firstColumn: Math.min(first.firstColumn, second.firstColumn),
      lastColumn: Math.max(first.lastColumn, second.lastColumn),
      firstRow: first.firstRow,
      lastRow: second.lastRow,
    }),
  };
}

function format(span: Span): string {
  switch (span.kind) {
    case 'numbers': {
      if (span.first === span.last) {
        const isOnePiece = span.lastPiece === undefined || span.from === `${span.first}.${span.lastPiece}`;
        return isOnePiece ? span.from : `${span.from}-${span.last}.${span.lastPiece}`;
      }
      return `${span.from}-${span.last}`;
    }
    case 'cells':
      return `${span.sheet}!${span.range}`;
    case 'pieces':
      return `${span.of}.${span.first === span.last ? span.first : `${span.first}-${span.last}`}`;
    case 'other':
      return span.address;
  }
}

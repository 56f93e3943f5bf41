/** What the argument `pages` says. */
import { type CellRange, parseRange } from '../../common/sheetTable';

export type Address =
  /** `3`, `2-5`, `7-`; `piece` for `3.2`, the second piece of what is long. */
  | {
      readonly kind: 'numbers';
      readonly from: number;
      readonly to: number;
      readonly piece: PieceRange | undefined;
    }
  /** `Sheet1!A1:D20`, `A1:D20`. */
  | {
      readonly kind: 'range';
      readonly sheet: string | undefined;
      readonly range: CellRange;
      readonly piece: PieceRange | undefined;
    }
  /** A sheet, a heading, an entry of an archive. */
  | { readonly kind: 'name'; readonly name: string };

export interface PieceRange {
  readonly from: number;
  readonly to: number;
}

const UNIT = /^(?:pages?|pp?\.?|slides?|cells?|sections?|lines?|rows?|nos?\.?|#)\s*(?=\d)/i;

/** Items between commas or semicolons; a name in single quotes may have commas in it, as spreadsheets write it. */
export function parseAddresses(pages: string): Address[] {
  const items = pages.match(/(?:'(?:[^']|'')*'|[^,;])+/g) ?? [];
  return items
    .map((item) => item.trim())
    .filter((item) => item !== '')
    .map(parseAddress);
}

function parseAddress(item: string): Address {
  const plain = item.replace(UNIT, '').replace(/(?<=\d)\s+to\s+(?=\d)|\s*[–—-]\s*/gi, '-');
  const numbers = /^(\d{1,9})(?:\.(\d{1,6}))?(?:(-)(\d{1,9})?(?:\.(\d{1,6}))?)?$/.exec(plain);
  if (numbers !== null) return numberAddress(numbers);
  const sheet = /^(.+)!([^!]*)$/.exec(item);
  const { base, piece } = withoutPiece(sheet?.[2] ?? item);
  const range = parseRange(base);
  if (range === undefined) return { kind: 'name', name: unquoted(item) };
  return { kind: 'range', sheet: sheet?.[1] === undefined ? undefined : unquoted(sheet[1]), range, piece };
}

function numberAddress([, from, piece, dash, to, toPiece]: RegExpExecArray): Address {
  const first = Number(from);
  const last = to === undefined ? (dash === undefined ? first : Infinity) : Number(to);
  if (piece === undefined)
    return { kind: 'numbers', from: Math.min(first, last), to: Math.max(first, last), piece: undefined };
  // `3.2`, `3.2-` and `3.2-3.4` are pieces of one; `3.2-7` goes on to the end of others.
  const within = first === last || last === Infinity;
  const lastPiece = toPiece !== undefined ? Number(toPiece) : dash === undefined ? Number(piece) : Infinity;
  return {
    kind: 'numbers',
    from: first,
    to: within ? first : last,
    piece: { from: Number(piece), to: lastPiece },
  };
}

/** `A5:D5.2` -> the range, and its second piece. */
function withoutPiece(text: string): { base: string; piece: PieceRange | undefined } {
  const match = /^(.*\d)\.(\d{1,6})(?:-\.?(\d{1,6}))?$/.exec(text.trim());
  if (match === null) return { base: text, piece: undefined };
  const [, base = '', from = '', to = from] = match;
  return { base, piece: { from: Number(from), to: Number(to) } };
}

const unquoted = (name: string): string => {
  const quoted = /^'(.*)'$/s.exec(name.trim())?.[1];
  return quoted === undefined ? name.trim() : quoted.replaceAll("''", "'");
};

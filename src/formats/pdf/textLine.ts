/** Pieces of text on a page, as pdf.js finds them, put together to lines. Upright coordinates, y grows downwards, points. */

export interface Piece {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** Of the font. */
  readonly size: number;
  readonly isRightToLeft: boolean;
}

/** What stands on one line with no wide gap in it: a line of a column, a cell of a table. */
export interface Segment {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  /** The baseline. */
  readonly y: number;
  readonly size: number;
  readonly isRightToLeft: boolean;
}

/** In parts of the font's size: what is a space, and what is wider than between words. */
const SPACE = 0.15;
const WIDE = 1.1;
/** Raised and lowered characters stay in their line. */
const SAME_LINE = 0.45;

export function segmentsOf(pieces: readonly Piece[]): Segment[] {
  const found: Segment[] = [];
  // pdf.js tells spaces too, some of them only gaps; here the gap decides.
  for (const piece of pieces.filter(({ text }) => text.trim() !== '')) {
    const last = found.at(-1);
    const joined = last && join(last, piece);
    if (joined) found[found.length - 1] = joined;
    else found.push({ ...piece, left: piece.x, right: piece.x + piece.width });
  }
  return found.map((segment) => ({ ...segment, text: segment.text.replace(/\s+/g, ' ').trim() }));
}

/** Undefined where the piece does not go on where the segment ends. */
function join(segment: Segment, piece: Piece): Segment | undefined {
  const size = Math.max(segment.size, piece.size);
  const [left, right] = [piece.x, piece.x + piece.width];
  const gap = segment.isRightToLeft && piece.isRightToLeft ? segment.left - right : left - segment.right;
  if (Math.abs(piece.y - segment.y) > SAME_LINE * size || gap < -0.5 * size || gap > WIDE * size)
    return undefined;
  const touches = gap <= SPACE * Math.min(segment.size, piece.size);
  const space = touches || /\s$/.test(segment.text) || /^\s/.test(piece.text) ? '' : ' ';
  return {
    text: segment.text + space + piece.text,
    left: Math.min(segment.left, left),
    right: Math.max(segment.right, right),
    // The baseline of the larger font is the line's.
    y: piece.size > segment.size * 1.05 ? piece.y : segment.y,
    size,
    isRightToLeft: segment.isRightToLeft || piece.isRightToLeft,
  };
}

/** Segments with one baseline, in the order of reading. */
export interface Row {
  readonly segments: readonly Segment[];
  readonly y: number;
  readonly size: number;
  readonly left: number;
  readonly right: number;
}

/** Rows from top to bottom. */
export function rowsOf(segments: readonly Segment[]): Row[] {
  const rows: Segment[][] = [];
  for (const segment of [...segments].sort((a, b) => a.y - b.y || a.left - b.left)) {
    const last = rows.at(-1);
    const base = last?.[0];
    const near =
      base !== undefined && Math.abs(segment.y - base.y) <= SAME_LINE * Math.min(base.size, segment.size);
    if (last !== undefined && near) last.push(segment);
    else rows.push([segment]);
  }
  return rows.map((row) => {
    const isRightToLeft = row.filter((segment) => segment.isRightToLeft).length * 2 > row.length;
    const ordered = row.sort((a, b) => (isRightToLeft ? b.left - a.left : a.left - b.left));
    return {
      segments: ordered,
      y: Math.max(...ordered.map(({ y }) => y)),
      size: Math.max(...ordered.map(({ size }) => size)),
      left: Math.min(...ordered.map(({ left }) => left)),
      right: Math.max(...ordered.map(({ right }) => right)),
    };
  });
}

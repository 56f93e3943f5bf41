import type { Locator } from '../../common/locator';
import type { DocumentPart } from '../../ports';

/** What is shown, and cited, at once: a part of a document, or a stretch of it where it is long. */
export interface Piece {
  /** As `pages` takes it. */
  readonly address: string;
  readonly locator: Locator;
  readonly title: string;
  readonly text: string;
  /** As of the part. */
  readonly picture?: number;
}

/** Characters. A page of small print has 6,000; of what is longer, pieces have addresses of their own. */
export const PIECE_CHARACTERS = 8_000;

/** The part whole, or where it is long, in pieces `<address>.1`, `<address>.2` …, cut between lines where there are lines. */
export function piecesOf(address: string, part: DocumentPart): Piece[] {
  const { locator, title, text } = part;
  if (text.length <= PIECE_CHARACTERS) return [{ ...part, address }];
  return cut(text).map((piece, i) => ({ address: `${address}.${i + 1}`, locator, title, text: piece }));
}

function cut(text: string): string[] {
  const pieces: string[] = [];
  for (let start = 0; start < text.length;) {
    const limit = start + PIECE_CHARACTERS;
    let end = Math.min(limit, text.length);
    if (end < text.length) {
      const line = text.lastIndexOf('\n', limit);
      const space = text.lastIndexOf(' ', limit);
      if (line > start + PIECE_CHARACTERS / 2) end = line + 1;
      else if (space > start + PIECE_CHARACTERS / 2) end = space + 1;
      // Not between the halves of a character.
      else if (/[\ud800-\udbff]/.test(text.charAt(end - 1))) end--;
    }
    pieces.push(text.slice(start, end));
    start = end;
  }
  return pieces;
}

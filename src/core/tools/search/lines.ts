/** Lines as an editor counts them: ended by LF, CRLF or a lone CR; U+2028 and its like end none. */

export interface Line {
  /** UTF-16 offsets of the line without its terminator. */
  readonly start: number;
  readonly end: number;
}

/** At least one line; a text that ends in a terminator has an empty last line, which editors show too. */
export function linesOf(text: string): Line[] {
  const found: Line[] = [];
  let start = 0;
  for (const terminator of text.matchAll(/\r\n|\n|\r/g)) {
    found.push({ start, end: terminator.index });
    start = terminator.index + terminator[0].length;
  }
  found.push({ start, end: text.length });
  return found;
}

/** The text of lines `first` to `last` (0-based, inclusive) exactly as it stands, with the terminators between them. */
export function sliceLines(text: string, lines: readonly Line[], first: number, last: number): string {
  return text.slice(lines[first]?.start ?? 0, lines[last]?.end ?? text.length);
}

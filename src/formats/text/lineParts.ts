/** Text as parts of whole lines, exactly as they stand in the file. */
import type { DocumentPart } from '../../core/ports';
import { type Line, linesOf, sliceLines } from '../../core/tools/search/lines';

/** What a part holds at most, except for a single line that is longer. */
const MOST_LINES = 80;
const MOST_CHARACTERS = 4_000;

export class LineText {
  readonly #text: string;
  readonly #lines: readonly Line[];

  constructor(text: string) {
    this.#text = text;
    const lines = linesOf(text);
    // A terminator at the end ends the last line, and begins none.
    if (lines.at(-1)?.start === text.length) lines.pop();
    this.#lines = lines;
  }

  /** How many lines there are. */
  get count(): number {
    return this.#lines.length;
  }

  /** Without terminators. */
  all(): readonly string[] {
    return this.#lines.map(({ start, end }) => this.#text.slice(start, end));
  }

  /** 0-based. */
  line(index: number): string {
    const line = this.#lines[index];
    return line === undefined ? '' : this.#text.slice(line.start, line.end);
  }

  /** Lines `first` to `last` (0-based, inclusive) as a part. */
  part(first: number, last: number, title: string): DocumentPart {
    return {
      locator: { kind: 'lines', start: first + 1, end: last + 1 },
      title,
      text: sliceLines(this.#text, this.#lines, first, last),
    };
  }

  /** Lines `first` to `last` in parts of a size to read, which end at a blank line where there is one; blank parts are left out. */
  parts(first: number, last: number, title: (line: number) => string): DocumentPart[] {
    const found: DocumentPart[] = [];
    for (let start = first; start <= last;) {
      const end = this.#endOfPart(start, last);
      const part = this.part(start, end, title(start));
      if (part.text.trim() !== '') found.push(part);
      start = end + 1;
    }
    return found;
  }

  #endOfPart(start: number, last: number): number {
    const from = this.#lines[start]?.start ?? 0;
    let end = start;
    let pause: number | undefined;
    while (end < last) {
      const next = this.#lines[end + 1];
      if (next === undefined || end - start + 2 > MOST_LINES || next.end - from > MOST_CHARACTERS) break;
      end++;
      if (this.line(end).trim() === '' && (end - start) * 2 > MOST_LINES) pause = end;
      else if (this.line(end).trim() === '' && (next.end - from) * 2 > MOST_CHARACTERS) pause = end;
    }
    return end === last ? end : (pause ?? end);
  }
}

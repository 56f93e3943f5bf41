/** Lines of a text that arrives in chunks, and is never held whole. */
import { WebTextDecoder } from '../core/common/webTextDecoder';
import type { LineRange, LineRequest } from '../core/ports';

/** Lines end with LF, CRLF or a lone CR; what ends the last one begins no further line. */
export class LineReader {
  readonly #request: LineRequest;
  readonly #decoder: WebTextDecoder;
  /** Characters of `startLine` that are still to be passed over. */
  #skip: number;
  #line = 1;
  /** Whether anything of line `#line` has come. */
  #begun = false;
  #afterCr = false;
  #text = '';
  #endLine = 0;
  #full = false;
  #leftOut = 0;

  /** @param beginning the file's first bytes, which tell its encoding */
  constructor(beginning: Uint8Array, request: LineRequest) {
    this.#request = request;
    this.#skip = request.startColumn - 1;
    this.#decoder = new WebTextDecoder(encodingOf(beginning));
  }

  write(bytes: Uint8Array): void {
    this.#take(this.#decoder.decode(bytes, { stream: true }));
  }

  end(): LineRange {
    this.#take(this.#decoder.decode());
    const { startLine } = this.#request;
    const text = this.#text.replace(/(?:\r\n|\n|\r)$/, '');
    return {
      text,
      startLine,
      endLine: Math.max(this.#endLine, startLine),
      lines: this.#begun ? this.#line : this.#line - 1,
      leftOut: this.#leftOut,
    };
  }

  #take(chunk: string): void {
    let text = chunk;
    // CR LF that the chunks cut in two is one end of a line.
    if (this.#afterCr && text.startsWith('\n')) {
      if (this.#text.endsWith('\r')) this.#text += '\n';
      text = text.slice(1);
    }
    if (chunk !== '') this.#afterCr = chunk.endsWith('\r');
    let from = 0;
    for (const { index, 0: terminator } of text.matchAll(/\r\n|\n|\r/g)) {
      this.#add(text.slice(from, index), terminator);
      this.#line++;
      this.#begun = false;
      from = index + terminator.length;
    }
    if (from < text.length) {
      this.#add(text.slice(from), '');
      this.#begun = true;
    }
  }

  #add(whole: string, terminator: string): void {
    const { startLine, endLine = Infinity, mostLines, mostCharacters } = this.#request;
    const part = this.#line === startLine ? whole.slice(this.#skip) : whole;
    if (this.#line === startLine) this.#skip -= whole.length - part.length;
    if (this.#line < startLine || this.#line > endLine || this.#full) {
      if (this.#full && this.#line === this.#endLine) this.#leftOut += part.length;
      return;
    }
    const room = mostCharacters - this.#text.length;
    if (this.#line - startLine >= mostLines || (part.length > room && this.#line > startLine)) {
      this.#giveUpLine();
      return;
    }
    this.#endLine = this.#line;
    if (part.length > room) {
      // A single line can be longer than the limit: its beginning is given.
      this.#text += part.slice(0, room);
      this.#leftOut = part.length - room;
      this.#full = true;
      return;
    }
    this.#text += part + terminator;
  }

  /** The line does not fit: what had come of it goes too, so that only whole lines are given. */
  #giveUpLine(): void {
    this.#full = true;
    if (this.#endLine !== this.#line) return;
    this.#text = this.#text.slice(
      0,
      Math.max(this.#text.lastIndexOf('\n'), this.#text.lastIndexOf('\r')) + 1,
    );
    this.#endLine--;
  }
}

/** As decodeText: UTF-16 by its mark, UTF-8 where the bytes are valid, else the web's latin1. */
function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  try {
    // Streaming: the beginning may end within a character.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

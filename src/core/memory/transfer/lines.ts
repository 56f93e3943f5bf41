/** A text that arrives in pieces, cut into the JSON values of a JSONL file or of one JSON array, as they come. */

/** Characters. What is longer is no case, and would hold up the thread that reads it. */
export const LONGEST_LINE = 4 * 2 ** 20;
/** So many white-space characters at the start, and it is no array. */
const LONGEST_START = 65_536;

export interface FileLine {
  /** Of the line in the file, from 1; of an array's element the line in which it begins. */
  readonly number: number;
  /** Trimmed (so without a byte order mark too), never empty; undefined where it is longer than LONGEST_LINE. */
  readonly text: string | undefined;
}

export class LineSplitter {
  #mode: 'start' | 'lines' | 'array' = 'start';
  /** The unfinished line or element. */
  #rest = '';
  #tooLong = false;
  #line = 1;
  /** The line in which the unfinished element begins. */
  #began: number | undefined;
  #depth = 0;
  #inString = false;
  #escaped = false;

  push(chunk: string): FileLine[] {
    switch (this.#mode) {
      case 'start':
        return this.#start(this.#rest + chunk);
      case 'lines':
        return this.#lines(chunk);
      case 'array':
        return this.#array(chunk);
    }
  }

  /** What was left after the last piece. */
  end(): FileLine[] {
    return this.#finish();
  }

  /** An array of objects is one JSON text; anything else, `[1] see below` too, is lines. */
  #start(head: string): FileLine[] {
    const array = /^\s*\[\s*(?=[{\]])/.exec(head)?.[0];
    if (array === undefined && head.length < LONGEST_START && /^\s*\[?\s*$/.test(head)) {
      this.#rest = head;
      return [];
    }
    this.#rest = '';
    this.#mode = array === undefined ? 'lines' : 'array';
    this.#line += array === undefined ? 0 : array.split('\n').length - 1;
    return this.push(head.slice(array?.length ?? 0));
  }

  #lines(chunk: string): FileLine[] {
    const found: FileLine[] = [];
    let from = 0;
    for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', from)) {
      this.#take(chunk.slice(from, end));
      found.push(...this.#finish());
      this.#line++;
      from = end + 1;
    }
    this.#take(chunk.slice(from));
    return found;
  }

  /** Elements end at the commas, and at the bracket, that are in no string and no other bracket. */
  #array(chunk: string): FileLine[] {
    const found: FileLine[] = [];
    let from = 0;
    for (let i = 0; i < chunk.length; i++) {
      const char = chunk[i] ?? '';
      const ends = this.#endsElement(char);
      if (ends) {
        this.#take(chunk.slice(from, i));
        found.push(...this.#finish());
        from = i + 1;
      } else if (this.#began === undefined && char.trim() !== '') this.#began = this.#line;
      if (char === '\n') this.#line++;
      if (ends && char === ']') {
        this.#mode = 'lines';
        return [...found, ...this.#lines(chunk.slice(from))];
      }
    }
    this.#take(chunk.slice(from));
    return found;
  }

  #endsElement(char: string): boolean {
    if (this.#inString) {
      if (this.#escaped) this.#escaped = false;
      else if (char === '\\') this.#escaped = true;
      else if (char === '"') this.#inString = false;
      return false;
    }
    if (this.#depth === 0 && (char === ',' || char === ']')) return true;
    if (char === '"') this.#inString = true;
    else if (char === '{' || char === '[') this.#depth++;
    else if (char === '}' || char === ']') this.#depth = Math.max(0, this.#depth - 1);
    return false;
  }

  #take(part: string): void {
    this.#tooLong ||= this.#rest.length + part.length > LONGEST_LINE;
    this.#rest = this.#tooLong ? '' : this.#rest + part;
  }

  #finish(): FileLine[] {
    const text = this.#rest.trim();
    const line = { number: this.#began ?? this.#line, text: this.#tooLong ? undefined : text };
    const isEmpty = text === '' && !this.#tooLong;
    [this.#rest, this.#tooLong, this.#began] = ['', false, undefined];
    return isEmpty ? [] : [line];
  }
}

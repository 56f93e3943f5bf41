/** What a terminal prints, made plain: escape sequences off, long output as head and tail. */

import { codePointName } from './exactText';

const ESC = '\u001b';
const BEL = '\u0007';
/** The last character of it. */
const ASCII = '\u007f';
/** Cancel and substitute end a sequence at once (ECMA-48). */
const CANCEL = /[\u0018\u001a]/;
/** C1 controls that open a sequence, and what they are short for. */
const C1: Readonly<Record<string, string>> = {
  '\u0090': 'P',
  '\u0098': 'X',
  '\u009b': '[',
  '\u009d': ']',
  '\u009e': '^',
  '\u009f': '_',
};
/** Longer than any title or hyperlink; a stray opener must not swallow what a program prints after it. */
const MAX_STRING = 100_000;
const SPECIAL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;

/**
 * Takes escape sequences and control characters out of a stream of text, whatever its chunks cut through. CR LF becomes
 * LF, and so does a lone CR, which only ever redraws a line (a progress bar).
 */
export class EscapeStripper {
  #state: 'text' | 'escape' | 'csi' | 'string' | 'stringEscape' = 'text';
  #stringLength = 0;
  #afterCr = false;

  write(chunk: string): string {
    if (this.#state === 'text' && !this.#afterCr && !SPECIAL.test(chunk)) return chunk;
    let plain = '';
    // By UTF-16 units, as a chunk may end between the halves of a pair.
    for (let i = 0; i < chunk.length; i++) plain += this.#next(chunk.charAt(i));
    return plain;
  }

  #next(character: string): string {
    switch (this.#state) {
      case 'text':
        return this.#text(character);
      case 'escape':
        // No sequence goes on with it: it is what it is without the escape.
        if (character > ASCII) return this.#text(character);
        // Intermediates (` ` to `/`) may come before the final character: ESC ( B.
        if (character < ' ' || character > '/') this.#open(character);
        return '';
      case 'csi':
        if (character === ESC) this.#state = 'escape';
        else if ((character >= '@' && character <= '~') || CANCEL.test(character)) this.#state = 'text';
        return '';
      case 'string':
        this.#string(character);
        return '';
      case 'stringEscape':
        if (character > ASCII) return this.#text(character);
        if (character === '\\') this.#state = 'text';
        else this.#open(character); // any other sequence ends the string too
        return '';
    }
  }

  #text(character: string): string {
    this.#state = 'text';
    const afterCr = this.#afterCr;
    this.#afterCr = character === '\r';
    if (character === '\r') return '\n';
    if (character === '\n') return afterCr ? '' : '\n';
    if (character === ESC) this.#state = 'escape';
    else if (C1[character] !== undefined) this.#open(C1[character]);
    return SPECIAL.test(character) ? '' : character;
  }

  #open(character: string): void {
    if (character === '[') this.#state = 'csi';
    else if (character === ESC) this.#state = 'escape';
    else if (']PX^_'.includes(character)) {
      this.#state = 'string';
      this.#stringLength = 0;
    } else this.#state = 'text';
  }

  #string(character: string): void {
    if (character === ESC) this.#state = 'stringEscape';
    else if (character === BEL || character === '\u009c' || CANCEL.test(character)) this.#state = 'text';
    else if (++this.#stringLength > MAX_STRING) this.#state = 'text';
  }
}

/**
 * The first and last characters of a text that is never held whole: at most `maxChars` of it, with a line between
 * that says how much is left out.
 */
export class HeadAndTail {
  readonly #headSize: number;
  readonly #tailSize: number;
  #head = '';
  #tail = '';
  #length = 0;

  constructor(maxChars: number) {
    this.#headSize = Math.ceil(maxChars / 2);
    this.#tailSize = maxChars - this.#headSize;
  }

  write(text: string): void {
    this.#length += text.length;
    const room = this.#headSize - this.#head.length;
    this.#head += text.slice(0, room);
    this.#tail += text.slice(room);
    // Cut now and then, not at every chunk: a slice copies.
    if (this.#tail.length > 4 * this.#tailSize + 4_096) this.#tail = lastChars(this.#tail, this.#tailSize);
  }

  /** The 1-based line in which what is left out begins; undefined where nothing is. */
  get leftOutFrom(): number | undefined {
    if (this.#length <= this.#headSize + this.#tailSize) return undefined;
    return this.#head.split('\n').length;
  }

  toString(): string {
    const tail = lastChars(this.#tail, this.#tailSize);
    const left = this.#length - this.#head.length - tail.length;
    if (left === 0) return this.#head + tail;
    const head = wholeCharacters(this.#head);
    return `${head}\n… ${left.toLocaleString('en-US')} characters left out …\n${wholeCharacters(tail)}`;
  }
}

const lastChars = (text: string, count: number) => (count === 0 ? '' : text.slice(-count));

/** Without the half of a surrogate pair that a cut leaves at either end. */
const wholeCharacters = (text: string) => text.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');

const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/**
 * The first character of a command that must not be typed into a terminal, as `U+000D`: CR is Enter, ESC can leave
 * bracketed paste, and marks of text direction make what was approved look like something else.
 */
export function controlCharacter(command: string): string | undefined {
  const found = CONTROL.exec(command)?.[0];
  return found === undefined ? undefined : codePointName(found);
}

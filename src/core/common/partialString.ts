/** A string in a JSON object that a language model is still writing. Grammar: RFC 8259. */
import { parseJson, repaired } from './json';

const THINK = '<think>';
const THOUGHT = '</think>';
/** Characters; a key that is longer is none of ours. */
const LONGEST_KEY = 1_000;

type Phase = 'start' | 'thinking' | 'object' | 'key' | 'colon' | 'value' | 'other' | 'string' | 'end';

/**
 * Reads the string `field` at the top level of an object while that arrives; text before the object, and a
 * `<think>…</think>` block with which it begins, are passed over. Each character is looked at once, so that a long
 * answer in small pieces costs time linear in its length.
 */
export class PartialString {
  readonly #field: string;
  #phase: Phase = 'start';
  /** What has arrived and cannot be read yet. */
  #rest = '';
  /** The first half of a surrogate pair. */
  #half = '';
  #isField = false;
  /** In a value that is passed over. */
  #depth = 0;
  #quoted = false;
  #escaped = false;

  constructor(field: string) {
    this.#field = field;
  }

  /**
   * What the piece adds to the value, '' where that has not begun or is no string. An escape cut in the middle, and the
   * first half of a surrogate pair, wait for their rest.
   */
  add(piece: string): string {
    if (this.#phase === 'end') return '';
    this.#rest += piece;
    let before: Phase;
    do {
      before = this.#phase;
      if (before === 'string') return this.#read();
      this.#advance(before);
    } while (this.#phase !== before);
    return '';
  }

  /** Goes on to the next phase where the text allows it. */
  #advance(phase: Exclude<Phase, 'string'>): void {
    switch (phase) {
      case 'start':
        this.#start();
        return;
      case 'thinking':
        // The end of the block may arrive in two pieces.
        if (!this.#passOver(THOUGHT, 'object')) this.#rest = this.#rest.slice(1 - THOUGHT.length);
        return;
      case 'object':
        if (!this.#passOver('{', 'key')) this.#rest = '';
        return;
      case 'key':
        this.#readKey();
        return;
      case 'colon':
        this.#rest = this.#rest.trimStart();
        if (this.#rest !== '') this.#take(1, this.#rest[0] === ':' ? 'value' : 'end');
        return;
      case 'value':
        this.#rest = this.#rest.trimStart();
        if (this.#rest === '') return;
        if (!this.#isField) this.#phase = 'other';
        else this.#take(1, this.#rest[0] === '"' ? 'string' : 'end');
        return;
      case 'other':
        this.#passOverValue();
        return;
      case 'end':
        this.#rest = '';
    }
  }

  #start(): void {
    this.#rest = this.#rest.trimStart();
    if (this.#rest.startsWith(THINK)) this.#take(THINK.length, 'thinking');
    else if (!THINK.startsWith(this.#rest)) this.#phase = 'object';
  }

  #readKey(): void {
    this.#rest = this.#rest.trimStart();
    if (this.#rest === '') return;
    const key = /^"(?:[^"\\]|\\[^])*"/.exec(this.#rest)?.[0];
    if (key !== undefined) {
      this.#isField = parseJson(key) === this.#field;
      this.#take(key.length, 'colon');
    } else if (!this.#rest.startsWith('"') || this.#rest.length > LONGEST_KEY) this.#phase = 'end';
  }

  /** To the comma after it, or the end of the object. */
  #passOverValue(): void {
    for (let i = 0; i < this.#rest.length; i++) {
      const char = this.#rest[i];
      if (this.#escaped) this.#escaped = false;
      else if (this.#quoted) {
        if (char === '\\') this.#escaped = true;
        else if (char === '"') this.#quoted = false;
      } else if (char === '"') this.#quoted = true;
      else if (char === '{' || char === '[') this.#depth++;
      else if (this.#depth === 0 && (char === ',' || char === '}')) {
        this.#take(i + 1, char === ',' ? 'key' : 'end');
        return;
      } else if (char === '}' || char === ']') this.#depth--;
    }
    this.#rest = '';
  }

  /** To the closing quote, or as far as the text is complete and well-formed. */
  #read(): string {
    const raw = /^(?:[^"\\]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/.exec(this.#rest)?.[0] ?? '';
    const isClosed = this.#rest[raw.length] === '"';
    this.#take(raw.length, isClosed ? 'end' : 'string');
    const decoded = parseJson(repaired(`"${raw}"`));
    const value = this.#half + (typeof decoded === 'string' ? decoded : '');
    const whole = isClosed ? value : value.replace(/[\uD800-\uDBFF]$/, '');
    this.#half = value.slice(whole.length);
    return whole;
  }

  #passOver(mark: string, next: Phase): boolean {
    const at = this.#rest.indexOf(mark);
    if (at >= 0) this.#take(at + mark.length, next);
    return at >= 0;
  }

  #take(length: number, next: Phase): void {
    this.#rest = this.#rest.slice(length);
    this.#phase = next;
  }
}

/** What can be read of the string `field` in a reply that was cut. */
export const partialString = (text: string, field: string): string => new PartialString(field).add(text);

/** A number with its sign, scale and unit, read where it begins. */
import { clockAt } from './dates';
import { type Decimal, decimal, parseDecimal, times } from './decimal';
import { hasDecimalComma, type Language } from './lexicon';
import { isUnspaced } from './plainText';
import { isMinus } from './quotation';
import { phraseUnitAt, scaleOf, type Unit, unitOf } from './units';

export interface Quantity {
  readonly value: Decimal;
  readonly unit: Unit | undefined;
}

export interface Measured {
  readonly length: number;
  /** Undefined for digits that are no number: `1.2.3`. */
  readonly quantity: Quantity | undefined;
  /** The digits alone. */
  readonly digits: string;
}

const NUMBER = /(?:\d{1,3}(?: \d{3})+(?!\d)|\d+(?:[.,']\d+)*)/y;
const EXPONENT = /\s?(?:[×x*]\s?10\s?\^?\s?|[eE])([-−+]?\d{1,3})(?![\d.])/y;
const SIGN = /(?:US|AU?|CA?|NZ|HK)?([$€£¥₹])\s?(?=\d)/y;
const MINUS = /minus\s(?=\d)/iy;
const SCALE = /[\s-]?(k|m|bn|[\p{L}]+|[万萬亿億])(?![\p{L}\p{N}])|([万萬亿億])/uy;
const DECADE = /\s?'?s(?![\p{L}\p{N}])/uy;
/** What may follow a number as its unit. */
const AFTER = /[\s-]?\s?(°\s?[CFK]|℃|℉|[%‰°$€£¥₹]|percentage points|per ?cent|Prozent|[\p{L}µμ²³^/]+\d?)/uy;

/** The quantity that begins there; undefined where no digit stands, or one inside a word. */
export function quantityAt(
  text: string,
  start: number,
  language: Language,
  insideWord: boolean,
): Measured | undefined {
  const sign = matchAt(SIGN, text, start);
  const minus = matchAt(MINUS, text, start);
  const at = start + (sign ?? minus ?? [''])[0].length;
  const digits = matchAt(NUMBER, text, at)?.[0];
  if (digits === undefined || (insideWord && !sign)) return undefined;
  const clock = clockAt(text, at);
  if (clock && !sign) {
    const unit: Unit = { kind: 'clock', factor: decimal(1n) };
    const quantity = { value: decimal(BigInt(clock.minutes)), unit };
    return { length: at + clock.length - start, quantity, digits };
  }
  const end = at + digits.length;
  const value = parseDecimal(digits, hasDecimalComma(language));
  if (!value) return { length: end - start, quantity: undefined, digits };
  const negative = minus !== null || isMinus(text, at - 1);
  const signed = negative ? { ...value, coefficient: -value.coefficient } : value;
  const reader = new QuantityReader(text, end, { value: signed, unit: unitOf(sign?.[1] ?? '') });
  const quantity = reader.read(digits);
  return { length: reader.at - start, quantity, digits };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** What follows the digits. */
class QuantityReader {
  at: number;
  readonly #text: string;
  #quantity: Quantity;

  constructor(text: string, at: number, quantity: Quantity) {
    [this.#text, this.at, this.#quantity] = [text, at, quantity];
  }

  read(digits: string): Quantity {
    this.#exponent();
    this.#scale();
    this.#unit(digits);
    return this.#quantity;
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    return matchAt(pattern, this.#text, this.at);
  }

  #multiply(power: number): void {
    this.#quantity = { ...this.#quantity, value: times(this.#quantity.value, decimal(1n, power)) };
  }

  #exponent(): void {
    const match = this.#match(EXPONENT);
    if (!match) return;
    this.at += match[0].length;
    this.#multiply(Number((match[1] ?? '0').replace('−', '-')));
  }

  #scale(): void {
    const match = this.#match(SCALE);
    const word = match?.[1] ?? match?.[2] ?? '';
    const attached = match?.[0] === word;
    const short =
      word === 'k' && attached ? 3 : word === 'm' && attached && this.#quantity.unit ? 6 : undefined;
    const power = short ?? scaleOf(word);
    if (!match || power === undefined) return;
    this.at += match[0].length;
    this.#multiply(power);
  }

  #unit(digits: string): void {
    if (this.#quantity.unit) return;
    const decade = /^\d{3}0$/.test(digits) ? this.#match(DECADE) : null;
    const phrase = phraseUnitAt(this.#text, this.at);
    if (decade) {
      this.#take(decade[0].length, { kind: 'decade', factor: decimal(1n) });
      return;
    }
    if (phrase) {
      this.#take(phrase.length, phrase.unit);
      return;
    }
    const match = this.#match(AFTER);
    if (!match) return;
    const name = (match[1] ?? '')
      .replace(/^per ?cent$/i, '%')
      .replace(/^percentage points$/i, 'pp')
      .replace(/\s/g, '');
    const unspaced = isUnspaced(name[0] ?? '');
    const unit = unitOf(name) ?? (unspaced ? unitOf(name.slice(0, unspacedLength(name))) : undefined);
    const goesOn = /^[\p{L}\p{N}]/u.test(
      this.#text.slice(this.at + match[0].length, this.at + match[0].length + 2),
    );
    if (!unit || (goesOn && !unspaced)) return;
    this.#take(unspaced ? match[0].length - name.length + unspacedLength(name) : match[0].length, unit);
  }

  #take(length: number, unit: Unit): void {
    this.at += length;
    this.#quantity = { ...this.#quantity, unit };
  }
}

const unspacedLength = (name: string): number => [2, 1].find((length) => unitOf(name.slice(0, length))) ?? 0;

/** A sentence as what must be compared: words by their stems, numbers with their units, dates, signs. */
import { stem } from '../../common/text';
import { type CalendarDate, dateAt } from './dates';
import { type Decimal, decimal, parseDecimal, plus, times } from './decimal';
import { baseForm } from './forms';
import { hasDecimalComma, type Language, lexiconOf } from './lexicon';
import { cardinal, isTens, ordinal } from './numberWords';
import { isUnspaced, type PlainText } from './plainText';
import { isMinus } from './quotation';
import { scaleOf, type Unit, unitOf } from './units';

export interface Quantity {
  readonly value: Decimal;
  readonly unit: Unit | undefined;
}

/** `loose`: may be added and left out; `strict`: turns what is said; `content`: what is spoken of. */
export type Weight = 'loose' | 'strict' | 'content';

export interface Token {
  /** Lower case, as it is looked up. */
  readonly word: string;
  /** Equal for forms of one word. */
  readonly key: string;
  readonly weight: Weight;
  /** Written with a capital, where that tells a name. */
  readonly name: boolean;
  readonly quantity?: Quantity;
  readonly date?: CalendarDate;
  /** Offsets in the plain text, `end` exclusive. */
  readonly start: number;
  readonly end: number;
  /** Punctuation stands before it: a comma, a bracket, a dash. */
  readonly parted: boolean;
  /** The text that was cut into tokens begins with it. */
  readonly first: boolean;
}

const NUMBER = /(?:\d{1,3}(?: \d{3})+(?!\d)|\d+(?:[.,']\d+)*)/y;
const EXPONENT = /\s?(?:[×x*]\s?10\s?\^?\s?|[eE])([-−+]?\d{1,3})(?![\d.])/y;
const SIGN = /(?:US|AU?|CA?|NZ|HK)?([$€£¥₹])\s?(?=\d)/y;
const WORD = /(?:\p{Lu}\.)+\p{Lu}(?!\p{L})\.?|[\p{L}\p{M}][\p{L}\p{M}\p{N}]*(?:'[\p{L}]+)*/uy;
const SYMBOL = /[%‰°±×÷=<>≤≥+^&@/]/;
/** What may follow a number as its unit. */
const AFTER = /[\s-]?\s?(°\s?[CFK]|℃|℉|[%‰°$€£¥₹]|percentage points|per ?cent|Prozent|[\p{L}µμ²³^/]+\d?)/uy;
const PARTING = /[,;:()[\]"“”|!?]|\.(?=\s|$)|--+/;

const SAME_SPELLING: readonly (readonly [RegExp, string])[] = [
  [/is(e|ed|es|ing|er|ation|ations)$/, 'iz$1'],
  [/(?<=\p{L}{3})our(?=s?$|ed$|ing$|able$|ful$|ite$|hood$)/u, 'or'],
  [/(?<=\p{L}{2})(met|cent|theat|lit|fib)re(s?)$/u, '$1er$2'],
  [/([^aeiou])ll(ed|ing|er)$/, '$1l$2'],
];

/** `from` and `to` are offsets in the plain text. */
export function tokensOf({ text }: PlainText, language: Language, from = 0, to = text.length): Token[] {
  return new Tokenizer(text.slice(0, to), language).read(from);
}

class Tokenizer {
  readonly #text: string;
  readonly #language: Language;
  readonly #tokens: Token[] = [];
  #at = 0;
  #parted = false;
  #first = true;

  constructor(text: string, language: Language) {
    this.#text = text;
    this.#language = language;
  }

  read(from: number): Token[] {
    this.#at = from;
    while (this.#at < this.#text.length) {
      if (!(this.#date() || this.#number() || this.#word())) this.#other();
    }
    return joinNumbers(this.#tokens);
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#text);
  }

  #push(length: number, token: Pick<Token, 'word' | 'key' | 'weight'> & Partial<Token>): true {
    const end = this.#at + length;
    this.#tokens.push({
      name: false,
      start: this.#at,
      end,
      parted: this.#parted,
      first: this.#first,
      ...token,
    });
    this.#at = end;
    this.#parted = false;
    this.#first = false;
    return true;
  }

  #date(): boolean {
    if (this.#insideWord()) return false;
    const found = dateAt(this.#text, this.#at);
    if (!found) return false;
    const { date, length } = found;
    const word = [date.year, date.month, date.day].map((part) => part ?? '').join('/');
    return this.#push(length, { word, key: `date ${word}`, weight: 'content', date });
  }

  #insideWord = () =>
    /[\p{L}\p{N}]/u.test(this.#text[this.#at - 1] ?? '') && !isUnspaced(this.#text[this.#at - 1] ?? '');

  #number(): boolean {
    const sign = this.#match(SIGN);
    const start = this.#at;
    if (sign) this.#at += sign[0].length;
    const digits = this.#match(NUMBER);
    const value = digits && parseDecimal(digits[0], hasDecimalComma(this.#language));
    if (!digits || (this.#insideWord() && !sign)) {
      this.#at = start;
      return false;
    }
    const minus = isMinus(this.#text, this.#at - 1);
    this.#at += digits[0].length;
    let quantity = value && {
      value: minus ? { ...value, coefficient: -value.coefficient } : value,
      unit: unitOf(sign?.[1] ?? ''),
    };
    quantity = quantity && this.#exponent(quantity);
    if (quantity) quantity = this.#unit(this.#scale(quantity), digits[0]);
    const length = this.#at - start;
    this.#at = start;
    const word = this.#text.slice(start, start + length).toLowerCase();
    return this.#push(length, { word, key: word, weight: 'content', ...(quantity ? { quantity } : {}) });
  }

  #exponent(quantity: Quantity): Quantity {
    const match = this.#match(EXPONENT);
    if (!match) return quantity;
    this.#at += match[0].length;
    return {
      ...quantity,
      value: times(quantity.value, decimal(1n, Number((match[1] ?? '0').replace('−', '-')))),
    };
  }

  #scale(quantity: Quantity): Quantity {
    const match = this.#match(/[\s-]?(k|m|bn|[\p{L}]+|[万萬亿億])(?![\p{L}\p{N}])|([万萬亿億])/uy);
    const word = match?.[1] ?? match?.[2] ?? '';
    const attached = match?.[0] === word;
    const short = word === 'k' && attached ? 3 : word === 'm' && attached && quantity.unit ? 6 : undefined;
    const power = short ?? scaleOf(word);
    if (!match || power === undefined) return quantity;
    this.#at += match[0].length;
    return { ...quantity, value: times(quantity.value, decimal(1n, power)) };
  }

  #unit(quantity: Quantity, digits: string): Quantity {
    if (/^\d{3}0$/.test(digits)) {
      const decade = this.#match(/\s?'?s(?![\p{L}\p{N}])/uy);
      if (decade) {
        this.#at += decade[0].length;
        return { ...quantity, unit: { kind: 'decade', factor: decimal(1n) } };
      }
    }
    const match = this.#match(AFTER);
    if (!match || quantity.unit) return quantity;
    const name = (match[1] ?? '')
      .replace(/^per ?cent$/i, '%')
      .replace(/^percentage points$/i, 'pp')
      .replace(/\s/g, '');
    const unit = unitOf(name) ?? unspacedUnit(name);
    if (!unit || (/^[\p{L}\p{N}]/u.test(this.#text.slice(this.#at + match[0].length)) && !isUnspaced(name)))
      return quantity;
    this.#at += isUnspaced(name[0] ?? '')
      ? match[0].length - name.length + unspacedLength(name)
      : match[0].length;
    return { ...quantity, unit };
  }

  #word(): boolean {
    const character = this.#text[this.#at] ?? '';
    if (isUnspaced(character)) return this.#plainWord(character, character);
    const match = this.#match(WORD);
    if (!match) return false;
    const written = spacedPart(match[0]);
    if (/^'?s$/.test(written) && this.#text[this.#at - 1] === "'") {
      this.#at += written.length;
      return true;
    }
    return (
      this.#contraction(written) ||
      this.#plainWord(written, written.replace(/'s?$/, '').replace(/^[ldjnsmtc]'/i, ''))
    );
  }

  #contraction(written: string): boolean {
    const lower = written.toLowerCase();
    const base = lower === 'cannot' ? 'can' : lower === "won't" ? 'will' : /^(.*?)n't$/.exec(lower)?.[1];
    if (base !== undefined) {
      const length = written.length - (lower === 'cannot' ? 3 : Math.min(3, written.length));
      if (length > 0) this.#plainWord(written.slice(0, length), base);
      return this.#plainWord(written.slice(length), 'not');
    }
    const short = /^(.+)'(ll|ve|re|d|m)$/.exec(lower);
    if (!short) return false;
    this.#plainWord(written, written.slice(0, short[1]?.length));
    if (short[2] === 'll') this.#push(0, { word: 'will', key: 'will', weight: 'strict' });
    return true;
  }

  #plainWord(written: string, spoken: string): true {
    const word = spoken.toLowerCase().replaceAll('.', '');
    const capital = /^\p{Lu}/u.test(spoken);
    const name = capital && (!this.#first || /^.\p{Lu}/u.test(spoken));
    const weight = name && !isSmall(spoken, word) ? this.#nameWeight(word, spoken) : this.#weight(word);
    const count = cardinal(word) ?? ordinal(word);
    const kind = ordinal(word) === undefined ? undefined : unitOf('th');
    const quantity = count === undefined ? undefined : { value: decimal(BigInt(count)), unit: kind };
    this.#push(written.length, {
      word,
      // `not` is no form of `note`.
      key: `${weight === 'strict' ? '!' : ''}${isUnspaced(word) ? word : keyOf(word)}`,
      weight: quantity ? 'content' : weight,
      name: capital,
      ...(quantity ? { quantity } : {}),
    });
    return true;
  }

  /** The Hobbit, but US and WHO; Will and May, whatever they mean in lower case. */
  #nameWeight(word: string, spoken: string): Weight {
    return spoken !== spoken.toUpperCase() && lexiconOf(this.#language).loose.has(word) ? 'loose' : 'content';
  }

  #weight(word: string): Weight {
    const { negators, hedges, quantifiers, directions, loose } = lexiconOf(this.#language);
    if ([negators, hedges, quantifiers, directions].some((set) => set.has(word))) return 'strict';
    return loose.has(word) ? 'loose' : 'content';
  }

  #other(): void {
    const rest = this.#text.slice(this.#at, this.#at + 2);
    const character = rest[0] ?? '';
    if (SYMBOL.test(character)) {
      this.#push(1, {
        word: character,
        key: character,
        weight: character === '/' || character === '&' ? 'loose' : 'content',
      });
      return;
    }
    if (
      PARTING.test(rest.startsWith('--') ? rest : character) ||
      (character === '.' && /^\.(?:\s|$)/.test(rest))
    )
      this.#parted = true;
    this.#at++;
  }
}

/** NOT is no name. */
const isSmall = (spoken: string, word: string): boolean =>
  spoken === spoken.toUpperCase() && /^(?:not|no|never|only|all|none)$/.test(word);

/** A run of letters up to where a script without spaces begins. */
function spacedPart(run: string): string {
  const at = Array.from(run).findIndex(isUnspaced);
  return at > 0 ? Array.from(run).slice(0, at).join('') : run;
}

const unspacedLength = (name: string): number => [2, 1].find((length) => unitOf(name.slice(0, length))) ?? 0;
const unspacedUnit = (name: string): Unit | undefined =>
  isUnspaced(name[0] ?? '') ? unitOf(name.slice(0, unspacedLength(name))) : undefined;

/** Of words seen before: a text says most of its words more than once. */
const keys = new Map<string, string>();
const MOST_KEYS = 20_000;

function keyOf(word: string): string {
  const known = keys.get(word);
  if (known !== undefined) return known;
  if (keys.size >= MOST_KEYS) keys.clear();
  const key = stem(spelling(baseForm(word)));
  keys.set(word, key);
  return key;
}

const spelling = (word: string): string =>
  SAME_SPELLING.reduce((spelled, [pattern, replacement]) => spelled.replace(pattern, replacement), word);

/** twenty-five, two hundred and five, three million, five kilometres: one quantity each. */
function joinNumbers(tokens: readonly Token[]): Token[] {
  const joined: Token[] = [];
  for (const token of tokens) {
    const last = joined.at(-1);
    const merged = last?.quantity && !token.parted ? merge(last, last.quantity, token) : undefined;
    if (merged) joined[joined.length - 1] = merged;
    else joined.push(token);
  }
  return joined;
}

function merge(last: Token, { value, unit }: Quantity, token: Token): Token | undefined {
  if (!/^\p{L}/u.test(last.word) || unit) return undefined;
  const span = {
    ...last,
    end: token.end,
    word: `${last.word} ${token.word}`,
    key: `${last.key} ${token.key}`,
  };
  const next = token.quantity;
  const power = scaleOf(token.word);
  if (power !== undefined) return { ...span, quantity: { value: times(value, decimal(1n, power)), unit } };
  const small =
    value.exponent <= 1 && value.coefficient < 100n ? Number(value.coefficient) * 10 ** value.exponent : 0;
  if (next && isTens(small) && next.value.exponent === 0 && next.value.coefficient < 10n) {
    return { ...span, quantity: { value: plus(value, next.value), unit: next.unit } };
  }
  const named =
    token.weight === 'content' && (!token.name || token.word.length > 3) ? unitOf(token.word) : undefined;
  return named ? { ...span, quantity: { value, unit: named } } : undefined;
}

/** A sentence as what must be compared: words by their stems, numbers with their units, dates, signs. */
import { stem } from '../../common/text';
import { type CalendarDate, dateAt } from './dates';
import { decimal } from './decimal';
import { baseForm } from './forms';
import { joinTokens } from './joined';
import { type Language, lexiconOf } from './lexicon';
import { cardinal, ordinal, roman } from './numberWords';
import { isUnspaced, type PlainText } from './plainText';
import { type Quantity, quantityAt } from './quantity';
import { unitOf } from './units';

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
  /** `F.` of `John F. Kennedy`. */
  readonly initial?: boolean;
  /** `Ben's`, `the workers'`. */
  readonly possessive?: boolean;
  readonly quantity?: Quantity;
  readonly date?: CalendarDate;
  /** Offsets in the plain text, `end` exclusive. */
  readonly start: number;
  readonly end: number;
  /** Punctuation stands before it: a comma, a bracket, a dash. */
  readonly parted: boolean;
  /** It stands in round brackets. */
  readonly bracketed?: boolean;
  /** The text that was cut into tokens begins with it. */
  readonly first: boolean;
}

const WORD = /(?:\p{Lu}\.)+\p{Lu}(?!\p{L})\.?|[\p{L}\p{M}][\p{L}\p{M}\p{N}]*(?:'[\p{L}]+)*/uy;
const SYMBOL = /[%‰°±×÷=<>≤≥≠+^&@/]/;
/** As a program writes them. */
const OPERATORS = new Map([
  ['!=', '≠'],
  ['<>', '≠'],
  ['<=', '≤'],
  ['>=', '≥'],
  ['==', '='],
]);
/** What is counted by labels and not by amounts. */
const NUMBERED = /^(?:versions?|v|releases?|sections?|chapters?|figures?|tables?|clauses?|appendix)$/;
const PARTING = /[,;:()[\]"“”|!?]|--+/;
/** Between numbers, from one to the other: `2015–16`, `2015 -- 16`. */
const SPAN = /-(?=\d)|\s?--\s?(?=\d)/y;

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
  /** Brackets that are open. */
  #depth = 0;
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
    return joinTokens(this.#tokens);
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
      ...(this.#depth > 0 ? { bracketed: true } : {}),
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
    const found = quantityAt(this.#text, this.#at, this.#language, this.#insideWord());
    if (!found) return false;
    const { length, quantity, digits } = found;
    const word = this.#text.slice(this.#at, this.#at + length).toLowerCase();
    // Python 3.10 is not Python 3.1: the decimals of a name or a version count as they are written.
    const isLabel = digits.includes('.') && length === digits.length && this.#namesNumbers();
    return this.#push(length, {
      word,
      key: word,
      weight: 'content',
      ...(quantity && !isLabel ? { quantity } : {}),
    });
  }

  #namesNumbers(): boolean {
    const last = this.#tokens.at(-1);
    return last !== undefined && !this.#parted && ((last.name && !last.first) || NUMBERED.test(last.word));
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
    const quantity = this.#spokenNumber(word, spoken);
    const after = this.#text.charAt(this.#at + written.length);
    this.#push(written.length, {
      word,
      // `not` is no form of `note`.
      key: `${weight === 'strict' ? '!' : ''}${isUnspaced(word) ? word : keyOf(word)}`,
      weight: quantity ? 'content' : weight,
      name: capital,
      ...(capital && spoken.length === 1 && after === '.' ? { initial: true } : {}),
      ...(/'s?$/.test(written) || (after === "'" && word.endsWith('s')) ? { possessive: true } : {}),
      ...(quantity ? { quantity } : {}),
    });
    return true;
  }

  #spokenNumber(word: string, spoken: string): Quantity | undefined {
    const last = this.#tokens.at(-1);
    const count =
      cardinal(word) ?? ordinal(word) ?? (last?.name && !this.#parted ? roman(spoken) : undefined);
    const unit = ordinal(word) === undefined ? undefined : unitOf('th');
    return count === undefined ? undefined : { value: decimal(BigInt(count)), unit };
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

  /** A full stop behind one letter: `e.g. in`, `F. Kennedy`. */
  #isAbbreviated = () => /(?<!\p{L})\p{L}$/u.test(this.#text.slice(Math.max(0, this.#at - 2), this.#at));

  #other(): void {
    const rest = this.#text.slice(this.#at, this.#at + 2);
    const character = rest[0] ?? '';
    const operator = OPERATORS.get(rest) ?? (SYMBOL.test(character) ? character : undefined);
    const span = /\d/.test(this.#text[this.#at - 1] ?? '') ? this.#match(SPAN) : null;
    if (operator !== undefined) {
      const isLoose = operator === '/' || operator === '&' || operator === '=';
      this.#push(OPERATORS.has(rest) ? 2 : 1, {
        word: operator,
        key: operator,
        weight: isLoose ? 'loose' : 'strict',
      });
    } else if (span) {
      this.#push(span[0].length, { word: 'to', key: '!to', weight: 'strict' });
    } else {
      if (
        PARTING.test(rest.startsWith('--') ? rest : character) ||
        (character === '.' && /^\.(?:\s|$)/.test(rest) && !this.#isAbbreviated())
      )
        this.#parted = true;
      if (character === '(') this.#depth++;
      if (character === ')') this.#depth = Math.max(0, this.#depth - 1);
      this.#at++;
    }
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

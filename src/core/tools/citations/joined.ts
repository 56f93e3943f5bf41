/** Tokens that mean one thing together: numbers in several words, spans from one number to another, `a few`. */
import { decimal, plus, times } from './decimal';
import { isTens } from './numberWords';
import type { Quantity } from './quantity';
import type { Token } from './tokens';
import { scaleOf, unitOf } from './units';

export const joinTokens = (tokens: readonly Token[]): Token[] => joinSpans(joinPhrases(joinNumbers(tokens)));

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
  const span = over(last, token, `${last.word} ${token.word}`);
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

const over = (first: Token, last: Token, word: string): Token => ({
  ...first,
  end: last.end,
  word,
  key: word,
});

/** Two words, what they are together, and whether only before a number. */
const PHRASES: readonly (readonly [
  first: string,
  second: string,
  together: string,
  beforeNumber: boolean,
])[] = [
  ['a', 'few', 'a few', false],
  ['a', 'little', 'a little', false],
  ['more', 'than', 'over', true],
  ['less', 'than', 'under', true],
  ['fewer', 'than', 'under', true],
];

function joinPhrases(tokens: readonly Token[]): Token[] {
  const joined: Token[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const [token, next, after] = [tokens[i], tokens[i + 1], tokens[i + 2]];
    if (!token) continue;
    const phrase =
      next && !next.parted
        ? PHRASES.find(
            ([first, second, , beforeNumber]) =>
              token.word === first &&
              next.word === second &&
              (!beforeNumber || after?.quantity !== undefined),
          )
        : undefined;
    if (phrase && next) {
      joined.push({ ...over(token, next, phrase[2]), key: `!${phrase[2]}`, weight: 'strict' });
      i++;
    } else joined.push(token);
  }
  return joined;
}

/** `from 1990 to 1995`, `between 1990 and 1995`, `1990–1995`: of years only, since `rose from 3 to 5` is no `3–5`. */
function joinSpans(tokens: readonly Token[]): Token[] {
  return tokens.map((token, i) => {
    const [before, next, after] = [tokens[i - 1], tokens[i + 1], tokens[i + 3]];
    const opens = (word: string | undefined) => word === 'from' || word === 'between';
    const joins = (word: string | undefined) => word === 'to' || word === 'until' || word === 'and';
    if (opens(token.word) && isYear(next) && joins(tokens[i + 2]?.word) && isYear(after))
      return { ...token, weight: 'loose', key: token.word };
    if (joins(token.word) && isYear(before) && isYear(next) && opens(tokens[i - 2]?.word))
      return { ...token, word: 'to', key: '!to', weight: 'strict' };
    return token;
  });
}

const isYear = (token: Token | undefined): boolean =>
  token?.date?.year !== undefined || (token?.quantity !== undefined && /^[12]\d{3}$/.test(token.word));

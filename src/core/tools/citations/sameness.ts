/** When a token of a claim and one of its source say the same. */
import { says } from './dates';
import { decimal, equal, times } from './decimal';
import type { Quantity } from './quantity';
import type { Token } from './tokens';

export function isSame(claim: Token, source: Token): boolean {
  if (claim.date) return source.date ? says(source.date, claim.date) : false;
  if (claim.quantity) return source.date ? isItsYear(claim.quantity, source) : sameQuantity(claim, source);
  if (source.quantity || source.date) return false;
  // `US` and `us`, vitamin A and a vitamin: a capital inside a sentence makes another word of it.
  if (claim.weight !== source.weight && claim.word.length < 3) return false;
  // Options are letters, and -v is no -V.
  if (claim.word.length === 1 && claim.name !== source.name && !claim.first && !source.first) return false;
  if (claim.key === source.key || claim.word === source.word) return true;
  return claim.name && source.name && isShortened(claim, source.word);
}

/** `Dvorak` for Dvořák, `J.` for John: a name written with less than it has. */
function isShortened({ word, initial }: Token, full: string): boolean {
  if (initial && full.startsWith(word)) return true;
  return /^[a-z'-]{3,}$/.test(word) && word !== full && word === withoutMarks(full);
}

/** Letters that are no letter and a mark for Unicode. */
const BARE = new Map([
  ['ł', 'l'],
  ['ø', 'o'],
  ['đ', 'd'],
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['ı', 'i'],
]);

const withoutMarks = (word: string): string =>
  Array.from(word.normalize('NFD').replace(/\p{M}/gu, ''), (letter) => BARE.get(letter) ?? letter).join('');

const isItsYear = ({ value, unit }: Quantity, { date }: Token): boolean =>
  !unit && date?.year !== undefined && equal(value, decimal(BigInt(date.year)));

function sameQuantity({ quantity: claim }: Token, { quantity: source }: Token): boolean {
  if (!claim || !source) return false;
  if (!claim.unit || !source.unit) return !claim.unit && !source.unit && equal(claim.value, source.value);
  if (claim.unit.kind !== source.unit.kind) return false;
  return equal(times(claim.value, claim.unit.factor), times(source.value, source.unit.factor));
}

/** When a token of a claim and one of its source say the same. */
import { says } from './dates';
import { decimal, equal, times } from './decimal';
import type { Quantity, Token } from './tokens';

export function isSame(claim: Token, source: Token): boolean {
  if (claim.date) return source.date ? says(source.date, claim.date) : false;
  if (claim.quantity) return source.date ? isItsYear(claim.quantity, source) : sameQuantity(claim, source);
  if (source.quantity || source.date) return false;
  // `US` and `us`, vitamin A and a vitamin: a capital inside a sentence makes another word of it.
  if (claim.weight !== source.weight && claim.word.length < 3) return false;
  return claim.key === source.key || claim.word === source.word;
}

const isItsYear = ({ value, unit }: Quantity, { date }: Token): boolean =>
  !unit && date?.year !== undefined && equal(value, decimal(BigInt(date.year)));

function sameQuantity({ quantity: claim }: Token, { quantity: source }: Token): boolean {
  if (!claim || !source) return false;
  if (!claim.unit || !source.unit) return !claim.unit && !source.unit && equal(claim.value, source.value);
  if (claim.unit.kind !== source.unit.kind) return false;
  return equal(times(claim.value, claim.unit.factor), times(source.value, source.unit.factor));
}

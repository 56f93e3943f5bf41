import type { CaseValue } from './judgedRun';

/**
 * A value in words for the user, for instance: Shown for 9 similar questions, 7 accepted; 18 points above what such
 * questions get. Empty where the policy gives no facts.
 */
export function explainValue({ value, facts, withheld, trial }: CaseValue): string {
  if (facts === null) return '';
  const { shown, accepted } = facts;
  const history =
    shown === 0
      ? 'Not shown for such questions yet'
      : `Shown for ${shown} similar question${shown === 1 ? '' : 's'}, ${accepted} accepted`;
  return `${history}; ${estimate(value, shown > 0)}${consequence(withheld, trial)}.`;
}

function estimate(value: number, isShown: boolean): string {
  const points = Math.round(100 * value);
  const verb = isShown ? '' : 'expected ';
  if (points === 0) return `${verb}as good as showing nothing`;
  const count = `${Math.abs(points)} point${Math.abs(points) === 1 ? '' : 's'}`;
  return `${verb}${count} ${points > 0 ? 'above' : 'below'} what such questions get`;
}

function consequence(withheld: boolean, trial: boolean): string {
  if (trial) return ', but little is known of it, so it is tried';
  return withheld ? ', so it is withheld' : '';
}

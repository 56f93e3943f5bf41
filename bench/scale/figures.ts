/** The few figures that matter, with their limits. */
import type { Figure } from '../table/figure';
import type { Life } from './life';
import { exponentOf, ratioOf } from './growth';
import type { Results } from './parts';
import { regretOf, shareOf } from './regret';

/** What people are promised of an interval that holds at every look. */
const MOST_ALARMS = 5;
/** A decision and a judgement grow no faster than the bank. */
const LINEAR = 1.1;
/** Before so many runs too little is judged for a policy to have learned anything. */
const TAUGHT = 10_000;
/** Half of the cases gone, of the image's bytes (an empty bank has some pages). */
const MOST_LEFT = 75;

export function figuresOf({ learned, similarity, crowded, alarms }: Results): readonly Figure[] {
  const most = alarms?.at(-1);
  const cases = crowded?.checkpoints ?? [];
  const grown = cases.at(-1);
  return [
    ...(learned ? ofLife(learned) : []),
    ...(learned && similarity
      ? [
          figure(
            'regret of learned, of that of similarity',
            percentOf(learned, similarity),
            '%',
            learned.runs < TAUGHT ? {} : { atMost: 100 },
          ),
        ]
      : []),
    ...(most
      ? [
          figure(`false alarms, ${most.looks} looks, anytime interval`, 100 * most.anytime, '%', {
            atMost: MOST_ALARMS,
          }),
          figure(`false alarms, ${most.looks} looks, usual interval`, 100 * most.usual, '%'),
        ]
      : []),
    ...some(
      exponentOf(cases, 'decision', (each) => each.cases),
      (value) => figure(`decision, exponent up to ${grown?.cases ?? 0} cases`, value, '', { atMost: LINEAR }),
    ),
    ...some(
      exponentOf(cases, 'judgement', (each) => each.cases),
      (value) =>
        figure(`judgement, exponent up to ${grown?.cases ?? 0} cases`, value, '', { atMost: LINEAR }),
    ),
    ...some(grown, ({ image }) => figure(`image of ${grown?.cases ?? 0} cases`, image / 2 ** 20, 'MB')),
    ...some(grown, ({ rss }) => figure(`memory of the process with them`, rss / 2 ** 20, 'MB')),
  ];
}

function ofLife({ runs, deciles, checkpoints, forgetting, revenants }: Life): readonly Figure[] {
  const last = deciles.at(-1);
  const { before, after } = forgetting;
  // Where the kept ones are not found either, nothing was proved.
  const named =
    forgetting.foundKept === 0 ? NaN : revenants + forgetting.revenants + forgetting.foundForgotten;
  const limits = runs < TAUGHT ? {} : { atMost: 100 };
  return [
    figure(
      `regret of learned in ${runs} runs, of that of none`,
      100 * (regretOf(deciles, 'chosen') / regretOf(deciles, 'none')),
      '%',
      limits,
    ),
    ...some(last, (mean) =>
      figure('what learned adds of what the best cases add, last tenth', 100 * shareOf(mean), '%'),
    ),
    ...some(ratioOf(checkpoints, 'decision'), (value) =>
      figure(`decision after ${runs} runs, of that after ${checkpoints[0]?.runs ?? 0}`, value, '×'),
    ),
    figure('forgotten cases named or found in a file', named, '', { atMost: 0 }),
    figure('image after half of the cases were purged', 100 * (after / before), '%', { atMost: MOST_LEFT }),
  ];
}

const percentOf = (life: Life, other: Life) =>
  100 * (regretOf(life.deciles, 'chosen') / regretOf(other.deciles, 'chosen'));

const figure = (
  what: string,
  value: number,
  unit: string,
  limits: Pick<Figure, 'atMost' | 'atLeast'> = {},
): Figure => ({
  what,
  value,
  unit,
  ...limits,
});

const some = <T>(value: T | undefined, make: (value: T) => Figure): readonly Figure[] =>
  value === undefined ? [] : [make(value)];

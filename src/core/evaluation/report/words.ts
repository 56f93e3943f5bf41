/** The findings of an evaluation in plain sentences. */
import { counted, percent, pointsWithin } from '../../common/figures';
import type { Measured } from '../../memory/report/intervals';
import type { Standing } from '../schedule/schedule';
import type { ArmRow, Difference, Summary } from './summary';

export const STANDING_WORDS: Readonly<Record<Standing, string>> = {
  'held-out': 'held out, never judged',
  first: 'met for the first time, judged afterwards',
  repeat: 'repeated: judged before',
};

/** The row that the headline is about: what was never judged, at the end; in a paired evaluation what was met first. */
export const headlineStanding = ({ rows }: Summary): Standing =>
  rows.some(({ standing }) => standing === 'held-out') ? 'held-out' : 'first';

export function headline(summary: Summary): readonly string[] {
  const standing = headlineStanding(summary);
  const rows = lastIteration(summary.rows, standing);
  const differences = lastIteration(summary.differences, standing);
  if (rows.length === 0) return ['No attempt was made yet.'];
  const words = differences.flatMap((each) => differenceWords(each, rows));
  if (words.length > 0) return words;
  return [
    ...rows.map((row) => `${row.arm}: ${accuracyWords(row)} on questions ${STANDING_WORDS[standing]}.`),
    rows.some(({ arm }) => arm === 'none')
      ? 'There is nothing to compare: name an arm with memory too, such as “learned”.'
      : 'There is nothing to compare: name the arm “none” too, to see what memory brings.',
  ];
}

function lastIteration<T extends { readonly standing: Standing; readonly iteration: number }>(
  all: readonly T[],
  standing: Standing,
): readonly T[] {
  const own = all.filter((each) => each.standing === standing);
  const last = Math.max(0, ...own.map(({ iteration }) => iteration));
  return own.filter(({ iteration }) => iteration === last);
}

function differenceWords(difference: Difference, rows: readonly ArmRow[]): readonly string[] {
  const { arm, baseline, pairs, accuracy, standing, iteration, won, lost } = difference;
  const own = rows.find((row) => row.arm === arm);
  const other = rows.find((row) => row.arm === baseline);
  if (!own || !other) return [];
  if (accuracy === null) return [`${arm} and ${baseline}: no pair of answers of which both are known.`];
  const beginning =
    `On ${counted(pairs, 'question')} ${STANDING_WORDS[standing]} (iteration ${iteration}), “${arm}” was right on ` +
    `${accuracyWords(own)} and “${baseline}” on ${accuracyWords(other)}`;
  const power =
    `With ${counted(pairs, 'question')} a true difference of less than about ${Math.round(100 * difference.detectable)} points ` +
    `would mostly go unseen (a fifth of the questions answered differently, power 80 %).`;
  // A bootstrap of zeros has an interval of no width, which would promise too much.
  if (won + lost === 0) return [`${beginning}: no question came out differently.`, power];
  return [
    `${beginning}: ${pointsWithin(accuracy)} points, 95 % interval. Only “${arm}” was right on ${won}, only “${baseline}” on ${lost}.`,
    verdictWords(accuracy),
    power,
  ];
}

const accuracyWords = ({ accuracy, attempts, unknown }: ArmRow): string =>
  accuracy === null
    ? 'an unknown share'
    : `${percent(accuracy.value)}${unknown > 0 ? ` of ${attempts - unknown}, ${unknown} unknown` : ''}`;

function verdictWords({ low, high }: Measured): string {
  if (low > 0) return 'The interval lies above 0: on these questions it did better.';
  if (high < 0) return 'The interval lies below 0: on these questions it did worse.';
  return 'The interval includes 0: these questions do not show that memory makes a difference.';
}

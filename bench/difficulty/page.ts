/** The tables for people. */
import type { Estimate } from './metrics';
import type { PredictionTable } from './predictions';
import type { RetrievalTable } from './retrieved';

const WIDTH = 44;

export const HEAD = `How well the success of a question's run is predicted from other questions.
AUC: of a success and a failure, how often the success has the higher prediction (.5: chance; ties count half).
Brier: mean squared error. ECE: expected calibration error over 10 bins of equal width; resampling adds noise to it, so
that its interval lies too high. In brackets 95 % bootstrap intervals: 1,000 resamples of the questions, seeded.
“20” and “10” are nearest neighbours; the base rate, which neighbours lean to, is that of all questions of the table.
“learned” is the product's model with its own prior, nothing fitted here.`;

/** Must be read with the tables of the training pairs. */
export const LIMITS = `All pairs of one query have the same outcome, and 4 accepted and 4 rejected cases stood beside each query. So they teach
how hard a query is and what similar cases' labels say about that; shuffling the cases between queries should change nothing.
That is all these data can show. They validate no Q(s, c): not which case helped a query, and not whether any did.`;

export const SOURCES = `Same source: the share of the 4 cases found that are from the question's own question set (data_source in
deepresearcher.jsonl, matched by normal form), among the cases of which it is known. Plan similarity: the mean lexical
similarity (lexicalSimilarity.ts) of the two plans' task descriptions. A case that is missing counts as 0. Percent.`;

export function predictionPage({ name, questions, successes, rows, differences }: PredictionTable): string {
  return [
    `${name}: ${questions} questions, ${successes} successes`,
    line('', ['AUC', 'Brier', 'ECE']),
    ...rows.map((row) =>
      line(
        row.name,
        [row.auc, row.brier, row.ece].map((each) => bracketed(each, 3)),
      ),
    ),
    '  Differences of AUC, paired:',
    ...differences.map((each) => `  ${each.name}: ${bracketed(each.auc, 3)}`),
  ].join('\n');
}

export function retrievalPage({ name, cases, sourced, rows, differences }: RetrievalTable): string {
  const lines = (some: typeof rows) =>
    some.map((row) => line(row.name, [percent(row.sameSource), percent(row.planSimilarity)]));
  return [
    `${name}: ${cases} questions, the source of ${sourced} known`,
    line('', ['same source@4', 'plan similarity@4']),
    ...lines(rows),
    '  Differences, paired:',
    ...lines(differences),
  ].join('\n');
}

const line = (name: string, cells: readonly string[]): string =>
  [`  ${name}`.padEnd(WIDTH), ...cells.map((cell) => cell.padEnd(22))].join('').trimEnd();

const bracketed = ({ value, low, high }: Estimate, digits: number): string =>
  `${value.toFixed(digits)} [${low.toFixed(digits)}, ${high.toFixed(digits)}]`;

const percent = ({ value, low, high }: Estimate): string =>
  bracketed({ value: 100 * value, low: 100 * low, high: 100 * high }, 1);

/** The page for a person, as Markdown. */
import { hash32 } from '../../src/core/memory/policy/random';
import type { PolicyName } from '../../src/core/memory/retrieved';
import { shortened } from '../../src/core/tools/web/search/plainText';
import type { Estimate } from '../difficulty/metrics';
import type { PredictionTable } from '../difficulty/predictions';
import type { Choice } from './choices';
import type { OverlapRow } from './measures';
import { BASE_RATE, LEARNED, PAPER, SIMILARITY_ONLY } from './predicting';
import type { Results } from './results';
import { NEAR } from './split';

/** Held-out questions that are shown with their cases. */
const EXAMPLES = 6;
/** Characters of a question. */
const LONGEST = 70;

export const pageOf = (results: Results, sources: ReadonlyMap<string, string>): string =>
  [
    '# Retrieval after a warm start on the released data',
    headOf(results),
    shortOf(results),
    '## What is shown',
    SHOWN,
    choicesTable(results),
    '## How far the policies agree',
    'Jaccard: cases in both choices over cases in either, where one of them shows any; “same”: the very same cases.',
    overlapTable('two policies, warm', results.overlaps),
    overlapTable('a policy, cold and warm', results.changes),
    COLD,
    '## What is expected, and what became of the runs',
    PREDICTING,
    predictionTable(results.predicting),
    predictionTable(results.predictingShuffled),
    CANNOT,
    '## Time',
    timesTable(results),
    '## To look at',
    'The first held-out questions of the first fold, by hash of the text and not by what they show. Warm; the question set ' +
      'where it is known, then the similarity.',
    ...examplesOf(results, sources),
    '',
  ].join('\n\n');

function headOf({ heldOut, successes, sourced, planned, folds }: Results): string {
  const dropped = folds.map((fold) => fold.dropped);
  const range = (values: readonly number[]) =>
    [...new Set([Math.min(...values), Math.max(...values)])].join(' to ');
  return `${heldOut} held-out queries of the training rows, ${successes} with success (${percent(successes / heldOut)} %), in ${folds.length}
folds by query. Each fold has a bank of its own, ${range(folds.map(({ cases }) => cases))} cases and ${range(folds.map(({ runs }) => runs))} judged runs when warm, imported by the
product from what is left of the files: not in it are the ${range(dropped.map((each) => each.queriesInBank))} cases of the bank that are queries of the rows (all negative there,
whatever became of the query), ${range(dropped.map((each) => each.heldOut))} more lines that have a held-out question, and ${range(dropped.map((each) => each.near))} with a near-duplicate of
one (cosine above ${NEAR}); rows in which the query is its own case are left out by the import. Checked in the banks
themselves: the closest cosine of a held-out question to any question is ${Math.max(...folds.map(({ closest }) => closest.cosine)).toFixed(3)}.

Cold: cases only, those of the rows too. Warm: the rows as judged runs beside them. Shuffled: warm with the rows in which each
query has another one's cases, so that nothing they say of cases is true. In brackets 95 % bootstrap intervals over the
questions. The set of ${sourced} held-out questions is known, and a plan of ${planned}.`;
}

const SHOWN = `At most 4 cases a question. A rejected case is never an example in the product, so “accepted” must be 100 %. Advantage:
what the product itself expects of a case shown against showing none, in points. Same set: the share of the cases shown that are
from the question's own question set, where both are known. Plans: lexical similarity to the question's own plan, where it is known
(of an earlier run, which failed). “The released run” is what the paper's own run on the question was shown, 8 cases.`;

const COLD = `Before there are judged runs, paper and learned follow similarity. Similarity learns nothing: what changes in it between cold
and warm is crowding, because each query of the rows is in the memory as a case with no plan, which is never an example but
takes one of the places among the candidates.`;

const PREDICTING = `AUC: of a held-out success and a failure, how often the success is expected to be likelier (.5: chance). Similarity alone is the
mean similarity of the cases that it shows, which is no probability and has no Brier score. Where paper shows nothing, its
expectation is that of learned.`;

const CANNOT = `What this can show: whether questions like those that succeeded are expected to succeed, which is how hard a question is. What it
cannot: which case helped, or whether any did. All cases of a query have the same label, no run was without cases, and the run on a
held-out query was shown other cases than those chosen here. Where the shuffled rows do as well, what was learned is not about the
cases. For the same reason an advantage in the table above is no finding about the cases: with no run that was shown none, how much of a
low rate of success is the questions' and how much the cases' is said by the prior alone.`;

/** The figures to remember, with no more said than they say. */
function shortOf({ choices, changes, predicting, predictingShuffled }: Results): string {
  const auc = (name: string, { rows }: PredictionTable = predicting) => {
    const row = rows.find((each) => each.name === name);
    return row === undefined ? '—' : bracketed(row.auc, 3);
  };
  const of = (name: string) => choices.find((row) => row.name === name);
  const three = (valueOf: (name: string) => string) =>
    `similarity ${valueOf('similarity')}, paper ${valueOf('paper')}, learned ${valueOf('learned')}`;
  const warm = (name: string) => of(`${name}, warm`);
  const sameSet = (name: string) => percent(warm(name)?.sameSource.value ?? NaN);
  const change = (name: string) => changes.find((row) => row.name === name)?.jaccard.value ?? NaN;
  return [
    'In short, after the warm start:',
    '',
    `- Cases shown of 4: ${three((name) => number(warm(name)?.shown.value ?? NaN, 2))}.`,
    `- From the question's own set, %: ${three(sameSet)}; at random ${percent(of('accepted, at random')?.sameSource.value ?? NaN)}.`,
    `- In common with the cold choice (Jaccard): ${three((name) => number(change(name), 2))}.`,
    `- Success foreseen (AUC): learned ${auc(LEARNED)}, paper ${auc(PAPER)}, similarity alone ${auc(SIMILARITY_ONLY)}; learned from
  shuffled rows ${auc(LEARNED, predictingShuffled)}.`,
  ].join('\n');
}

function choicesTable({ choices }: Results): string {
  const head = ['', 'shown', 'none, %', 'similarity', 'accepted, %', 'advantage', 'same set, %', 'plans'];
  return table(
    head,
    choices.map((row) => [
      row.name,
      bracketed(row.shown, 2),
      percent(row.none.value),
      bracketed(row.similarity, 2),
      percent(row.accepted.value),
      number(100 * row.advantage.value, 1),
      bracketed(scaled(row.sameSource, 100), 0),
      bracketed(row.planSimilarity, 3),
    ]),
  );
}

const overlapTable = (name: string, rows: readonly OverlapRow[]): string =>
  table(
    [name, 'Jaccard', 'same, %'],
    rows.map((row) => [row.name, bracketed(row.jaccard, 2), percent(row.same.value)]),
  );

function predictionTable({ name, rows, differences }: PredictionTable): string {
  const estimates = table(
    [name, 'AUC', 'Brier'],
    rows.map((row) => [
      row.name,
      bracketed(row.auc, 3),
      isProbability(row) ? number(row.brier.value, 3) : '—',
    ]),
  );
  const rate = rows.find((row) => row.name === BASE_RATE)?.brier.value ?? NaN;
  const below = rows.filter((row) => isProbability(row) && row.brier.value < rate).map((row) => row.name);
  const worth = `Below the Brier score of the base rate: ${below.join('; ') || 'none'}. What is not, is as a probability worse than one rate for all.`;
  const pairs = differences.map((each) => `- ${each.name}: ${bracketed(each.auc, 3)}`);
  return [estimates, worth, ['Differences of AUC, paired:', '', ...pairs].join('\n')].join('\n\n');
}

const isProbability = ({ name }: { readonly name: string }): boolean => name !== SIMILARITY_ONLY;

function timesTable({ imports, decisions }: Results): string {
  const rows = imports.map((each) => [
    each.name,
    `${each.cases}`,
    `${each.runs}`,
    number(each.import / 1000, 2),
    `${each.encoded}`,
    number(each.embedding / 1000, 1),
    number(each.import / each.encoder, 2),
  ]);
  const head = [
    'whole file',
    'cases added',
    'runs',
    'import, s',
    'questions',
    'vectors, s',
    'import ÷ encoder',
  ];
  const warm = `The first warm decisions of the three policies together, with all that there is to learn: ${number(decisions.first, 0)} ms; a later
one ${number(decisions.later, 1)} ms (medians, the question's vector known).`;
  return [table(head, rows), warm].join('\n\n');
}

function examplesOf({ folds }: Results, sources: ReadonlyMap<string, string>): readonly string[] {
  const warm = folds[0]?.warm;
  const of = (name: PolicyName) => warm?.get(name) ?? [];
  const order = of('learned')
    .map((choice, i) => ({ i, choice }))
    .sort((a, b) => hash32(a.choice.query.id) - hash32(b.choice.query.id))
    .slice(0, EXAMPLES);
  return order.map(({ i, choice: { query } }) => {
    const columns = (['similarity', 'paper', 'learned'] as const).map((name) => of(name)[i]);
    const most = Math.max(1, ...columns.map((each) => each?.shown.length ?? 0));
    const lines = Array.from({ length: most }, (_, rank) =>
      columns.map((each) => cellOf(each, rank, sources)),
    );
    const title = `**${cleaned(query.text)}** (${sources.get(query.id) ?? '?'}, ${query.succeeded ? 'success' : 'failure'})`;
    return [title, table(['similarity', 'paper', 'learned'], lines)].join('\n\n');
  });
}

function cellOf(choice: Choice | undefined, rank: number, sources: ReadonlyMap<string, string>): string {
  const each = choice?.shown[rank];
  if (each === undefined) return rank === 0 ? '(none)' : '';
  return `${cleaned(each.question)} (${sources.get(each.id) ?? '?'}, ${number(each.similarity, 2)})`;
}

const cleaned = (text: string): string =>
  shortened(text.replaceAll('|', '/').replaceAll(/\s+/g, ' '), LONGEST);

/** Padded, so that it reads in a terminal too. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, i) => Math.max(3, title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, i) => (cells[i] ?? '').padEnd(width)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

const number = (value: number, digits: number): string => (Number.isNaN(value) ? '—' : value.toFixed(digits));

const percent = (share: number): string => number(100 * share, 0);

const scaled = ({ value, low, high }: Estimate, by: number): Estimate => ({
  value: by * value,
  low: by * low,
  high: by * high,
});

const bracketed = ({ value, low, high }: Estimate, digits: number): string =>
  Number.isNaN(value) ? '—' : `${number(value, digits)} [${number(low, digits)}, ${number(high, digits)}]`;

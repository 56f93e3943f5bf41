/** The few figures for the common table, and the limits that they must keep. */
import type { Figure } from '../table/figure';
import type { ChoiceRow } from './measures';
import { LEARNED, SIMILARITY_ONLY } from './predicting';
import type { Results } from './results';
import { NEAR } from './split';

/** The import beside the encoder's time for the same cases: it takes a fraction. */
const MOST_IMPORT = 1;
/** Points by which similar cases are from the question's own set more often than cases at random. */
const LEAST_GAIN = 10;

export function figuresOf(results: Results): readonly Figure[] {
  const { heldOut, folds, changes, imports, decisions } = results;
  const row = (name: string) => results.choices.find((each) => each.name === name);
  const change = changes.find(({ name }) => name === 'learned');
  const both = imports.map(({ cases }) => cases).join(' + ');
  return [
    {
      what: `closest cosine of ${heldOut} held-out questions to their banks`,
      value: Math.max(...folds.map(({ closest }) => closest.cosine)),
      unit: '',
      atMost: NEAR,
    },
    {
      what: 'held-out questions in their banks',
      value: sum(folds.map(({ closest }) => closest.same)),
      unit: '',
      atMost: 0,
    },
    { what: 'rejected cases among the examples', value: 100 * rejected(results), unit: '%', atMost: 0 },
    {
      what: 'same question set: similarity over random',
      value: percent(row('similarity, warm')?.sameSource) - percent(row('accepted, at random')?.sameSource),
      unit: 'points',
      atLeast: LEAST_GAIN,
    },
    { what: 'learned, warm: cases shown', value: row('learned, warm')?.shown.value ?? NaN, unit: '' },
    { what: 'learned: overlap of cold and warm choices', value: percent(change?.jaccard), unit: '%' },
    { what: 'AUC of what learned expects', value: areaOf(results, LEARNED), unit: '' },
    { what: 'AUC of similarity alone', value: areaOf(results, SIMILARITY_ONLY), unit: '' },
    {
      what: `import of ${both} cases over their encoding`,
      value: sum(imports.map((each) => each.import)) / sum(imports.map((each) => each.encoder)),
      unit: '×',
      atMost: MOST_IMPORT,
    },
    {
      what: `first decisions after ${folds[0]?.runs ?? 0} rows' runs over later ones`,
      value: decisions.first / decisions.later,
      unit: '×',
    },
    { what: 'a warm decision', value: decisions.later, unit: 'ms' },
  ];
}

/** The largest share that a policy shows; policies that show nothing have none. */
const rejected = ({ choices }: Results): number =>
  Math.max(0, ...choices.filter(isPolicy).map(({ accepted }) => 1 - accepted.value));

const isPolicy = ({ name, accepted }: ChoiceRow): boolean =>
  /, (cold|warm)$/.test(name) && !Number.isNaN(accepted.value);

const areaOf = ({ predicting }: Results, name: string): number =>
  predicting.rows.find((row) => row.name === name)?.auc.value ?? NaN;

const percent = (estimate: { readonly value: number } | undefined): number => 100 * (estimate?.value ?? NaN);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

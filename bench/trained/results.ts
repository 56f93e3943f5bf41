/** The folds put together. */
import { POLICY_NAMES, type PolicyName } from '../../src/core/memory/retrieved';
import { median } from '../learning/timing';
import type { PredictionTable } from '../difficulty/predictions';
import type { Query } from '../difficulty/data';
import type { Encoded } from '../difficulty/vectors';
import { asReleased, type Choice, type Choices } from './choices';
import type { Fold, NamedTimes } from './fold';
import { type ChoiceRow, choiceRow, type Known, type OverlapRow, overlapRow } from './measures';
import { predictingTable } from './predicting';

export interface Results {
  readonly heldOut: number;
  readonly successes: number;
  /** Of their own set, and of their own plan, so many are known. */
  readonly sourced: number;
  readonly planned: number;
  readonly folds: readonly Fold[];
  readonly choices: readonly ChoiceRow[];
  /** Of two policies, warm. */
  readonly overlaps: readonly OverlapRow[];
  /** Of a policy, cold and warm. */
  readonly changes: readonly OverlapRow[];
  readonly predicting: PredictionTable;
  /** The same with shuffled rows. */
  readonly predictingShuffled: PredictionTable;
  /** Of the whole files. */
  readonly imports: readonly NamedTimes[];
  readonly decisions: DecisionTimes;
}

/** Milliseconds, medians: of the folds' first warm decision, and of all later ones. */
export interface DecisionTimes {
  readonly first: number;
  readonly later: number;
}

const LEARNING = ['similarity', 'paper', 'learned'] as const;

export function resultsOf(
  folds: readonly Fold[],
  known: Known,
  encoded: Encoded,
  imports: Results['imports'],
): Results {
  const [cold, warm, shuffled] = (['cold', 'warm', 'shuffled'] as const).map((state) => joined(folds, state));
  const of = (choices: Choices | undefined, policy: PolicyName) => choices?.get(policy) ?? [];
  const queries = of(warm, 'learned').map(({ query }) => query);
  const row = (name: string, choices: readonly Choice[]) => choiceRow(name, choices, known);
  const overlap = (a: PolicyName, b: PolicyName) => overlapRow(`${a}, ${b}`, of(warm, a), of(warm, b));
  return {
    heldOut: queries.length,
    successes: queries.filter(({ succeeded }) => succeeded).length,
    sourced: queries.filter(({ id }) => known.sources.has(id)).length,
    planned: queries.filter(({ id }) => known.plans.has(id)).length,
    folds,
    choices: [
      row('none', of(warm, 'none')),
      ...LEARNING.map((policy) => row(`${policy}, cold`, of(cold, policy))),
      ...LEARNING.map((policy) => row(`${policy}, warm`, of(warm, policy))),
      ...(['paper', 'learned'] as const).map((policy) => row(`${policy}, shuffled`, of(shuffled, policy))),
      row(
        'accepted, at random',
        folds.flatMap(({ drawn }) => drawn),
      ),
      row('the released run', released(queries, known, encoded)),
    ],
    overlaps: [overlap('similarity', 'paper'), overlap('similarity', 'learned'), overlap('paper', 'learned')],
    changes: LEARNING.map((policy) => overlapRow(policy, of(cold, policy), of(warm, policy))),
    predicting: predictingTable('rows as released', warm ?? new Map()),
    predictingShuffled: predictingTable('rows shuffled', shuffled ?? new Map()),
    imports,
    decisions: decisionTimes(folds),
  };
}

const joined = (folds: readonly Fold[], state: 'cold' | 'warm' | 'shuffled'): Choices =>
  new Map(POLICY_NAMES.map((policy) => [policy, folds.flatMap((fold) => fold[state].get(policy) ?? [])]));

const released = (queries: readonly Query[], { plans }: Known, encoded: Encoded) =>
  queries.map((query) => asReleased(query, encoded, plans));

/** The first question of `similarity` waits for all that our own estimates learn, the first of `paper` for its network. */
function decisionTimes(folds: readonly Fold[]): DecisionTimes {
  const times = folds.map(({ warm }) =>
    LEARNING.map((policy) => (warm.get(policy) ?? []).map(({ duration }) => duration)),
  );
  return {
    first: median(times.map((fold) => fold.reduce((sum, [first = 0]) => sum + first, 0))),
    later: median(times.flatMap((fold) => fold.flatMap(([, ...later]) => later))),
  };
}

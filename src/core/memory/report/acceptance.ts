/** The learning curve: how many answers were accepted, as judged runs went by. */
import { counted, percent } from '../../common/figures';
import type { RunOutcome } from '../runRecord';
import { type Measured, wilson } from './intervals';

/** Judged runs that followed each other. */
export interface AcceptanceGroup {
  /** Places among the judged runs, from 1. */
  readonly first: number;
  readonly last: number;
  /** When the first of them began, milliseconds since the epoch. */
  readonly from: number;
  readonly judged: number;
  readonly accepted: number;
  readonly share: Measured;
}

export interface Acceptance {
  readonly words: string;
  readonly runs: number;
  readonly judged: number;
  readonly accepted: number;
  /** Of the judged runs; null where none is. */
  readonly share: Measured | null;
  readonly groups: readonly AcceptanceGroup[];
}

const SMALLEST_GROUP = 10;
const MOST_GROUPS = 12;

/** @param outcomes by run id */
export function acceptance(outcomes: readonly RunOutcome[]): Acceptance {
  const judged = outcomes.filter(({ reward }) => reward !== null);
  const size = Math.max(SMALLEST_GROUP, Math.ceil(judged.length / MOST_GROUPS));
  // A rest of less than half a group says little alone: it joins the one before.
  const count = Math.max(1, Math.round(judged.length / size));
  const groups = Array.from({ length: count }, (_, g) => {
    const [start, end] = [g * size, g === count - 1 ? judged.length : (g + 1) * size];
    return groupOf(judged.slice(start, end), start);
  }).filter((group) => group !== undefined);
  const all = groupOf(judged, 0);
  const totals = { runs: outcomes.length, judged: judged.length, accepted: all?.accepted ?? 0 };
  return { words: wordsOf(totals, groups), ...totals, share: all?.share ?? null, groups };
}

function groupOf(outcomes: readonly RunOutcome[], before: number): AcceptanceGroup | undefined {
  const counts = {
    judged: outcomes.length,
    accepted: outcomes.filter(({ reward }) => reward === 1).length,
  };
  const share = wilson(counts);
  if (share === undefined) return undefined;
  const from = outcomes[0]?.record.at ?? 0;
  return { first: before + 1, last: before + outcomes.length, from, ...counts, share };
}

function wordsOf(
  { runs, judged, accepted }: Pick<Acceptance, 'runs' | 'judged' | 'accepted'>,
  groups: readonly AcceptanceGroup[],
): string {
  if (runs === 0) return 'No run is recorded yet.';
  if (judged === 0) return `None of ${counted(runs, 'run')} is judged yet.`;
  const all = `${accepted} of ${counted(judged, 'judged run')} accepted (${percent(accepted / judged)})`;
  const [first, last] = [groups[0], groups.at(-1)];
  if (first === undefined || last === undefined || first === last) return `${all}.`;
  const early = `${percent(first.share.value)} of the first ${first.judged}`;
  return `${all}: ${early}, ${percent(last.share.value)} of the last ${last.judged}.`;
}

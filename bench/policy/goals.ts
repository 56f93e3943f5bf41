/** What policy `learned` is held to, and how far it is. */
import { mean, type Cell, type Result } from './cells';
import type { RowName } from './rows';

export interface GoalLine {
  readonly what: string;
  readonly wanted: number;
  readonly got: number;
  readonly met: boolean;
  /** The end of an interval, which says little of a few seeds. */
  readonly isBound: boolean;
}

/**
 * The share of what an oracle adds to the better of similarity and showing nothing, over all runs or the last 100;
 * undefined where nothing can be added.
 */
export function gain({ rows }: Result, over: 'all' | 'last'): number | undefined {
  const score = (row: keyof typeof rows) => mean(rows[row]?.[over] ?? []);
  const without = Math.max(score('similarity'), score('none'));
  const room = score('oracle') - without;
  return room < 0.005 ? undefined : (score('learned') - without) / room;
}

/** What `learned` is ahead of the better of similarity and showing nothing. */
export function lead({ rows }: Result): number {
  const score = (row: keyof typeof rows) => mean(rows[row]?.all ?? []);
  return score('learned') - Math.max(score('similarity'), score('none'));
}

/** The share of similarity's harm that `learned` avoids. */
export function recovered({ rows }: Result): number {
  const score = (row: keyof typeof rows) => mean(rows[row]?.all ?? []);
  return (score('learned') - score('similarity')) / (score('none') - score('similarity'));
}

/** The lower end of the 95 % interval of learned − similarity, paired by seed. */
export function lowerBound({ rows }: Result): number {
  const similarity = rows.similarity?.all ?? [];
  const differences = (rows.learned?.all ?? []).map((value, i) => value - (similarity[i] ?? 0));
  const n = differences.length;
  if (n < 2) return Number.NaN;
  const middle = mean(differences);
  const variance = differences.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (n - 1);
  return middle - studentT(n - 1) * Math.sqrt(variance / n);
}

/** The 97.5th percentile of Student's t (Abramowitz & Stegun 26.7.5). */
function studentT(freedom: number): number {
  const z = 1.959964;
  return (
    z +
    (z ** 3 + z) / (4 * freedom) +
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2) +
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * freedom ** 3)
  );
}

/** The rows that goals are about. */
export const GOAL_ROWS: readonly RowName[] = ['none', 'similarity', 'learned', 'oracle'];

/** Whether anything is wanted of `learned` in a cell. */
export const hasGoal = ({ kind, variant }: Cell): boolean =>
  variant === ''
    ? ['mixed', 'hubs', 'right', 'harmful'].includes(kind)
    : kind === 'right' && variant !== 'paper-sized';

export function goalLines(results: readonly Result[]): readonly GoalLine[] {
  return results.flatMap((result) => {
    const { kind, variant } = result.cell;
    const line = (what: string, wanted: number, got: number, isBound = false): GoalLine => ({
      what: `${nameOf(result.cell)}: ${what}`,
      wanted,
      got,
      met: got >= wanted,
      isBound,
    });
    if ((kind === 'mixed' || kind === 'hubs') && variant === '') {
      return [
        line('G', 0.3, gain(result, 'all') ?? 0),
        line('G over the last 100 runs', 0.5, gain(result, 'last') ?? 0),
      ];
    }
    if (kind === 'right' && ['', '50 % flips', 'growing'].includes(variant)) {
      return [line('learned − similarity, lower 95 % bound', -0.02, lowerBound(result), true)];
    }
    if (kind === 'harmful' && variant === '') {
      return [line('share of similarity’s harm avoided', 0.4, recovered(result))];
    }
    return [];
  });
}

export const nameOf = ({ kind, variant }: Cell): string => (variant === '' ? kind : `${kind}, ${variant}`);

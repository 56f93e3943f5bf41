/** The one table of all benchmarks, for people. */
import { type Figure, isMet } from './figure';
import type { Earlier } from './history';
import type { Outcome } from './outcome';

export interface Measured extends Outcome {
  readonly benchmark: string;
  /** More waited for a processor than there are, before it began. */
  readonly isBusy: boolean;
  /** Of each figure, where there is one. */
  readonly earlier: readonly (Earlier | undefined)[];
}

const HEADS = ['benchmark', 'figure', 'value', 'limit', '', 'before, on this machine'] as const;
/** Numbers stand under one another. */
const RIGHT = new Set([2, 3]);

export function tableOf(all: readonly Measured[]): string {
  const rows: readonly (readonly string[])[] = [HEADS, ...all.flatMap(rowsOf)];
  // A reason has no columns after it, and must not make the column of figures as wide as it is.
  const isFigure = (row: readonly string[]) => row.length === HEADS.length;
  const widths = HEADS.map((_, i) =>
    Math.max(...rows.map((row) => (isFigure(row) || i === 0 ? (row[i]?.length ?? 0) : 0))),
  );
  return rows
    .map((row) =>
      row
        .map((cell, i) => (RIGHT.has(i) ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function rowsOf({ benchmark, figures, earlier, skipped, failed }: Measured): string[][] {
  return [
    ...figures.map((figure, i) => [
      benchmark,
      figure.what,
      withUnit(figure.value, figure.unit),
      limitOf(figure),
      verdict(isMet(figure)),
      before(earlier[i], figure),
    ]),
    ...skipped.map((why) => [benchmark, `skipped: ${why}`]),
    ...(failed === undefined ? [] : [[benchmark, `FAILED: ${failed}`]]),
  ];
}

/** Missed limits and failures; what was skipped is neither. */
export const faultsIn = (all: readonly Measured[]): number =>
  all.reduce(
    (sum, { figures, failed }) =>
      sum + figures.filter((figure) => isMet(figure) === false).length + (failed === undefined ? 0 : 1),
    0,
  );

const verdict = (met: boolean | undefined): string => (met === undefined ? '' : met ? 'met' : 'MISSED');

function limitOf({ atMost, atLeast }: Figure): string {
  const most = atMost === undefined ? [] : [`≤ ${number(atMost)}`];
  const least = atLeast === undefined ? [] : [`≥ ${number(atLeast)}`];
  return [...least, ...most].join(', ');
}

/** The ratio is what compares: both are of one machine, but of other minutes. */
function before(found: Earlier | undefined, { value, unit }: Figure): string {
  if (found === undefined) return '';
  const ratio = value / found.value;
  const times = Number.isFinite(ratio) ? `, now × ${ratio.toFixed(2)}` : '';
  return `${withUnit(found.value, unit)} on ${found.date.slice(0, 10)}${times}`;
}

const withUnit = (value: number, unit: string): string => `${number(value)} ${unit}`.trim();

const LARGE = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const SMALL = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 });

const number = (value: number): string => (Math.abs(value) >= 1_000 ? LARGE : SMALL).format(value);

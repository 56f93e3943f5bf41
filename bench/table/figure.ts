/** What a benchmark is judged by: the figures in its last line with --json, and whether they are within their limits. */
import * as z from 'zod';

/** So many at most: the table of all benchmarks is to be read. */
const MOST = 12;

const FIGURE = z.object({
  /** With the sizes that it was measured at. */
  what: z.string().min(1),
  value: z.number(),
  unit: z.string(),
  atMost: z.number().optional(),
  atLeast: z.number().optional(),
});
export type Figure = z.infer<typeof FIGURE>;

export const FIGURES = z.object({ figures: z.array(FIGURE).min(1).max(MOST) });

/** Undefined where there is no limit. What could not be measured (NaN) meets none. */
export function isMet({ value, atMost, atLeast }: Figure): boolean | undefined {
  if (atMost === undefined && atLeast === undefined) return undefined;
  return (atMost === undefined || value <= atMost) && (atLeast === undefined || value >= atLeast);
}

/** For people: its limits, and whether they are met. */
export function lineOf(figure: Figure): string {
  const { what, value, unit, atMost, atLeast } = figure;
  const limits = [
    ...(atMost === undefined ? [] : [`at most ${atMost}`]),
    ...(atLeast === undefined ? [] : [`at least ${atLeast}`]),
  ].join(', ');
  const mark = limits === '' ? '       ' : isMet(figure) ? 'met    ' : 'NOT MET';
  return `${mark}  ${what}: ${Number(value.toPrecision(3))} ${unit}${limits === '' ? '' : ` (${limits})`}`;
}

/** The end of a benchmark that has said nothing else to people: each figure in a line. */
export function tellFigures(figures: readonly Figure[], json: boolean): void {
  if (!json) for (const figure of figures) console.log(lineOf(figure));
  closeWith(figures, json);
}

/** The end of a benchmark: its last line where it prints JSON, and exit code 1 where a limit is missed. */
export function closeWith(measured: readonly Figure[], json: boolean): void {
  const figures = measured.map((figure) => ({ ...figure, value: rounded(figure.value) }));
  if (json) console.log(JSON.stringify({ figures }));
  if (figures.some((figure) => isMet(figure) === false)) process.exitCode = 1;
}

/** To six digits: what comes after them is noise, and would fill the history. */
const rounded = (value: number): number => Number(value.toPrecision(6));

/** The middle one; the upper of two. NaN of none. */
export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

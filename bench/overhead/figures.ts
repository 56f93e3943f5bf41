/** The figures of a benchmark that matter, with the limits that some of them have. */

export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: 'ms' | 'MB' | 'KB' | '%' | '×' | 'tokens' | 'exponent';
  readonly atMost?: number;
  readonly atLeast?: number;
}

export const isMet = ({ value, atMost = Infinity, atLeast = -Infinity }: Figure): boolean =>
  value <= atMost && value >= atLeast;

/** Prints them, as one JSON line or as text, and has the process exit with 1 where a limit is missed. */
export function tellFigures(figures: readonly Figure[], json: boolean): void {
  if (json) console.log(JSON.stringify({ figures: figures.map(rounded) }));
  else for (const figure of figures) console.log(lineOf(figure));
  if (!figures.every(isMet)) process.exitCode = 1;
}

const rounded = (figure: Figure): Figure => ({ ...figure, value: Number(figure.value.toPrecision(4)) });

export function lineOf(figure: Figure): string {
  const { what, value, unit, atMost, atLeast } = figure;
  const limits = [
    ...(atMost === undefined ? [] : [`at most ${atMost}`]),
    ...(atLeast === undefined ? [] : [`at least ${atLeast}`]),
  ].join(', ');
  const mark = limits === '' ? '       ' : isMet(figure) ? 'met    ' : 'NOT MET';
  return `${mark}  ${what}: ${Number(value.toPrecision(3))} ${unit}${limits === '' ? '' : ` (${limits})`}`;
}

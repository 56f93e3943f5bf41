/** Numbers in words, the same in the command line, the panel and what a screen reader says. */

/** A share in [0, 1] as whole per cent: 63%. */
export const percent = (share: number): string => `${Math.round(share * 100)}%`;

/** A difference of shares in percentage points, with its sign: +10, −17, 0. */
export function points(difference: number): string {
  const rounded = Math.round(difference * 100);
  if (rounded === 0) return '0';
  return rounded < 0 ? `−${-rounded}` : `+${rounded}`;
}

/** between −3 and +20 points */
export const pointsBetween = ({ low, high }: { readonly low: number; readonly high: number }): string =>
  `between ${points(low)} and ${points(high)} points`;

/** 1 case, 2 cases, 1,200 cases */
export const counted = (count: number, noun: string, nouns = `${noun}s`): string =>
  `${grouped(count)} ${count === 1 ? noun : nouns}`;

/** 12,345 */
export const grouped = (count: number): string => count.toLocaleString('en-US');

/** US dollars. */
export function dollars(cost: number): string {
  if (cost > 0 && cost < 0.001) return 'under $0.001';
  return `$${cost.toFixed(cost < 1 ? 3 : 2)}`;
}

/** Milliseconds as 850 ms, 4.2 s, 3.5 min or 2.0 h. */
export function span(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  if (ms < 3_600_000) return `${(ms / 60_000).toFixed(1)} min`;
  return `${(ms / 3_600_000).toFixed(1)} h`;
}

/** +6 (−12 to +24), in percentage points. */
export const pointsWithin = (found: {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}): string => `${points(found.value)} (${points(found.low)} to ${points(found.high)})`;

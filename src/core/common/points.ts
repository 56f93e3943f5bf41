/** An estimate of a difference of probabilities in words: +12 points (90 %: −3 to +27). */
export const pointsWithInterval = ({
  mean,
  low,
  high,
}: {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}): string =>
  `${points(mean)} point${/^.?1$/.test(points(mean)) ? '' : 's'} (90 %: ${points(low)} to ${points(high)})`;

/** Percentage points with a sign. */
function points(value: number): string {
  const rounded = Math.round(100 * value);
  if (rounded === 0) return '0';
  return `${rounded > 0 ? '+' : '\u2212'}${Math.abs(rounded)}`;
}

/** The geometry of plots: scales, ticks and SVG paths. Lengths are in pixels, y grows downwards. */

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where a plot's marks may be; axes and labels lie around it. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export type Scale = (value: number) => number;

/** Maps `domain` onto `range`, both from end to end; a domain of one point maps to the middle. */
export function linearScale(domain: readonly [number, number], range: readonly [number, number]): Scale {
  const [from, to] = domain;
  const [start, end] = range;
  if (from === to) return () => (start + end) / 2;
  return (value) => start + ((value - from) / (to - from)) * (end - start);
}

/** About `count` round numbers (1, 2 or 5 times a power of ten apart) from at most `low` to at least `high`. */
export function niceTicks(low: number, high: number, count: number): readonly number[] {
  const step = niceStep((high - low) / Math.max(1, count));
  if (!(step > 0)) return [low];
  const [first, last] = [Math.floor(low / step + 1e-9), Math.ceil(high / step - 1e-9)];
  // From whole numbers, so that 0.1 + 0.2 is 0.3.
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

function niceStep(rough: number): number {
  if (!(rough > 0)) return 0;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = rough / power;
  return power * (factor <= 1 ? 1 : factor <= 2 ? 2 : factor <= 5 ? 5 : 10);
}

/** Whole numbers alone, for counts: from 0 to at least `high`. */
export const countTicks = (high: number, count: number): readonly number[] =>
  niceTicks(0, Math.max(1, high), count).filter(Number.isInteger);

/** Places in an order, for its axis: the first, and about `count` round ones after it, none beyond `last`. */
export const ordinalTicks = (last: number, count: number): readonly number[] => [
  1,
  ...countTicks(last, count).filter((tick) => tick > 1 && tick <= last),
];

/** A polyline. Empty for no points. */
export const linePath = (points: readonly Point[]): string =>
  points.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('');

/** The area between an upper and a lower line, each given from left to right. */
export const bandPath = (upper: readonly Point[], lower: readonly Point[]): string =>
  upper.length === 0 ? '' : `${linePath([...upper, ...lower.toReversed()])}Z`;

export interface Slot {
  /** Of the bar. */
  readonly x: number;
  readonly width: number;
  readonly middle: number;
}

/** Places for `count` bars side by side, no wider than `widest`, with a fifth of each place left free. */
export function barSlots(
  count: number,
  { left, width }: Pick<Box, 'left' | 'width'>,
  widest = 48,
): readonly Slot[] {
  const place = width / Math.max(1, count);
  const bar = Math.max(1, Math.min(widest, place * 0.8));
  return Array.from({ length: count }, (_, i) => {
    const middle = left + (i + 0.5) * place;
    return { x: middle - bar / 2, width: bar, middle };
  });
}

/** The first of every n labels, with n as small as it can be for labels of this width not to touch. */
export function everyNth(count: number, width: number, labelWidth: number): number {
  return Math.max(1, Math.ceil((count * labelWidth) / Math.max(1, width)));
}

const round = (length: number): number => Math.round(length * 100) / 100;

/** How a cost grows with a size. */
export interface Point {
  readonly size: number;
  readonly cost: number;
}

/**
 * The slope of the logarithm of the cost over that of the size, by least squares: 1 where the cost grows with the size, 2
 * with its square, 0 where it stays. Fixed costs make it smaller, so small sizes are left out: those within a factor of
 * ten of the largest one count. NaN with fewer than two of them.
 */
export function exponent(points: readonly Point[]): number {
  const largest = Math.max(...points.map(({ size }) => size));
  const logs = points
    .filter(({ size }) => size * 10 >= largest)
    .map(({ size, cost }) => ({ x: Math.log(size), y: Math.log(cost) }));
  if (logs.length < 2) return NaN;
  const [meanX, meanY] = [mean(logs.map(({ x }) => x)), mean(logs.map(({ y }) => y))];
  const covariance = mean(logs.map(({ x, y }) => (x - meanX) * (y - meanY)));
  return covariance / mean(logs.map(({ x }) => (x - meanX) ** 2));
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

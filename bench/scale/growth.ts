/** How times grow with size. */
import type { Checkpoint } from './checkpoint';
import type { Timed } from './stopwatch';

/** The median at the last checkpoint over that at the first; undefined where either was not timed. */
export function ratioOf(checkpoints: readonly Checkpoint[], what: Timed): number | undefined {
  const [first, last] = [relative(checkpoints[0], what), relative(checkpoints.at(-1), what)];
  return first === undefined || last === undefined ? undefined : last / first;
}

/** b where time grows as size^b: the slope of the logarithms by least squares. Undefined with fewer than two sizes. */
export function exponentOf(
  checkpoints: readonly Checkpoint[],
  what: Timed,
  size: (checkpoint: Checkpoint) => number,
): number | undefined {
  const points = checkpoints.flatMap((each) => {
    const time = relative(each, what);
    return time === undefined ? [] : [{ x: Math.log(size(each)), y: Math.log(time) }];
  });
  if (points.length < 2) return undefined;
  const mean = (of: (point: (typeof points)[number]) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [x, y] = [mean((point) => point.x), mean((point) => point.y)];
  const slope = mean((point) => (point.x - x) * (point.y - y));
  return slope / mean((point) => (point.x - x) ** 2);
}

/** The median, in units of what the reference took at the same time. */
function relative(at: Checkpoint | undefined, what: Timed): number | undefined {
  const [time, reference] = [at?.times[what], at?.times.reference];
  return time === undefined || reference === undefined ? undefined : time.median / reference.median;
}

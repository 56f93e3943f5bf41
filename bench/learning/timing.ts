/** Milliseconds. */
export async function timed(work: () => unknown): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** The value that the share `at` of the values does not exceed; the largest one for 1. */
export const percentile = (values: readonly number[], at: number): number =>
  values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(at * values.length) - 1)] ?? 0;

export const median = (values: readonly number[]): number => percentile(values, 0.5);

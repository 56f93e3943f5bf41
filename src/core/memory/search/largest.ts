const FEWEST_KEPT = 32;

/** The `count`th largest of the values, -Infinity where there are no more than so many. What is no number is left out. */
export function largest(values: Float32Array | Float64Array, count: number): number {
  if (values.length <= count) return -Infinity;
  const kept = new Float64Array(count + Math.max(count, FEWEST_KEPT));
  let size = 0;
  let floor = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    if (!(value > floor)) continue;
    kept[size++] = value;
    if (size < kept.length) continue;
    kept.sort();
    kept.copyWithin(0, size - count);
    size = count;
    floor = kept[0] ?? floor;
  }
  return kept.subarray(0, size).sort()[size - count] ?? -Infinity;
}

/** Random vectors of unit length that a seed decides, and which of them are truly nearest. */

export const DIMENSIONS = 512;
/** As many as are searched for. */
export const K = 4;

export interface Vectors {
  readonly count: number;
  /** count × DIMENSIONS, unit rows. */
  readonly matrix: Float32Array;
}

export const rowOf = ({ matrix }: Vectors, row: number): Float32Array =>
  matrix.subarray(row * DIMENSIONS, (row + 1) * DIMENSIONS);

export function randomVectors(count: number, seed: number): Vectors {
  const normal = normals(seed);
  const vectors = { count, matrix: new Float32Array(count * DIMENSIONS) };
  for (let row = 0; row < count; row++) {
    const values = Array.from({ length: DIMENSIONS }, normal);
    const length = Math.hypot(...values);
    rowOf(vectors, row).set(values.map((value) => value / length));
  }
  return vectors;
}

/** The rows with the largest products with the query in double precision, largest first. */
export function nearestRows(vectors: Vectors, query: Float32Array): readonly number[] {
  const products = Array.from({ length: vectors.count }, (_, row) => {
    const values = rowOf(vectors, row);
    let sum = 0;
    for (let i = 0; i < DIMENSIONS; i++) sum += values[i]! * query[i]!;
    return { row, sum };
  });
  return products
    .sort((a, b) => b.sum - a.sum)
    .slice(0, K)
    .map(({ row }) => row);
}

/** Box and Muller's, over Mulberry32. */
function normals(seed: number): () => number {
  let state = seed;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

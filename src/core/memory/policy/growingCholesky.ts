/**
 * The lower Cholesky factor L of a symmetric positive definite matrix A = LLᵀ that rows are appended to and removed
 * from: n × n, row i holding i + 1 numbers. Appending costs n²/2 multiplications, removing up to 2n².
 * Golub & Van Loan, Matrix Computations, 4th edition, 4.2 and 6.5.
 */
export class GrowingCholesky {
  readonly #rows: Float64Array[] = [];

  get size(): number {
    return this.#rows.length;
  }

  /** @param row A's new last row: n covariances with what is there, then the variance. */
  append(row: Float64Array): void {
    const n = this.#rows.length;
    const factor = row.slice(0, n + 1);
    for (const [i, other] of this.#rows.entries()) {
      factor[i] = (at(factor, i) - dot(factor, other, i)) / at(other, i);
    }
    const rest = at(factor, n) - dot(factor, factor, n);
    if (!(rest > 0)) throw new RangeError('The matrix is not positive definite.');
    factor[n] = Math.sqrt(rest);
    this.#rows.push(factor);
  }

  /** Removes row and column `index`: what lies below becomes the factor of L₃₃L₃₃ᵀ + xxᵀ, x the removed column. */
  remove(index: number): void {
    const below = this.#rows.splice(index).slice(1);
    const removed = Float64Array.from(below, (row) => at(row, index));
    for (const [i, row] of below.entries()) {
      const shorter = new Float64Array(row.length - 1);
      shorter.set(row.subarray(0, index));
      shorter.set(row.subarray(index + 1), index);
      this.#rows.push(shorter);
      below[i] = shorter;
    }
    for (let k = 0; k < below.length; k++) rotate(below, removed, k, index + k);
  }

  /** A⁻¹b. */
  solve(b: Float64Array): Float64Array {
    const x = this.halfSolve(b);
    for (let i = this.#rows.length - 1; i >= 0; i--) {
      const row = this.#rows[i];
      if (!row) break;
      const value = at(x, i) / at(row, i);
      x[i] = value;
      for (let j = 0; j < i; j++) x[j] = at(x, j) - at(row, j) * value;
    }
    return x;
  }

  /** L⁻¹b: its squared length is bᵀA⁻¹b. */
  halfSolve(b: Float64Array): Float64Array {
    const x = b.slice();
    for (const [i, row] of this.#rows.entries()) x[i] = (at(x, i) - dot(x, row, i)) / at(row, i);
    return x;
  }
}

/** Step k of the rank-one update: a Givens rotation of column `column` of the rows from k on with x. */
function rotate(rows: readonly Float64Array[], x: Float64Array, k: number, column: number): void {
  const first = rows[k];
  if (!first) return;
  const diagonal = at(first, column);
  const radius = Math.hypot(diagonal, at(x, k));
  const cosine = radius / diagonal;
  const sine = at(x, k) / diagonal;
  first[column] = radius;
  for (let i = k + 1; i < rows.length; i++) {
    const row = rows[i];
    if (!row) return;
    row[column] = (at(row, column) + sine * at(x, i)) / cosine;
    x[i] = cosine * at(x, i) - sine * at(row, column);
  }
}

const at = (values: Float64Array, i: number): number => values[i] ?? 0;

/** Over the first n elements; four sums, so that additions need not wait for each other. */
export function dot(a: Float64Array, b: Float64Array, n: number): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  let i = 0;
  for (; i + 3 < n; i += 4) {
    s0 += at(a, i) * at(b, i);
    s1 += at(a, i + 1) * at(b, i + 1);
    s2 += at(a, i + 2) * at(b, i + 2);
    s3 += at(a, i + 3) * at(b, i + 3);
  }
  for (; i < n; i++) s0 += at(a, i) * at(b, i);
  return s0 + s1 + (s2 + s3);
}

import { dot, fourDots } from './dot';

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
    const factor = row.slice(0, this.#rows.length + 1);
    this.#reduce(factor, 0);
    this.#close(factor);
  }

  /** Appends rows one after the other, four at a time, so that what is there is read a quarter as often. */
  appendAll(rows: readonly Float64Array[]): void {
    let next = 0;
    for (; next + 3 < rows.length; next += 4) this.#appendFour(rows.slice(next, next + 4));
    for (const row of rows.slice(next)) this.append(row);
  }

  #appendFour(rows: readonly Float64Array[]): void {
    const n = this.#rows.length;
    const factors = rows.map((row, r) => row.slice(0, n + r + 1));
    const sums = new Float64Array(4);
    for (const [i, other] of this.#rows.entries()) {
      fourDots(factors, other, i, sums);
      const pivot = at(other, i);
      for (const [r, factor] of factors.entries()) factor[i] = (at(factor, i) - at(sums, r)) / pivot;
    }
    for (const factor of factors) {
      this.#reduce(factor, n);
      this.#close(factor);
    }
  }

  /** Forward substitution of a new row from column `from` on. */
  #reduce(factor: Float64Array, from: number): void {
    for (let i = from; i < this.#rows.length; i++) {
      const other = this.#rows[i];
      if (other) factor[i] = (at(factor, i) - dot(factor, other, i)) / at(other, i);
    }
  }

  #close(factor: Float64Array): void {
    const n = this.#rows.length;
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
      for (let j = 0; j < i; j++) x[j] = (x[j] ?? 0) - (row[j] ?? 0) * value;
    }
    return x;
  }

  /** L⁻¹b of several b, four at a time, so that what is there is read a quarter as often. */
  halfSolveAll(all: readonly Float64Array[]): readonly Float64Array[] {
    const solved: Float64Array[] = [];
    let next = 0;
    for (; next + 3 < all.length; next += 4) solved.push(...this.#halfSolveFour(all.slice(next, next + 4)));
    return [...solved, ...all.slice(next).map((b) => this.halfSolve(b))];
  }

  #halfSolveFour(four: readonly Float64Array[]): readonly Float64Array[] {
    const solved = four.map((b) => b.slice());
    const sums = new Float64Array(4);
    for (const [i, row] of this.#rows.entries()) {
      fourDots(solved, row, i, sums);
      const pivot = at(row, i);
      for (const [r, x] of solved.entries()) x[i] = (at(x, i) - at(sums, r)) / pivot;
    }
    return solved;
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

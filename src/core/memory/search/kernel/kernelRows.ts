import type { VectorKernel } from './vectorKernel';
import { product, type VectorRows } from './vectorRows';

const FLOAT_BYTES = 4;
const PAGE_BYTES = 65_536;
/** What the kernel's inner loop takes at once. */
const STEP = 32;
/** Half of the distance from 1 to the next 32-bit float. */
const UNIT_ROUNDOFF = 2 ** -24;
/** Half of the smallest 32-bit float. */
const UNDERFLOW = 2 ** -150;

/**
 * In the memory of a kernel: the query, padded with zeros, then the rows, padded with whatever there is, then the products.
 * More room is more pages at the end, so no row ever moves.
 */
export class KernelRows implements VectorRows {
  readonly #kernel: VectorKernel;
  readonly #dimensions: number;
  /** Numbers from one row to the next. */
  readonly #stride: number;
  #memory: Float32Array;
  #capacity = 0;

  constructor(kernel: VectorKernel, dimensions: number) {
    this.#kernel = kernel;
    this.#dimensions = dimensions;
    this.#stride = Math.ceil(dimensions / STEP) * STEP;
    this.#memory = new Float32Array(kernel.memory.buffer);
  }

  reserve(rows: number): void {
    if (rows <= this.#capacity) return;
    const capacity = Math.max(rows, Math.ceil(this.#capacity * 1.125));
    const bytes = this.#start(capacity) * FLOAT_BYTES + capacity * FLOAT_BYTES;
    const pages = Math.ceil((bytes - this.#memory.byteLength) / PAGE_BYTES);
    if (pages > 0) this.#kernel.memory.grow(pages);
    this.#memory = new Float32Array(this.#kernel.memory.buffer);
    this.#capacity = capacity;
  }

  get(row: number): Float32Array {
    const start = this.#start(row);
    return this.#memory.subarray(start, start + this.#dimensions);
  }

  set(row: number, vector: Float32Array): void {
    this.#memory.set(vector, this.#start(row));
  }

  product(row: number, query: Float32Array): number {
    return product(this.#memory, this.#start(row), query);
  }

  products(query: Float32Array, count: number): Float32Array {
    this.#memory.set(query, 0);
    const [first, out] = [this.#start(0), this.#start(this.#capacity)];
    const stride = this.#stride * FLOAT_BYTES;
    this.#kernel.products(0, first * FLOAT_BYTES, count, stride, out * FLOAT_BYTES);
    return this.#memory.subarray(out, out + count);
  }

  /**
   * Of a sum of products whose terms pass n roundings each: nu / (1 - nu) · Σ|xᵢqᵢ| (Higham, Accuracy and Stability of
   * Numerical Algorithms, 2002, 3.1), and Σ|xᵢqᵢ| ≤ `scale`. n: the multiplication, an addition for each step of the
   * inner loop, three for the eight sums, two for the lanes; one more for `product`.
   */
  error(scale: number): number {
    // A sum on the way could overflow: the products say nothing.
    if (scale >= 2 ** 127) return Infinity;
    const roundings = (1 + this.#stride / STEP + 3 + 2 + 1) * UNIT_ROUNDOFF;
    return (roundings / (1 - roundings)) * scale + this.#stride * UNDERFLOW;
  }

  /** Of a row, in numbers; the query is where a row before the first one would be. */
  #start(row: number): number {
    return (row + 1) * this.#stride;
  }
}

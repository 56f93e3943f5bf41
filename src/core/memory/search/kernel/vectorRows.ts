/** Rows of as many 32-bit floats each in one block of memory, and their products with a query as long as they are. */
export interface VectorRows {
  /** Makes room for so many rows; those that there are stay. Throws RangeError where the memory does not suffice. */
  reserve(rows: number): void;
  get(row: number): Float32Array;
  set(row: number, vector: Float32Array): void;
  /** In double precision. */
  product(row: number, query: Float32Array): number;
  /** Of the first `count` rows, valid until the next call. */
  products(query: Float32Array, count: number): Float32Array | Float64Array;
  /** How far one of `products` may be from `product`, where no row's length times the query's is more than `scale`. */
  error(scale: number): number;
}

/** In plain JavaScript, for where there is no kernel. */
export class PlainRows implements VectorRows {
  #values = new Float32Array(0);
  #products = new Float64Array(0);

  constructor(private readonly dimensions: number) {}

  reserve(rows: number): void {
    const needed = rows * this.dimensions;
    if (needed <= this.#values.length) return;
    const larger = new Float32Array(Math.max(needed, Math.floor(this.#values.length * 1.5)));
    larger.set(this.#values);
    this.#values = larger;
  }

  get(row: number): Float32Array {
    return this.#values.subarray(row * this.dimensions, (row + 1) * this.dimensions);
  }

  set(row: number, vector: Float32Array): void {
    this.#values.set(vector, row * this.dimensions);
  }

  product(row: number, query: Float32Array): number {
    return product(this.#values, row * this.dimensions, query);
  }

  products(query: Float32Array, count: number): Float64Array {
    if (count > this.#products.length) this.#products = new Float64Array(Math.ceil(count * 1.5));
    for (let row = 0; row < count; row++) this.#products[row] = this.product(row, query);
    return this.#products.subarray(0, count);
  }

  error(): number {
    return 0;
  }
}

/** Of the query and as many values from `start` on, in double precision. Four sums, so that none waits for another. */
export function product(values: Float32Array, start: number, query: Float32Array): number {
  const { length } = query;
  const whole = length - (length % 4);
  // One by one: by destructuring an array it takes twice as long.
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let i = 0; i < whole; i += 4) {
    a += (values[start + i] ?? 0) * (query[i] ?? 0);
    b += (values[start + i + 1] ?? 0) * (query[i + 1] ?? 0);
    c += (values[start + i + 2] ?? 0) * (query[i + 2] ?? 0);
    d += (values[start + i + 3] ?? 0) * (query[i + 3] ?? 0);
  }
  for (let i = whole; i < length; i++) a += (values[start + i] ?? 0) * (query[i] ?? 0);
  return a + b + (c + d);
}

import { KernelRows } from './kernel/kernelRows';
import type { NewVectorKernel } from './kernel/vectorKernel';
import { PlainRows, type VectorRows } from './kernel/vectorRows';
import { largest } from './largest';

/**
 * The vectors of one encoder, resident as rows of one matrix (n × d, unit rows), so that a query reads nothing from SQL.
 * The search is an exact scan: with a kernel, 10,000 × 512 take about a millisecond, without one six.
 */
export class VectorIndex {
  readonly #newKernel: NewVectorKernel | undefined;
  #dimensions = 0;
  #matrix: VectorRows = new PlainRows(0);
  #ids: string[] = [];
  /** When each row's id was added, counted. */
  #added: number[] = [];
  #additions = 0;
  readonly #rows = new Map<string, number>();
  /** No vector that was ever added is longer. */
  #longest = 0;

  constructor(newKernel?: NewVectorKernel) {
    this.#newKernel = newKernel;
  }

  get size(): number {
    return this.#ids.length;
  }

  has(id: string): boolean {
    return this.#rows.has(id);
  }

  ids(): readonly string[] {
    return this.#ids;
  }

  /**
   * Adds, or replaces in its place. A vector that is of no use here is left out, and so is what it replaces: of another
   * length than the first one's, or with a number that is not finite. Throws RangeError where the memory does not suffice.
   */
  set(id: string, vector: Float32Array): void {
    if (this.#ids.length === 0) this.#start(vector.length);
    const length = lengthOf(vector);
    if (vector.length !== this.#dimensions || vector.length === 0 || !Number.isFinite(length)) {
      this.delete(id);
      return;
    }
    this.#longest = Math.max(this.#longest, length);
    // First the row: for a new one the matrix may have to be another.
    const row = this.#rows.get(id) ?? this.#append(id);
    this.#matrix.set(row, vector);
  }

  delete(id: string): void {
    const row = this.#rows.get(id);
    if (row === undefined) return;
    const last = this.#ids.pop();
    const added = this.#added.pop();
    this.#rows.delete(id);
    if (last === undefined || added === undefined || last === id) return;
    this.#ids[row] = last;
    this.#added[row] = added;
    this.#rows.set(last, row);
    this.#matrix.set(row, this.#matrix.get(this.#ids.length));
  }

  /** The cosine with the vector of `id`, undefined where there is none. */
  cosine(id: string, query: Float32Array): number | undefined {
    const row = this.#rows.get(id);
    return row === undefined || !this.#answers(query) ? undefined : this.#matrix.product(row, query);
  }

  /**
   * The ids of the `count` vectors nearest to the query, nearest first, by the cosine in double precision; of equal ones
   * that which was added first. A kernel's products are rounded, so they only tell which rows cannot be among them.
   */
  nearest(query: Float32Array, count: number): string[] {
    if (!this.#answers(query) || count <= 0) return [];
    const products = this.#matrix.products(query, this.#ids.length);
    const error = this.#matrix.error(this.#longest * lengthOf(query));
    const floor = largest(products, count) - 2 * error;
    const found: { readonly row: number; readonly cosine: number }[] = [];
    for (let row = 0; row < products.length; row++) {
      // Not `>=`, as a product that overflowed is no number.
      if (!((products[row] ?? 0) < floor)) found.push({ row, cosine: this.#matrix.product(row, query) });
    }
    const order = (row: number) => this.#added[row] ?? 0;
    found.sort((a, b) => b.cosine - a.cosine || order(a.row) - order(b.row));
    return found.slice(0, count).flatMap(({ row }) => this.#ids[row] ?? []);
  }

  #answers(query: Float32Array): boolean {
    return query.length === this.#dimensions && Number.isFinite(lengthOf(query));
  }

  #start(dimensions: number): void {
    if (dimensions === this.#dimensions) return;
    this.#dimensions = dimensions;
    this.#longest = 0;
    this.#matrix = new PlainRows(dimensions);
    if (dimensions === 0 || this.#newKernel === undefined) return;
    try {
      this.#matrix = new KernelRows(this.#newKernel(), dimensions);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }

  #append(id: string): number {
    this.#reserve(this.#ids.length + 1);
    const row = this.#ids.push(id) - 1;
    this.#added.push(this.#additions++);
    this.#rows.set(id, row);
    return row;
  }

  /** Where a kernel gets no more memory, its rows move to plain JavaScript's. */
  #reserve(rows: number): void {
    try {
      this.#matrix.reserve(rows);
    } catch (error) {
      if (!(error instanceof RangeError) || this.#matrix instanceof PlainRows) throw error;
      const plain = new PlainRows(this.#dimensions);
      plain.reserve(rows);
      for (let row = 0; row < this.#ids.length; row++) plain.set(row, this.#matrix.get(row));
      this.#matrix = plain;
    }
  }
}

/** The Euclidean norm; not finite where a number is not, for the square of no 32-bit float overflows. */
function lengthOf(vector: Float32Array): number {
  let squares = 0;
  for (let i = 0; i < vector.length; i++) squares += (vector[i] ?? 0) ** 2;
  return Math.sqrt(squares);
}

/**
 * The vectors of one encoder, resident as rows of one Float32Array (n × d, unit rows), so that a query reads nothing
 * from SQL. An exact scan: 10,000 × 512 takes some milliseconds.
 */
export class VectorIndex {
  #dimensions = 0;
  #matrix = new Float32Array(0);
  #ids: string[] = [];
  readonly #rows = new Map<string, number>();

  get size(): number {
    return this.#ids.length;
  }

  has(id: string): boolean {
    return this.#rows.has(id);
  }

  ids(): readonly string[] {
    return this.#ids;
  }

  /** Adds or replaces. A vector of another length than the first one's is left out: it is of no use here. */
  set(id: string, vector: Float32Array): void {
    if (this.#ids.length === 0) this.#dimensions = vector.length;
    if (vector.length !== this.#dimensions || vector.length === 0) return;
    const row = this.#rows.get(id) ?? this.#append(id);
    this.#matrix.set(vector, row * this.#dimensions);
  }

  delete(id: string): void {
    const row = this.#rows.get(id);
    if (row === undefined) return;
    const last = this.#ids.pop();
    this.#rows.delete(id);
    if (last === undefined || last === id) return;
    this.#ids[row] = last;
    this.#rows.set(last, row);
    const from = this.#ids.length * this.#dimensions;
    this.#matrix.copyWithin(row * this.#dimensions, from, from + this.#dimensions);
  }

  /** The cosine with the vector of `id`, undefined where there is none. */
  cosine(id: string, query: Float32Array): number | undefined {
    const row = this.#rows.get(id);
    return row === undefined || query.length !== this.#dimensions ? undefined : this.#dot(row, query);
  }

  /** The ids of the `count` vectors nearest to the query, nearest first. */
  nearest(query: Float32Array, count: number): string[] {
    if (query.length !== this.#dimensions || count <= 0) return [];
    const best: { id: string; cosine: number }[] = [];
    for (const [row, id] of this.#ids.entries()) {
      const cosine = this.#dot(row, query);
      if (best.length === count && cosine <= (best.at(-1)?.cosine ?? -Infinity)) continue;
      const place = best.findIndex((other) => other.cosine < cosine);
      best.splice(place < 0 ? best.length : place, 0, { id, cosine });
      if (best.length > count) best.pop();
    }
    return best.map(({ id }) => id);
  }

  #dot(row: number, query: Float32Array): number {
    const matrix = this.#matrix;
    const start = row * this.#dimensions;
    let sum = 0;
    for (let i = 0; i < this.#dimensions; i++) sum += (matrix[start + i] ?? 0) * (query[i] ?? 0);
    return sum;
  }

  #append(id: string): number {
    const row = this.#ids.push(id) - 1;
    this.#rows.set(id, row);
    const needed = this.#ids.length * this.#dimensions;
    if (needed > this.#matrix.length) {
      const larger = new Float32Array(Math.max(needed, this.#matrix.length * 2));
      larger.set(this.#matrix);
      this.#matrix = larger;
    }
    return row;
  }
}

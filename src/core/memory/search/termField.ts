/** A field of an index as it is kept on disk: of each term, the rows that have it. */
export interface FieldImage {
  readonly terms: readonly string[];
  /** How many postings each term has. */
  readonly sizes: Int32Array;
  /** Those of all terms, one term after another. */
  readonly postings: Int32Array;
  /** How long each row is. */
  readonly lengths: Int32Array;
}

/** Usual values, those of MiniSearch. */
const K = 1.2;
const B = 0.7;
const DELTA = 0.5;

/** Of a term that `having` of the documents have: the inverse document frequency, always above 0. */
export const rarityOf = (having: number, documents: number): number =>
  Math.log(1 + (documents - having + 0.5) / (having + 0.5));

/** A posting is a row and a count of up to 255 in one integer, which V8 keeps in place: for up to 8 million rows. */
const COUNT_BITS = 8;
const MOST = 2 ** COUNT_BITS - 1;
const DELETED = -1;

/** One field of a {@link TermIndex}: by term, the rows that have it. */
export class TermField {
  #postings = new Map<string, number[]>();
  /** How many terms each row has. */
  #lengths: number[] = [];
  #documents = 0;
  #totalLength = 0;

  constructor(private readonly distinctLengths: boolean) {}

  terms(): Iterable<string> {
    return this.#postings.keys();
  }

  frequency(term: string): number {
    return this.#postings.get(term)?.length ?? 0;
  }

  add(row: number, terms: readonly string[]): void {
    const counts = new Map<string, number>();
    for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
    const length = this.distinctLengths ? counts.size : terms.length;
    this.#lengths[row] = length;
    this.#documents++;
    this.#totalLength += length;
    for (const [term, count] of counts) {
      const posting = (row << COUNT_BITS) | Math.min(count, MOST);
      const postings = this.#postings.get(term);
      if (postings) postings.push(posting);
      else this.#postings.set(term, [posting]);
    }
  }

  delete(row: number): void {
    this.#documents--;
    this.#totalLength -= this.#lengths[row] ?? 0;
    this.#lengths[row] = DELETED;
  }

  /** Adds to the scores of the rows that have the term; those without a score before are put to `rows`. */
  score(term: string, weight: number, scores: Float64Array, rows: number[]): void {
    const postings = this.#postings.get(term);
    if (postings === undefined) return;
    const having = this.#having(postings);
    const rarity = rarityOf(having, this.#documents);
    const meanLength = this.#totalLength / this.#documents;
    for (const posting of postings) {
      const row = posting >> COUNT_BITS;
      const length = this.#lengths[row] ?? DELETED;
      if (length === DELETED) continue;
      const count = posting & MOST;
      const saturated = (count * (K + 1)) / (count + K * (1 - B + (B * length) / meanLength));
      const before = scores[row] ?? 0;
      if (before === 0) rows.push(row);
      scores[row] = before + weight * rarity * (DELTA + saturated);
    }
  }

  /** How many of the rows are still there. */
  #having(postings: readonly number[]): number {
    if (this.#documents === this.#lengths.length) return postings.length;
    let having = 0;
    for (const posting of postings) if (this.#lengths[posting >> COUNT_BITS] !== DELETED) having++;
    return having;
  }

  /** Puts the rows that have the term to `rows`, once, and marks them with the term's number. */
  mark(term: string, number: number, counted: Uint32Array, rows: number[]): void {
    for (const posting of this.#postings.get(term) ?? []) {
      const row = posting >> COUNT_BITS;
      if (counted[row] === number || this.#lengths[row] === DELETED) continue;
      counted[row] = number;
      rows.push(row);
    }
  }

  image(): FieldImage {
    const lists = [...this.#postings.values()];
    const postings = new Int32Array(lists.reduce((sum, list) => sum + list.length, 0));
    let end = 0;
    for (const list of lists) {
      postings.set(list, end);
      end += list.length;
    }
    return {
      terms: [...this.#postings.keys()],
      sizes: Int32Array.from(lists, (list) => list.length),
      postings,
      lengths: Int32Array.from(this.#lengths),
    };
  }

  load({ terms, sizes, postings, lengths }: FieldImage): void {
    this.#postings = new Map();
    let start = 0;
    for (const [i, term] of terms.entries()) {
      const end = start + (sizes[i] ?? 0);
      this.#postings.set(term, Array.from(postings.subarray(start, end)));
      start = end;
    }
    this.#lengths = Array.from(lengths);
    this.#documents = lengths.length;
    this.#totalLength = lengths.reduce((sum, length) => sum + length, 0);
  }

  /** @param rows the new number of each row that stays, in ascending order */
  renumber(rows: ReadonlyMap<number, number>): void {
    const kept = new Map<string, number[]>();
    for (const [term, postings] of this.#postings) {
      const renumbered: number[] = [];
      for (const posting of postings) {
        const row = rows.get(posting >> COUNT_BITS);
        if (row !== undefined) renumbered.push((row << COUNT_BITS) | (posting & MOST));
      }
      if (renumbered.length > 0) kept.set(term, renumbered);
    }
    this.#postings = kept;
    this.#lengths = Array.from(rows.keys(), (row) => this.#lengths[row] ?? 0);
  }
}

/** Whether a field's image fits together, and speaks of these rows only. */
export function isWhole({ terms, sizes, postings, lengths }: FieldImage, rows: number): boolean {
  return (
    sizes.length === terms.length &&
    lengths.length === rows &&
    sizes.every((size) => size > 0) &&
    sizes.reduce((sum, size) => sum + size, 0) === postings.length &&
    postings.every((posting) => posting >= 0 && posting >> COUNT_BITS < rows)
  );
}

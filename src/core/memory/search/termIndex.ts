import { largest } from './largest';

/** The terms of each field of an index: of a document, a term as often as it occurs. */
export type Terms = readonly (readonly string[])[];
/** The terms of each field of an index: of a query, with what each counts. */
export type Query = readonly ReadonlyMap<string, number>[];

/**
 * An inverted index, resident, with BM25+ (Lv & Zhai 2011), summed over fields. Made for what a memory does: built when
 * a bank is opened, changed case by case. Of 10,000 cases with 250 words each it is built in a fifth of the time that
 * MiniSearch takes, and a search gives ids, not objects that explain them.
 */
export class TermIndex {
  readonly #fields: readonly Field[];
  /** By row; undefined where the document was deleted. */
  #ids: (string | undefined)[] = [];
  readonly #rows = new Map<string, number>();
  #scores = new Float64Array(0);

  constructor(fields: number) {
    this.#fields = Array.from({ length: fields }, () => new Field());
  }

  get size(): number {
    return this.#rows.size;
  }

  has(id: string): boolean {
    return this.#rows.has(id);
  }

  ids(): IterableIterator<string> {
    return this.#rows.keys();
  }

  /** Of a field: those of all documents, and of some that were deleted. */
  terms(field: number): Iterable<string> {
    return this.#fields[field]?.terms() ?? [];
  }

  /** Adds or replaces. */
  set(id: string, terms: Terms): void {
    this.delete(id);
    const row = this.#ids.push(id) - 1;
    this.#rows.set(id, row);
    for (const [i, field] of this.#fields.entries()) field.add(row, terms[i] ?? []);
  }

  delete(id: string): void {
    const row = this.#rows.get(id);
    if (row === undefined) return;
    this.#rows.delete(id);
    this.#ids[row] = undefined;
    for (const field of this.#fields) field.delete(row);
    if (this.#ids.length > 2 * this.#rows.size + FEWEST_SWEPT) this.#sweep();
  }

  /** The scores by id of all documents that have one of the terms. */
  scores(query: Query): Map<string, number> {
    return new Map(this.#found(query).map(({ id, score }) => [id, score]));
  }

  /** The ids of the `count` best, best first; of equal ones the newest, for ids are ULIDs. */
  best(query: Query, count: number): string[] {
    const found = this.#found(query);
    const floor = largest(
      Float64Array.from(found, ({ score }) => score),
      count,
    );
    return found
      .filter(({ score }) => score >= floor)
      .sort((a, b) => b.score - a.score || (a.id < b.id ? 1 : -1))
      .slice(0, count)
      .map(({ id }) => id);
  }

  #found(query: Query): { readonly id: string; readonly score: number }[] {
    if (this.#scores.length < this.#ids.length) this.#scores = new Float64Array(this.#ids.length * 2);
    const scores = this.#scores;
    const rows: number[] = [];
    for (const [i, field] of this.#fields.entries()) {
      for (const [term, weight] of query[i] ?? []) field.score(term, weight, scores, rows);
    }
    return rows.flatMap((row) => {
      const [id, score] = [this.#ids[row], scores[row] ?? 0];
      scores[row] = 0;
      return id === undefined ? [] : { id, score };
    });
  }

  /** Forgets the rows of deleted documents; the others keep their order. */
  #sweep(): void {
    const rows = new Map<number, number>();
    for (const [row, id] of this.#ids.entries()) if (id !== undefined) rows.set(row, rows.size);
    for (const field of this.#fields) field.renumber(rows);
    this.#ids = this.#ids.filter((id) => id !== undefined);
    for (const [row, id] of this.#ids.entries()) if (id !== undefined) this.#rows.set(id, row);
  }
}

/** Usual values, those of MiniSearch. */
const K = 1.2;
const B = 0.7;
const DELTA = 0.5;

const FEWEST_SWEPT = 100;

/** A posting is a row and a count of up to 255 in one integer, which V8 keeps in place: for up to 8 million rows. */
const COUNT_BITS = 8;
const MOST = 2 ** COUNT_BITS - 1;
const DELETED = -1;

class Field {
  #postings = new Map<string, number[]>();
  /** How many terms each row has. */
  #lengths: number[] = [];
  #documents = 0;
  #totalLength = 0;

  terms(): Iterable<string> {
    return this.#postings.keys();
  }

  add(row: number, terms: readonly string[]): void {
    this.#lengths[row] = terms.length;
    this.#documents++;
    this.#totalLength += terms.length;
    const counts = new Map<string, number>();
    for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
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
    let having = 0;
    for (const posting of postings) if (this.#lengths[posting >> COUNT_BITS] !== DELETED) having++;
    const rarity = Math.log(1 + (this.#documents - having + 0.5) / (having + 0.5));
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

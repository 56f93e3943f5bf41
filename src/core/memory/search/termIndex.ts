import { largest } from './largest';
import { type FieldImage, isWhole, rarityOf, TermField } from './termField';

/** The terms of each field of an index: of a document, a term as often as it occurs. */
export type Terms = readonly (readonly string[])[];
/** The terms of each field of an index: of a query, with what each counts. */
export type Query = readonly ReadonlyMap<string, number>[];

export interface TermIndexOptions {
  /** A document counts as long as it has different terms, not as it has terms. */
  readonly distinctLengths?: boolean;
  /**
   * A score is multiplied by the sum of the rarities of those terms of the query that the document has: who has more of
   * them comes first, but the one name of a question weighs more than several of its common words.
   */
  readonly coordination?: boolean;
}

/** An index as it is kept on disk, without its ids: row i is that of the ith. */
export interface TermIndexImage {
  readonly fields: readonly FieldImage[];
}

/**
 * An inverted index, resident, with BM25+ (Lv & Zhai 2011), summed over fields. Made for what a memory does: built when
 * a bank is opened, changed case by case. Of 10,000 cases with 250 words each it is built in a fifth of the time that
 * MiniSearch takes, and a search gives ids, not objects that explain them.
 */
export class TermIndex<Id extends string | number = string> {
  readonly #fields: readonly TermField[];
  readonly #coordination: boolean;
  /** By row; undefined where the document was deleted. */
  #ids: (Id | undefined)[] = [];
  readonly #rows = new Map<Id, number>();
  #scores = new Float64Array(0);

  constructor(fields: number, { distinctLengths = false, coordination = false }: TermIndexOptions = {}) {
    this.#fields = Array.from({ length: fields }, () => new TermField(distinctLengths));
    this.#coordination = coordination;
  }

  get size(): number {
    return this.#rows.size;
  }

  has(id: Id): boolean {
    return this.#rows.has(id);
  }

  ids(): IterableIterator<Id> {
    return this.#rows.keys();
  }

  /** Of a field: those of all documents, and of some that were deleted. */
  terms(field: number): Iterable<string> {
    return this.#fields[field]?.terms() ?? [];
  }

  /** In how many fields of how many documents a term is; those that were deleted may still count. */
  frequency(term: string): number {
    return this.#fields.reduce((sum, field) => sum + field.frequency(term), 0);
  }

  /** Adds or replaces. */
  set(id: Id, terms: Terms): void {
    this.delete(id);
    const row = this.#ids.push(id) - 1;
    this.#rows.set(id, row);
    for (const [i, field] of this.#fields.entries()) field.add(row, terms[i] ?? []);
  }

  delete(id: Id): void {
    const row = this.#rows.get(id);
    if (row === undefined) return;
    this.#rows.delete(id);
    this.#ids[row] = undefined;
    for (const field of this.#fields) field.delete(row);
    if (this.#ids.length > 2 * this.#rows.size + FEWEST_SWEPT) this.#sweep();
  }

  /** The scores by id of all documents that have one of the terms. */
  scores(query: Query): Map<Id, number> {
    return new Map(this.#found(query).map(({ id, score }) => [id, score]));
  }

  /** The ids in the order of the rows of the image, and the image. */
  image(): { readonly ids: readonly Id[]; readonly image: TermIndexImage } {
    this.#sweep();
    return { ids: [...this.#rows.keys()], image: { fields: this.#fields.map((field) => field.image()) } };
  }

  /** Takes an image in place of all that is there; false where it is not one of so many fields and ids. */
  load(ids: readonly Id[], { fields }: TermIndexImage): boolean {
    const fits = fields.length === this.#fields.length && fields.every((image) => isWhole(image, ids.length));
    if (!fits) return false;
    this.#ids = [...ids];
    this.#rows.clear();
    for (const [row, id] of ids.entries()) this.#rows.set(id, row);
    for (const [i, field] of this.#fields.entries()) {
      const image = fields[i];
      if (image) field.load(image);
    }
    return true;
  }

  /** The ids of the `count` best, best first; of equal ones the newest, for ids are ULIDs. */
  best(query: Query, count: number): Id[] {
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

  #found(query: Query): { readonly id: Id; readonly score: number }[] {
    if (this.#scores.length < this.#ids.length) this.#scores = new Float64Array(this.#ids.length * 2);
    const scores = this.#scores;
    const rows: number[] = [];
    for (const [i, field] of this.#fields.entries()) {
      for (const [term, weight] of query[i] ?? []) field.score(term, weight, scores, rows);
    }
    const held = this.#coordination ? this.#rarityHeld(query) : undefined;
    const found: { readonly id: Id; readonly score: number }[] = [];
    for (const row of rows) {
      const id = this.#ids[row];
      const score = scores[row] ?? 0;
      scores[row] = 0;
      if (id !== undefined) found.push({ id, score: score * (held?.[row] ?? 1) });
    }
    return found;
  }

  /** By row, the sum of the rarities of the query's terms that it has, in whichever field. */
  #rarityHeld(query: Query): Float64Array {
    const held = new Float64Array(this.#ids.length);
    /** The term that a row was last counted for, from 1. */
    const counted = new Uint32Array(this.#ids.length);
    const terms = new Set(query.flatMap((weights) => [...weights.keys()]));
    let number = 0;
    for (const term of terms) {
      number++;
      const rows: number[] = [];
      for (const [i, field] of this.#fields.entries()) {
        if (query[i]?.has(term)) field.mark(term, number, counted, rows);
      }
      const rarity = rarityOf(rows.length, this.size);
      for (const row of rows) held[row] = (held[row] ?? 0) + rarity;
    }
    return held;
  }

  /** Forgets the rows of deleted documents; the others keep their order. */
  #sweep(): void {
    if (this.#ids.length === this.#rows.size) return;
    const rows = new Map<number, number>();
    for (const [row, id] of this.#ids.entries()) if (id !== undefined) rows.set(row, rows.size);
    for (const field of this.#fields) field.renumber(rows);
    this.#ids = this.#ids.filter((id) => id !== undefined);
    this.#rows.clear();
    for (const [row, id] of this.#ids.entries()) if (id !== undefined) this.#rows.set(id, row);
  }
}

const FEWEST_SWEPT = 100;

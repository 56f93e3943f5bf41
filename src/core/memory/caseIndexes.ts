import type { Case } from './case';
import { QuestionIndex } from './questionIndex';
import { rowsOf, unpackText, type SqlDatabase } from './sqlDatabase';
import { VectorIndex } from './vectorIndex';

/**
 * What a query needs of the cases that are not forgotten, resident: BM25 over questions, and vectors by encoder. Built
 * at first use. After the database was replaced only what differs is read: a question and its vector never change under
 * one id.
 */
export class CaseIndexes {
  #db: SqlDatabase;
  #questions = new QuestionIndex();
  #questionsCurrent = false;
  readonly #vectors = new Map<string, VectorIndex>();
  readonly #vectorsCurrent = new Set<string>();

  constructor(db: SqlDatabase) {
    this.#db = db;
  }

  replaceDatabase(db: SqlDatabase): void {
    this.#db = db;
    this.#questionsCurrent = false;
    this.#vectorsCurrent.clear();
  }

  questions(): QuestionIndex {
    if (!this.#questionsCurrent) {
      const rows = rowsOf(this.#db, 'SELECT id, question FROM cases WHERE forgotten_at IS NULL');
      const live = new Map(rows.map(([id, question]) => [unpackText(id), unpackText(question)]));
      for (const id of this.#questions.ids()) if (!live.has(id)) this.#questions.delete(id);
      for (const [id, question] of live) this.#questions.add(id, question);
      this.#questionsCurrent = true;
    }
    return this.#questions;
  }

  vectors(encoder: string): VectorIndex {
    const index = this.#vectors.get(encoder) ?? new VectorIndex();
    this.#vectors.set(encoder, index);
    if (!this.#vectorsCurrent.has(encoder)) {
      const from =
        'FROM vectors JOIN cases ON cases.id = case_id ' +
        'WHERE encoder = ? AND forgotten_at IS NULL AND length("values") > 0';
      const live = new Set(
        rowsOf(this.#db, `SELECT case_id ${from}`, [encoder]).map(([id]) => unpackText(id)),
      );
      for (const id of [...index.ids()]) if (!live.has(id)) index.delete(id);
      if (live.size > index.size) {
        for (const [id, blob] of rowsOf(this.#db, `SELECT case_id, "values" ${from}`, [encoder])) {
          if (blob instanceof Uint8Array) index.set(unpackText(id), floatsOf(blob));
        }
      }
      this.#vectorsCurrent.add(encoder);
    }
    return index;
  }

  /** The vectors by encoder. */
  set({ id, question }: Pick<Case, 'id' | 'question'>, vectors: ReadonlyMap<string, Float32Array>): void {
    if (this.#questionsCurrent) this.#questions.add(id, question);
    for (const [encoder, values] of vectors) {
      if (this.#vectorsCurrent.has(encoder)) this.#vectors.get(encoder)?.set(id, values);
    }
  }

  /** Forgotten: found no more. */
  delete(id: string): void {
    this.#questions.delete(id);
    for (const index of this.#vectors.values()) index.delete(id);
  }
}

export const blobOf = (values: Float32Array): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice();

/** Copied, for a row's bytes need not start where four of them may. */
export const floatsOf = (blob: Uint8Array): Float32Array =>
  new Float32Array(blob.slice().buffer, 0, Math.floor(blob.byteLength / 4));

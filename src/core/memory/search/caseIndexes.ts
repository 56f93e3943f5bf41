import type { Case } from '../case';
import type { NewVectorKernel } from './kernel/vectorKernel';
import { QuestionIndex } from './questionIndex';
import { rowsOf, unpackText, type SqlDatabase } from '../sql/sqlDatabase';
import { VectorIndex } from './vectorIndex';

const LIVE = 'FROM cases WHERE forgotten_at IS NULL';
/** Questions read and indexed at once. */
const SLICE = 200;

/**
 * What a query needs of the cases that are not forgotten, resident: BM25 over questions, and vectors by encoder. Built
 * at first use, or ahead of it. After the database was replaced only what differs is read: a question and its vector never change under
 * one id.
 */
export class CaseIndexes {
  #db: SqlDatabase;
  readonly #newKernel: NewVectorKernel | undefined;
  #questions = new QuestionIndex();
  /** The last case whose question was read; undefined once all were. */
  #questionsUpTo: string | undefined = '';
  readonly #vectors = new Map<string, VectorIndex>();
  readonly #vectorsCurrent = new Set<string>();
  /** Those of the database's vectors; undefined until all of these were looked at. */
  #encoders: Set<string> | undefined;

  constructor(db: SqlDatabase, newKernel?: NewVectorKernel) {
    this.#db = db;
    this.#newKernel = newKernel;
  }

  replaceDatabase(db: SqlDatabase): void {
    this.#db = db;
    this.#questionsUpTo = '';
    this.#vectorsCurrent.clear();
    this.#encoders = undefined;
  }

  /** Does some milliseconds' work of what the next query needs; false where nothing is left to do. */
  prepare(): boolean {
    if (this.#questionsUpTo !== undefined) {
      this.#readQuestions();
      return true;
    }
    this.#encoders ??= new Set(
      rowsOf(this.#db, 'SELECT DISTINCT encoder FROM vectors').map(([encoder]) => unpackText(encoder)),
    );
    const waiting = [...this.#encoders].find((encoder) => !this.#vectorsCurrent.has(encoder));
    if (waiting !== undefined) this.vectors(waiting);
    return waiting !== undefined;
  }

  questions(): QuestionIndex {
    while (this.#questionsUpTo !== undefined) this.#readQuestions();
    return this.#questions;
  }

  vectors(encoder: string): VectorIndex {
    const index = this.#vectors.get(encoder) ?? new VectorIndex(this.#newKernel);
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
    if (this.#questionsUpTo !== '') this.#questions.add(id, question);
    for (const [encoder, values] of vectors) {
      this.#encoders?.add(encoder);
      if (this.#vectorsCurrent.has(encoder)) this.#vectors.get(encoder)?.set(id, values);
    }
  }

  /** Forgotten: found no more. */
  delete(id: string): void {
    this.#questions.delete(id);
    for (const index of this.#vectors.values()) index.delete(id);
  }

  #readQuestions(): void {
    if (this.#questionsUpTo === '') {
      const live = new Set(rowsOf(this.#db, `SELECT id ${LIVE}`).map(([id]) => unpackText(id)));
      for (const id of this.#questions.ids()) if (!live.has(id)) this.#questions.delete(id);
    }
    const next = `SELECT id, question ${LIVE} AND id > ? ORDER BY id LIMIT ?`;
    const rows = rowsOf(this.#db, next, [this.#questionsUpTo ?? '', SLICE]);
    for (const [id, question] of rows) this.#questions.add(unpackText(id), unpackText(question));
    const last = rows.at(-1);
    this.#questionsUpTo = last && unpackText(last[0]);
  }
}

export const blobOf = (values: Float32Array): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice();

/** Copied, for a row's bytes need not start where four of them may. */
export const floatsOf = (blob: Uint8Array): Float32Array =>
  new Float32Array(blob.slice().buffer, 0, Math.floor(blob.byteLength / 4));

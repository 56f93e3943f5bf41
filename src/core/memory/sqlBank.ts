import type { Candidate, CaseBank, CaseCounts, CasePage, CaseQuery, StoredVector } from './bank';
import type { Case, Judgement } from './case';
import { blobOf, CaseIndexes } from './caseIndexes';
import { CASE_COLUMNS, caseOf, questionKey, rowOf } from './caseRow';
import { CaseTexts } from './caseTexts';
import { lexicalSimilarity } from './lexicalSimilarity';
import { migrate } from './schema';
import { fuse, similarityOf } from './similarity';
import { numberOf, packText, rowsOf, type SqlDatabase, type SqlValue, unpackText } from './sqlDatabase';

/** The bank's operations without waiting: for the thread that owns the database. */
export type SyncCaseBank = {
  [Name in Exclude<keyof CaseBank, 'warning'>]: (
    ...args: Parameters<CaseBank[Name]>
  ) => Awaited<ReturnType<CaseBank[Name]>>;
};

const NEWEST_FIRST = 'ORDER BY created_at DESC, id DESC';
const PLACEHOLDERS = CASE_COLUMNS.replace(/\w+/g, '?');
/** POLICY: this many by the embedding and as many by BM25; 40 candidates lose nothing, 8 lose a third. */
const POOL = 20;
/** Cases with the very same question that are candidates at least. */
const SAME = 5;

/**
 * The case bank over an SQLite database in memory. Every change is idempotent, so that one can be applied again to a
 * copy of the database that another process changed meanwhile. Statements are not kept: sql.js frees them at an export.
 */
export class SqlCaseBank implements SyncCaseBank {
  #db: SqlDatabase;
  readonly #indexes: CaseIndexes;
  #texts: CaseTexts | undefined;

  /** Makes the tables where there are none. Throws on an SQL error. */
  constructor(db: SqlDatabase) {
    migrate(db);
    this.#db = db;
    this.#indexes = new CaseIndexes(db);
  }

  /** Goes on with another copy of the bank; what is resident is kept where it still holds. */
  replaceDatabase(db: SqlDatabase): void {
    migrate(db);
    this.#db = db;
    this.#indexes.replaceDatabase(db);
    this.#texts = undefined;
  }

  /** A case of an id that is there already stays as it is; only its vector is set. */
  add(record: Case, vector?: StoredVector): void {
    this.#db.run(`INSERT OR IGNORE INTO cases (${CASE_COLUMNS}, question_key) VALUES (${PLACEHOLDERS}, ?)`, [
      ...rowOf(record),
      questionKey(record.question),
    ]);
    if (vector) {
      this.#db.run('INSERT OR REPLACE INTO vectors (case_id, encoder, "values") VALUES (?, ?, ?)', [
        record.id,
        vector.encoder,
        blobOf(vector.values),
      ]);
    }
    const stored = this.get(record.id);
    if (stored?.forgottenAt === null) this.#indexes.add(stored, vector);
    if (stored) this.#texts?.set(stored);
  }

  judge(caseId: string, { reward, reason, at }: Judgement): Case | undefined {
    this.#db.run('UPDATE cases SET reward = ?, reason = ?, judged_at = ? WHERE id = ?', [
      reward,
      reason === null ? null : packText(reason),
      reward === null ? null : at,
      caseId,
    ]);
    const judged = this.get(caseId);
    if (judged) this.#texts?.set(judged);
    return judged;
  }

  forget(caseId: string, at: number): boolean {
    this.#db.run('UPDATE cases SET forgotten_at = ? WHERE id = ? AND forgotten_at IS NULL', [at, caseId]);
    this.#indexes.delete(caseId);
    return this.#has(caseId);
  }

  restore(caseId: string): boolean {
    this.#db.run('UPDATE cases SET forgotten_at = NULL WHERE id = ?', [caseId]);
    this.#indexes.refresh();
    return this.#has(caseId);
  }

  /** Forgotten cases too: `forgottenAt` tells. */
  get(caseId: string): Case | undefined {
    return this.#cases('WHERE id = ?', [caseId])[0];
  }

  ofRun(runId: string): Case | undefined {
    return this.#cases(`WHERE run_id = ? ${NEWEST_FIRST} LIMIT 1`, [runId])[0];
  }

  /** Forgotten cases are left out. */
  list({ offset, limit, text }: CaseQuery): CasePage {
    if (text === undefined || text.trim() === '') {
      const page = this.#cases(`WHERE forgotten_at IS NULL ${NEWEST_FIRST} LIMIT ? OFFSET ?`, [
        limit,
        offset,
      ]);
      return { cases: page, total: this.counts().total };
    }
    const texts = (this.#texts ??= new CaseTexts(this.#cases('')));
    const found = rowsOf(this.#db, `SELECT id FROM cases WHERE forgotten_at IS NULL ${NEWEST_FIRST}`)
      .map(([id]) => unpackText(id))
      .filter((id) => texts.matches(id, text));
    return { cases: this.#byId(found.slice(offset, offset + limit)), total: found.length };
  }

  counts(): CaseCounts {
    const where = 'SELECT count(*) FROM cases WHERE forgotten_at IS NULL';
    const total = numberOf(this.#db, where);
    const accepted = numberOf(this.#db, `${where} AND reward = 1`);
    const rejected = numberOf(this.#db, `${where} AND reward = 0`);
    return { total, accepted, rejected, unjudged: total - accepted - rejected };
  }

  /**
   * The nearest by vector and the best by BM25, fused by rank; before them those of the very same question, the accepted
   * and the newest first.
   */
  candidates(question: string, vector: StoredVector | undefined, limit: number): readonly Candidate[] {
    const pool = Math.max(POOL, Math.ceil(limit / 2));
    const vectors = vector && this.#indexes.vectors(vector.encoder);
    const rankings = [
      this.#indexes.questions().search(question, pool),
      vector && vectors ? vectors.nearest(vector.values, pool) : [],
    ];
    const scores = new Map(fuse(rankings));
    for (const [rank, id] of this.#sameQuestion(question).entries()) scores.set(id, SAME - rank);
    const best = [...scores].sort(([, a], [, b]) => b - a).slice(0, limit);
    return this.#byId(best.map(([id]) => id)).map((record) => {
      const cosine = vector && vectors?.cosine(record.id, vector.values);
      const lexical = lexicalSimilarity(question, record.question);
      const same = scores.get(record.id) ?? 0;
      const similarity = same >= 1 ? 1 : similarityOf(vector?.encoder, cosine, lexical);
      return { case: record, cosine, lexical, similarity };
    });
  }

  #sameQuestion(question: string): string[] {
    return rowsOf(
      this.#db,
      'SELECT id FROM cases WHERE question_key = ? AND forgotten_at IS NULL ' +
        'ORDER BY reward IS 1 DESC, created_at DESC, id DESC LIMIT ?',
      [questionKey(question), SAME],
    ).map(([id]) => unpackText(id));
  }

  #has(caseId: string): boolean {
    return numberOf(this.#db, 'SELECT count(*) FROM cases WHERE id = ?', [caseId]) > 0;
  }

  #cases(where: string, params: SqlValue[] = []): Case[] {
    return rowsOf(this.#db, `SELECT ${CASE_COLUMNS} FROM cases ${where}`, params).map(caseOf);
  }

  /** In the order of `ids`. */
  #byId(ids: readonly string[]): Case[] {
    const found = this.#cases(`WHERE id IN (${ids.map(() => '?').join(', ')})`, [...ids]);
    const byId = new Map(found.map((record) => [record.id, record]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  }
}

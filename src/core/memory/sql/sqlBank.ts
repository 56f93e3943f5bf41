import { Emitter } from '../../common/event';
import type { CaseCounts, CaseKey, CasePage, CaseQuery, KnownRecords } from '../bank';
import type { Candidate } from '../candidate';
import type { StoredVector } from '../storedVector';
import type { Case } from '../case';
import { CaseIndexes } from '../search/caseIndexes';
import { NEWEST_FIRST, selectionOf } from './caseList';
import { CASE_COLUMNS, caseOf, questionKey } from './caseRow';
import { readState, writeState } from './caseStates';
import { CaseTexts } from '../search/caseTexts';
import { caseOfState, type CaseState, merge } from '../journal/merge';
import type { CaseOperation, Operation } from '../journal/operation';
import type { NewVectorKernel } from '../search/kernel/vectorKernel';
import { lexicalSimilarityTo } from '../search/lexicalSimilarity';
import { type ReportCase, reportCasesIn } from '../report/reportCase';
import { outcomesIn, purgeRun, putRun, type StoredOutcome } from './runRows';
import { migrate } from './schema';
import { fuse, similarityOf } from '../search/similarity';
import { numberOf, rowsOf, type SqlDatabase, type SqlValue, unpackText } from './sqlDatabase';
import type { MemoryRecord } from '../transfer/record';
import { knownRecords, recordsAfter } from '../transfer/storedRecords';

/** POLICY: this many by the embedding and as many by BM25; 40 candidates lose nothing, 8 lose a third. */
const POOL = 20;
/** Cases with the very same question that are candidates at least. */
const SAME = 5;

/**
 * The case bank over an SQLite database in memory: changed by operations (journal/changes.ts makes them), read by
 * queries. Statements are not kept: sql.js frees them at an export.
 */
export class SqlCaseBank {
  #db: SqlDatabase;
  readonly #indexes: CaseIndexes;
  #texts = this.#newTexts();
  readonly #runsChanged = new Emitter<string | undefined>();
  /** When the first of the cases that are forgotten was: Infinity with none, undefined until it is asked for. */
  #firstForgotten: number | undefined;

  /** Makes the tables where there are none. Without a kernel, vectors are compared in plain JavaScript. Throws on an SQL error. */
  constructor(db: SqlDatabase, newKernel?: NewVectorKernel) {
    migrate(db);
    this.#db = db;
    this.#indexes = new CaseIndexes(db, newKernel);
  }

  /** Goes on with another copy of the bank; what is resident is kept where it still holds. */
  replaceDatabase(db: SqlDatabase): void {
    migrate(db);
    this.#db = db;
    this.#indexes.replaceDatabase(db);
    this.#texts = this.#newTexts();
    this.#firstForgotten = undefined;
    this.#runsChanged.fire(undefined);
  }

  /** Does some milliseconds' work of what the next search needs; false where nothing is left to do. */
  prepare(): boolean {
    return this.#indexes.prepare() || this.#texts.prepare();
  }

  /** Any order and any number of times leave the same (journal/merge.ts). */
  apply(operation: Operation): void {
    if (operation.type !== 'run') this.#applyToCase(operation);
    else if (putRun(this.#db, operation)) this.#runsChanged.fire(operation.runId);
  }

  /** In one transaction, which is faster where there are many. */
  applyAll(operations: readonly Operation[]): void {
    this.#db.run('BEGIN');
    try {
      for (const operation of operations) this.apply(operation);
      this.#db.run('COMMIT');
    } catch (error) {
      this.#db.run('ROLLBACK');
      throw error;
    }
  }

  /** Fires with the id of a run of which record, judgement or case changed; with none where all may have. */
  readonly onDidChangeRun = this.#runsChanged.on;

  /** Recorded runs by id, with what was said of them, judged or not; those of forgotten cases are left out. */
  outcomes(): readonly StoredOutcome[] {
    return outcomesIn(this.#db);
  }

  /** What the report counts of the cases; forgotten ones are left out. */
  reportCases(): readonly ReportCase[] {
    return reportCasesIn(this.#db);
  }

  outcomeOf(runId: string): StoredOutcome | undefined {
    return outcomesIn(this.#db, 'runs.run_id = ?', [runId])[0];
  }

  /** The newest `limit` judged runs, by id. */
  judgedOutcomes(limit: number): readonly StoredOutcome[] {
    return outcomesIn(
      this.#db,
      `reward IS NOT NULL AND runs.run_id IN (
         SELECT run_id FROM cases WHERE reward IS NOT NULL ORDER BY run_id DESC LIMIT ?)`,
      [limit],
    );
  }

  /** Cases, newest first, whose question has no vector of the encoder yet. */
  withoutVector(encoder: string, limit: number): readonly Pick<Case, 'id' | 'question'>[] {
    return rowsOf(
      this.#db,
      `SELECT id, question FROM cases WHERE forgotten_at IS NULL AND NOT EXISTS (
         SELECT 1 FROM vectors WHERE case_id = cases.id AND encoder = ?) ${NEWEST_FIRST} LIMIT ?`,
      [encoder, limit],
    ).map(([id, question]) => ({ id: unpackText(id), question: unpackText(question) }));
  }

  /** See the port, bank.ts. */
  known(asked: { readonly cases: readonly CaseKey[]; readonly runs: readonly string[] }): KnownRecords {
    return knownRecords(this.#db, asked);
  }

  recordsAfter(place: string, limit: number): readonly MemoryRecord[] {
    return recordsAfter(this.#db, place, limit);
  }

  #applyToCase(operation: CaseOperation): void {
    const { caseId } = operation;
    if (operation.type === 'purge' && operation.runId !== undefined) {
      purgeRun(this.#db, operation.runId, operation.id);
      this.#runsChanged.fire(operation.runId);
    }
    const before = readState(this.#db, caseId);
    const after = merge(before, operation);
    if (after === before) return;
    writeState(this.#db, caseId, before, after);
    if (after.forgottenAt !== before.forgottenAt) this.#firstForgotten = undefined;
    this.#index(caseId, before, after);
    for (const runId of new Set([before.content?.value.runId, after.content?.value.runId])) {
      if (runId !== undefined) this.#runsChanged.fire(runId);
    }
  }

  /** The ids of the cases that were forgotten before `time`, in milliseconds since the epoch. */
  forgottenBefore(time: number): string[] {
    // Asked after every write, and the answer is nearly always none.
    this.#firstForgotten ??= firstForgotten(this.#db);
    if (this.#firstForgotten >= time) return [];
    const rows = rowsOf(this.#db, 'SELECT id FROM cases WHERE forgotten_at < ? ORDER BY id', [time]);
    return rows.map(([id]) => unpackText(id));
  }

  /** Forgotten cases too: `forgottenAt` tells. */
  get(caseId: string): Case | undefined {
    return this.#cases('WHERE id = ?', [caseId])[0];
  }

  ofRun(runId: string): Case | undefined {
    return this.#cases(`WHERE run_id = ? ${NEWEST_FIRST} LIMIT 1`, [runId])[0];
  }

  /** Forgotten cases are left out, or are all there is. */
  list(query: CaseQuery): CasePage {
    const { offset, limit, text, forgotten } = query;
    if (forgotten === true) return this.#forgotten(offset, limit);
    if (text === undefined || text.trim() === '') {
      const { where, params, join, order } = selectionOf(query);
      const page = `${join} ${where} ${order} LIMIT ? OFFSET ?`;
      return {
        cases: limit === 0 ? [] : this.#cases(page, [...params, limit, offset]),
        total: numberOf(this.#db, `SELECT count(*) FROM cases ${where}`, [...params]),
      };
    }
    const found = this.#texts.search(text);
    return { cases: this.#byId(found.slice(offset, offset + limit)), total: found.length };
  }

  #forgotten(offset: number, limit: number): CasePage {
    const where = 'WHERE forgotten_at IS NOT NULL';
    const order = 'ORDER BY forgotten_at DESC, id DESC LIMIT ? OFFSET ?';
    return {
      cases: this.#cases(`${where} ${order}`, [limit, offset]),
      total: numberOf(this.#db, `SELECT count(*) FROM cases ${where}`),
    };
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
    const lexicalTo = lexicalSimilarityTo(question);
    const best = [...scores].sort(([, a], [, b]) => b - a).slice(0, limit);
    return this.#byId(best.map(([id]) => id)).map((record) => {
      const cosine = vector && vectors?.cosine(record.id, vector.values);
      const lexical = lexicalTo(record.question);
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

  /** Keeps what is resident in step. */
  #index(caseId: string, before: CaseState, after: CaseState): void {
    const record = caseOfState(after);
    if (record?.forgottenAt !== null || before.content?.value.question !== record.question) {
      this.#indexes.delete(caseId);
    }
    if (record?.forgottenAt !== null) this.#texts.delete(caseId);
    if (record?.forgottenAt === null) {
      this.#texts.set(record);
      this.#indexes.set(record, new Map([...after.vectors].map(([encoder, { value }]) => [encoder, value])));
    }
  }

  #newTexts(): CaseTexts {
    return new CaseTexts((after, limit) =>
      this.#cases('WHERE forgotten_at IS NULL AND id > ? ORDER BY id LIMIT ?', [after, limit]),
    );
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

function firstForgotten(db: SqlDatabase): number {
  const [row] = rowsOf(db, 'SELECT min(forgotten_at) FROM cases');
  return typeof row?.[0] === 'number' ? row[0] : Infinity;
}

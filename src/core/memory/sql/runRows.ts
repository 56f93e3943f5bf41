/**
 * Runs in the table `runs` (schema.ts). A row is a register, like the parts of a case (journal/merge.ts): the latest
 * operation holds, and a purge leaves nothing but its own id.
 */
import { blobOf, floatsOf } from '../search/caseIndexes';
import type { RunOperation } from '../journal/operation';
import type { RunOutcome, RunRecord } from '../runRecord';
import { rowsOf, type SqlDatabase, type SqlValue, unpackText } from './sqlDatabase';

const PUT =
  'INSERT OR REPLACE INTO runs (run_id, op, purged, at, encoder, vector, record) VALUES (?, ?, ?, ?, ?, ?, ?)';

/** Whether it changed anything. */
export function putRun(db: SqlDatabase, { id, runId, record, vector }: RunOperation): boolean {
  const { op, purged } = registersOf(db, runId);
  if (op >= id || purged >= id) return false;
  const blob = vector ? blobOf(vector.values) : null;
  db.run(PUT, [runId, id, purged, record.at, vector?.encoder ?? null, blob, JSON.stringify(record)]);
  return true;
}

/** Takes back for good what was said of the run before the operation of this id. */
export function purgeRun(db: SqlDatabase, runId: string, id: string): void {
  const { op, purged } = registersOf(db, runId);
  if (purged >= id) return;
  if (op < id) db.run(PUT, [runId, '', id, null, null, null, null]);
  else db.run('UPDATE runs SET purged = ? WHERE run_id = ?', [id, runId]);
}

function registersOf(db: SqlDatabase, runId: string): { op: string; purged: string } {
  const [row] = rowsOf(db, 'SELECT op, purged FROM runs WHERE run_id = ?', [runId]);
  return { op: unpackText(row?.[0]), purged: unpackText(row?.[1]) };
}

/**
 * The runs with the rewards of their cases, by id; those whose case was forgotten are left out. Of several cases that
 * name one run, as an import may bring them, the newest counts.
 *
 * @param where an SQL condition on `runs` and the reward
 */
export function outcomesIn(
  db: SqlDatabase,
  where = 'TRUE',
  params: SqlValue[] = [],
): readonly StoredOutcome[] {
  const rows = rowsOf(
    db,
    `SELECT runs.op, encoder, vector, record, reward FROM runs LEFT JOIN cases ON cases.id = (
       SELECT id FROM cases WHERE cases.run_id = runs.run_id ORDER BY created_at DESC, id DESC LIMIT 1)
     WHERE record IS NOT NULL AND forgotten_at IS NULL AND ${where} ORDER BY runs.run_id`,
    params,
  );
  return rows.map(([op, encoder, vector, record, reward]) => ({
    op: unpackText(op),
    record: recordOf(unpackText(record), encoder, vector),
    reward: reward === 1 || reward === 0 ? reward : null,
  }));
}

/** Recorded runs as they are, whatever is known of their cases. */
export const storedRuns = (db: SqlDatabase, where: string, params: SqlValue[]): readonly RunRecord[] =>
  rowsOf(db, `SELECT encoder, vector, record FROM runs WHERE record IS NOT NULL AND ${where}`, params).map(
    ([encoder, vector, record]) => recordOf(unpackText(record), encoder, vector),
  );

export interface StoredOutcome extends RunOutcome {
  /** The operation that recorded the run. */
  readonly op: string;
}

function recordOf(text: string, encoder: SqlValue | undefined, blob: SqlValue | undefined): RunRecord {
  const vector =
    blob instanceof Uint8Array ? { encoder: unpackText(encoder), values: floatsOf(blob) } : undefined;
  return { ...(JSON.parse(text) as Omit<RunRecord, 'vector'>), vector };
}

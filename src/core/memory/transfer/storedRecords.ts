/** Cases with their vectors, and runs, out of the database: what imports compare with and exports read. */
import type { CaseKey, KnownRecords } from '../bank';
import type { StoredVector } from '../storedVector';
import { floatsOf } from '../search/caseIndexes';
import { CASE_COLUMNS, caseOf, questionKey } from '../sql/caseRow';
import { type SqlDatabase, rowsOf, type SqlValue, unpackText } from '../sql/sqlDatabase';
import { storedRuns } from '../sql/runRows';
import { contentKey, type CaseRecord, type MemoryRecord } from './record';

/** The records after `place` (record.ts), in their order; forgotten cases and their runs are left out. */
export function recordsAfter(db: SqlDatabase, place: string, limit: number): readonly MemoryRecord[] {
  const [kind, id = ''] = place.split('/');
  const cases =
    kind === 'run' ? [] : casesWhere(db, 'id > ? AND forgotten_at IS NULL ORDER BY id LIMIT ?', [id, limit]);
  const runs = storedRuns(
    db,
    `run_id > ? AND (
       SELECT forgotten_at FROM cases WHERE cases.run_id = runs.run_id
       ORDER BY created_at DESC, id DESC LIMIT 1) IS NULL ORDER BY run_id LIMIT ?`,
    [kind === 'run' ? id : '', limit - cases.length],
  );
  return [...cases, ...runs.map((run) => ({ type: 'run', run }) as const)];
}

/** What of the asked is here, forgotten cases too, and for each asked case the first one here with its content. */
export function knownRecords(
  db: SqlDatabase,
  asked: { readonly cases: readonly CaseKey[]; readonly runs: readonly string[] },
): KnownRecords {
  const ids = asked.cases.map(({ id }) => id);
  const cases = casesWhere(db, `id IN (${placeholders(ids)})`, ids);
  const runs = storedRuns(db, `run_id IN (${placeholders(asked.runs)})`, [...asked.runs]);
  return {
    records: [...cases, ...runs.map((run) => ({ type: 'run', run }) as const)],
    firsts: asked.cases.map((each) => firstLike(db, each)),
  };
}

/** Cases of one question that are compared: a file may have the same one a hundred thousand times. */
const MOST_ALIKE = 100;

/** Links lead to a case that is no duplicate itself, where there is one. */
function firstLike(db: SqlDatabase, asked: CaseKey): string | undefined {
  const key = contentKey(asked);
  const alike = rowsOf(
    db,
    `SELECT ${CASE_COLUMNS} FROM cases WHERE question_key = ? AND forgotten_at IS NULL ORDER BY created_at, id LIMIT ?`,
    [questionKey(asked.question), MOST_ALIKE],
  )
    .map(caseOf)
    .filter((record) => record.id !== asked.id && contentKey(record) === key);
  return (alike.find(({ provenance }) => provenance.duplicateOf === undefined) ?? alike[0])?.id;
}

function casesWhere(db: SqlDatabase, where: string, params: SqlValue[]): readonly CaseRecord[] {
  const found = rowsOf(db, `SELECT ${CASE_COLUMNS} FROM cases WHERE ${where}`, params).map(caseOf);
  const ids = found.map(({ id }) => id);
  const vectors = new Map<string, StoredVector[]>(ids.map((id) => [id, []]));
  const rows = rowsOf(
    db,
    `SELECT case_id, encoder, "values" FROM vectors WHERE case_id IN (${placeholders(ids)})`,
    ids,
  );
  for (const [id, encoder, blob] of rows) {
    if (!(blob instanceof Uint8Array)) continue;
    vectors.get(unpackText(id))?.push({ encoder: unpackText(encoder), values: floatsOf(blob) });
  }
  return found.map((record) => ({ type: 'case', case: record, vectors: vectors.get(record.id) ?? [] }));
}

const placeholders = (values: readonly unknown[]): string => values.map(() => '?').join(', ');

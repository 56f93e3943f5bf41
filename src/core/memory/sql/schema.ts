import { numberOf, type SqlDatabase } from './sqlDatabase';

/**
 * The database's tables, step by step: `MIGRATIONS[n]` makes version n + 1 of version n, which stands in
 * `PRAGMA user_version`. Steps of a released version are never edited.
 */
const MIGRATIONS: readonly string[] = [
  `CREATE TABLE cases (
     id TEXT PRIMARY KEY,
     run_id TEXT NOT NULL,
     question TEXT NOT NULL,
     question_key TEXT NOT NULL,
     plan TEXT NOT NULL,
     answer TEXT NOT NULL,
     short_answer TEXT NOT NULL,
     outcome TEXT NOT NULL,
     reward INTEGER,
     reason TEXT,
     created_at INTEGER NOT NULL,
     judged_at INTEGER,
     forgotten_at INTEGER,
     pinned INTEGER NOT NULL,
     tags TEXT NOT NULL,
     provenance TEXT NOT NULL
   );
   CREATE INDEX cases_by_run ON cases (run_id);
   CREATE INDEX cases_by_time ON cases (created_at, id);
   CREATE INDEX cases_by_question ON cases (question_key);
   CREATE TABLE vectors (
     case_id TEXT NOT NULL,
     encoder TEXT NOT NULL,
     "values" BLOB NOT NULL,
     PRIMARY KEY (case_id, encoder)
   );`,
  // The journal (journal/merge.ts, caseStates.ts): who set what, and how far each segment is contained in the image.
  `ALTER TABLE vectors ADD COLUMN op TEXT NOT NULL DEFAULT '';
   CREATE TABLE registers (
     case_id TEXT NOT NULL,
     field TEXT NOT NULL,
     op TEXT NOT NULL,
     value TEXT,
     PRIMARY KEY (case_id, field)
   ) WITHOUT ROWID;
   CREATE TABLE applied (
     segment TEXT PRIMARY KEY,
     "offset" INTEGER NOT NULL,
     records INTEGER NOT NULL,
     closed INTEGER NOT NULL
   ) WITHOUT ROWID;`,
  // Runs (runStates.ts), which policies learn from, and lessons.
  `ALTER TABLE cases ADD COLUMN lessons TEXT NOT NULL DEFAULT '[]';
   CREATE TABLE runs (
     run_id TEXT PRIMARY KEY,
     op TEXT NOT NULL,
     purged TEXT NOT NULL,
     at INTEGER,
     encoder TEXT,
     vector BLOB,
     record TEXT
   );
   CREATE INDEX runs_by_time ON runs (at);`,
];

/** A vector has 2 KB, as many cases do: of SQLite's usual 4 KB half would stay empty. */
const PAGE_BYTES = 16_384;

export const SCHEMA_VERSION = MIGRATIONS.length;

/** The version that the database says it has; 0 for an empty one. */
export const schemaVersion = (db: SqlDatabase): number => numberOf(db, 'PRAGMA user_version');

/** Brings an empty or older database to `SCHEMA_VERSION`; leaves one of that version or a newer one as it is. */
export function migrate(db: SqlDatabase): void {
  // Of no effect where there are tables already.
  db.run(`PRAGMA page_size = ${PAGE_BYTES}`);
  for (let version = schemaVersion(db); version < SCHEMA_VERSION; version++) {
    db.run(`BEGIN; ${MIGRATIONS[version] ?? ''} PRAGMA user_version = ${version + 1}; COMMIT;`);
  }
}

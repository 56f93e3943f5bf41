import type { Reward } from '../case';
import { rowsOf, type SqlDatabase, unpackText } from '../sql/sqlDatabase';

/** Of a case, what the report counts. */
export interface ReportCase {
  readonly caseId: string;
  readonly runId: string;
  readonly question: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly judgedAt: number | null;
  readonly reward: Reward;
}

/** The oldest first; forgotten cases are left out. */
export function reportCasesIn(db: SqlDatabase): readonly ReportCase[] {
  return rowsOf(
    db,
    `SELECT id, run_id, question, created_at, judged_at, reward FROM cases
     WHERE forgotten_at IS NULL ORDER BY created_at, id`,
  ).map(([caseId, runId, question, createdAt, judgedAt, reward]) => ({
    caseId: unpackText(caseId),
    runId: unpackText(runId),
    question: unpackText(question),
    createdAt: Number(createdAt),
    judgedAt: typeof judgedAt === 'number' ? judgedAt : null,
    reward: reward === 1 || reward === 0 ? reward : null,
  }));
}

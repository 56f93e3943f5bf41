/** A case as a row of the table `cases` (schema.ts) and back. Plan, tags and provenance are JSON. */
import { normalise } from '../../common/text';
import type { Case, Lesson, PlanTask, Provenance, Reward } from '../case';
import { packText, unpackText, type SqlValue } from './sqlDatabase';

export const CASE_COLUMNS =
  'id, run_id, question, plan, answer, short_answer, outcome, reward, reason, created_at, judged_at, forgotten_at, ' +
  'pinned, tags, provenance, lessons';

/** Two questions are the same where their keys are. */
export const questionKey = (question: string): SqlValue => packText(normalise(question));

/** The values of `CASE_COLUMNS`, in order. */
export function rowOf(record: Case): SqlValue[] {
  return [
    record.id,
    record.runId,
    packText(record.question),
    JSON.stringify(record.plan),
    packText(record.answer),
    packText(record.shortAnswer),
    record.outcome,
    record.reward,
    record.reason === null ? null : packText(record.reason),
    record.createdAt,
    record.judgedAt,
    record.forgottenAt,
    record.pinned ? 1 : 0,
    JSON.stringify(record.tags),
    JSON.stringify(record.provenance),
    JSON.stringify(record.lessons),
  ];
}

/** The case of a row of `CASE_COLUMNS`. Throws where the JSON is broken, which the file's hash rules out. */
export function caseOf(row: readonly SqlValue[]): Case {
  const [id, runId, question, plan, answer, shortAnswer, outcome, reward, reason, ...rest] = row;
  const [createdAt, judgedAt, forgottenAt, pinned, tags, provenance, lessons] = rest;
  return {
    id: unpackText(id),
    runId: unpackText(runId),
    question: unpackText(question),
    plan: JSON.parse(unpackText(plan)) as PlanTask[],
    answer: unpackText(answer),
    shortAnswer: unpackText(shortAnswer),
    outcome: outcomeOf(outcome),
    reward: rewardOf(reward),
    reason: reason === null || reason === undefined ? null : unpackText(reason),
    createdAt: Number(createdAt),
    judgedAt: timeOf(judgedAt),
    forgottenAt: timeOf(forgottenAt),
    pinned: pinned === 1,
    tags: JSON.parse(unpackText(tags)) as string[],
    provenance: JSON.parse(unpackText(provenance)) as Provenance,
    lessons: JSON.parse(unpackText(lessons)) as Lesson[],
  };
}

const rewardOf = (value: SqlValue | undefined): Reward => (value === 1 || value === 0 ? value : null);
const timeOf = (value: SqlValue | undefined): number | null => (typeof value === 'number' ? value : null);
const outcomeOf = (value: SqlValue | undefined): Case['outcome'] =>
  value === 'abstained' || value === 'exhausted' ? value : 'answered';

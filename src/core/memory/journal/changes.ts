/** What a call of the bank means in operations, given what is known when it is made. */
import type { QuestionVector } from '../bank';
import type { StoredVector } from '../storedVector';
import type { Case, CaseEdit, Judgement } from '../case';
import type { RunRecord } from '../runRecord';
import type { SqlCaseBank } from '../sql/sqlBank';
import { type MemoryRecord, placeOf } from '../transfer/record';
import type { Operation } from './operation';

export interface Change<T> {
  readonly operations: (bank: SqlCaseBank, nextId: () => string) => readonly Operation[];
  /** Asked when they are applied. */
  readonly result: (bank: SqlCaseBank) => T;
}

/** A case of an id that is there already stays as it is; only its vector is set. */
export const adding = (record: Case, vector?: StoredVector): Change<void> => ({
  operations: (bank, nextId) => {
    const caseId = record.id;
    if (!bank.get(caseId)) return [{ type: 'add', id: nextId(), caseId, case: record, vector }];
    return vector ? [{ type: 'embed', id: nextId(), caseId, vector }] : [];
  },
  result: () => undefined,
});

export const judging = (caseId: string, judgement: Judgement): Change<Case | undefined> => ({
  operations: (bank, nextId) =>
    bank.get(caseId) ? [{ type: 'judge', id: nextId(), caseId, judgement }] : [],
  result: (bank) => bank.get(caseId),
});

/** With a new question comes its vector, if the encoder reads it: the old one's has no meaning any more. */
export const editing = (
  caseId: string,
  changes: CaseEdit,
  vector?: StoredVector,
): Change<Case | undefined> => ({
  operations: (bank, nextId) => {
    if (!bank.get(caseId)) return [];
    const edit: Operation = { type: 'edit', id: nextId(), caseId, changes };
    return vector ? [edit, { type: 'embed', id: nextId(), caseId, vector }] : [edit];
  },
  result: (bank) => bank.get(caseId),
});

/** The vectors of cases that have none of this encoder; of no length for a question that it cannot read. */
export const embedding = (vectors: readonly QuestionVector[]): Change<void> => ({
  operations: (bank, nextId) =>
    vectors.flatMap(({ caseId, question, vector }) => {
      const record = bank.get(caseId);
      if (record?.question !== question) return [];
      const embed: Operation = { type: 'embed', id: nextId(), caseId, vector };
      return [embed, ...embeddingRun(bank, record, vector, nextId)];
    }),
  result: () => undefined,
});

/** A run that came without a vector (of an import, or its encoder failed) has that of its case's question. */
function embeddingRun(
  bank: SqlCaseBank,
  { runId, question }: Case,
  vector: StoredVector,
  nextId: () => string,
): readonly Operation[] {
  const run = bank.outcomeOf(runId)?.record;
  if (!run || run.vector || run.question !== question || vector.values.length === 0) return [];
  const { vector: _, ...record } = run;
  return [{ type: 'run', id: nextId(), runId, record, vector }];
}

/** Cases and runs of ids that are here already stay as they are. */
export const importing = (records: readonly MemoryRecord[]): Change<void> => ({
  operations: (bank, nextId) => {
    const runs = records.flatMap((record) => (record.type === 'run' ? [record.run.runId] : []));
    const known = new Set(bank.known({ cases: [], runs }).records.map(placeOf));
    return records
      .filter((record) => !(record.type === 'case' ? bank.get(record.case.id) : known.has(placeOf(record))))
      .flatMap((record) => importOperations(record, nextId));
  },
  result: () => undefined,
});

function importOperations(record: MemoryRecord, nextId: () => string): readonly Operation[] {
  if (record.type === 'run') {
    const { vector, ...run } = record.run;
    return [{ type: 'run', id: nextId(), runId: run.runId, record: run, vector }];
  }
  const { case: added, vectors } = record;
  const caseId = added.id;
  return [
    { type: 'add', id: nextId(), caseId, case: added },
    ...vectors.map((vector): Operation => ({ type: 'embed', id: nextId(), caseId, vector })),
  ];
}

export const recording = ({ vector, ...record }: RunRecord): Change<void> => ({
  operations: (_, nextId) => [{ type: 'run', id: nextId(), runId: record.runId, record, vector }],
  result: () => undefined,
});

export const forgetting = (caseId: string, at: number): Change<boolean> => ({
  operations: (bank, nextId) =>
    bank.get(caseId)?.forgottenAt === null ? [{ type: 'forget', id: nextId(), caseId, at }] : [],
  result: (bank) => bank.get(caseId) !== undefined,
});

export const restoring = (caseId: string): Change<boolean> => ({
  operations: (bank, nextId) =>
    (bank.get(caseId)?.forgottenAt ?? null) === null ? [] : [{ type: 'restore', id: nextId(), caseId }],
  result: (bank) => bank.get(caseId) !== undefined,
});

/** The cases that were forgotten before `time` (ms since the epoch), for good. */
export const purging = (time: number): Change<void> => ({
  operations: (bank, nextId) =>
    bank.forgottenBefore(time).map((caseId) => {
      const runId = bank.get(caseId)?.runId;
      return { type: 'purge', id: nextId(), caseId, ...(runId === undefined ? {} : { runId }) };
    }),
  result: () => undefined,
});

/** Applies the change to the bank in memory and gives its operations, for them to be kept. */
export function perform<T>(
  bank: SqlCaseBank,
  change: Change<T>,
  nextId: () => string,
): { readonly operations: readonly Operation[]; readonly result: T } {
  const operations = change.operations(bank, nextId);
  bank.applyAll(operations);
  return { operations, result: change.result(bank) };
}

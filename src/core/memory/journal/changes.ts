/** What a call of the bank means in operations, given what is known when it is made. */
import type { StoredVector } from '../bank';
import type { Case, Judgement } from '../case';
import type { SqlCaseBank } from '../sqlBank';
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
    bank.forgottenBefore(time).map((caseId) => ({ type: 'purge', id: nextId(), caseId })),
  result: () => undefined,
});

/** Applies the change to the bank in memory and gives its operations, for them to be kept. */
export function perform<T>(
  bank: SqlCaseBank,
  change: Change<T>,
  nextId: () => string,
): { readonly operations: readonly Operation[]; readonly result: T } {
  const operations = change.operations(bank, nextId);
  for (const operation of operations) bank.apply(operation);
  return { operations, result: change.result(bank) };
}

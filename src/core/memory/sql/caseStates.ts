/**
 * What is known of a case (journal/merge.ts) in the tables of schema.ts. A case whose content is known has a row in
 * `cases`, which holds the values; `registers` holds who set them, and the values that came before their case.
 */
import type { Case, CaseEdit } from '../case';
import { blobOf, floatsOf } from '../search/caseIndexes';
import { CASE_COLUMNS, caseOf, questionKey, rowOf } from './caseRow';
import { caseOfState, type CaseState, type Edits, type Register, type Verdict } from '../journal/merge';
import { BEFORE_ALL } from '../journal/operation';
import { rowsOf, type SqlDatabase, unpackText } from './sqlDatabase';

type Field = 'purged' | 'content' | 'reworded' | 'verdict' | 'forgotten' | `edit.${keyof CaseEdit}`;

const EDIT = 'edit.';
/** Lists every field that can be edited, so that the compiler asks for a new one. */
const EDITABLE: Readonly<Record<keyof CaseEdit, true>> = {
  question: true,
  plan: true,
  answer: true,
  shortAnswer: true,
  tags: true,
  pinned: true,
  lessons: true,
};

const PLACEHOLDERS = CASE_COLUMNS.replace(/\w+/g, '?');
const PUT_CASE = `INSERT OR REPLACE INTO cases (${CASE_COLUMNS}, question_key) VALUES (${PLACEHOLDERS}, ?)`;

export function readState(db: SqlDatabase, caseId: string): CaseState {
  const [row] = rowsOf(db, `SELECT ${CASE_COLUMNS} FROM cases WHERE id = ?`, [caseId]);
  const registers = readRegisters(db, caseId);
  const vectors = readVectors(db, caseId);
  const always = {
    purged: registers.get('purged')?.op,
    reworded: registers.get('reworded')?.op,
    vectors,
  };
  if (row) {
    const record = caseOf(row);
    const edits = editsIn(registers, (field) => record[field]);
    return { ...stateOfCase(record, (field) => registers.get(field)?.op), ...always, edits };
  }
  const orphan = <T>(field: Field): Register<T> | undefined => {
    const found = registers.get(field);
    return found && { op: found.op, value: JSON.parse(found.value) as T };
  };
  return {
    ...always,
    content: undefined,
    edits: editsIn(registers, (_, text) => JSON.parse(text) as unknown),
    verdict: orphan<Verdict>('verdict'),
    forgottenAt: orphan<number | null>('forgotten'),
  };
}

export function writeState(db: SqlDatabase, caseId: string, before: CaseState, after: CaseState): void {
  if (after.vectors !== before.vectors) writeVectors(db, caseId, after.vectors);
  if (
    ['purged', 'content', 'edits', 'reworded', 'verdict', 'forgottenAt'].every((key) =>
      same(before, after, key),
    )
  )
    return;
  const record = caseOfState(after);
  if (record) db.run(PUT_CASE, [...rowOf(record), questionKey(record.question)]);
  else if (before.content) db.run('DELETE FROM cases WHERE id = ?', [caseId]);
  db.run('DELETE FROM registers WHERE case_id = ?', [caseId]);
  const write = (field: Field, op: string | undefined, value: unknown) => {
    if (op === undefined) return;
    const text = record ? null : JSON.stringify(value);
    db.run('INSERT INTO registers (case_id, field, op, value) VALUES (?, ?, ?, ?)', [
      caseId,
      field,
      op,
      text,
    ]);
  };
  write('purged', after.purged, null);
  write('content', after.content?.op, null);
  write('reworded', after.reworded, null);
  for (const field of Object.keys(EDITABLE) as (keyof CaseEdit)[]) {
    const register = after.edits[field];
    write(`${EDIT}${field}`, register?.op, register?.value);
  }
  write('verdict', after.verdict?.op, after.verdict?.value);
  write('forgotten', after.forgottenAt?.op, after.forgottenAt?.value);
}

const same = (before: CaseState, after: CaseState, key: string) =>
  before[key as keyof CaseState] === after[key as keyof CaseState];

/** Where no register says who set a value, it is older than all operations: a bank from before there were any. */
function stateOfCase(
  record: Case,
  setBy: (field: Field) => string | undefined,
): Omit<CaseState, 'purged' | 'reworded' | 'edits' | 'vectors'> {
  const { reward, reason, judgedAt, forgottenAt, ...content } = record;
  const judged = reward !== null || reason !== null || judgedAt !== null;
  const verdictBy = setBy('verdict') ?? (judged ? BEFORE_ALL : undefined);
  const forgottenBy = setBy('forgotten') ?? (forgottenAt === null ? undefined : BEFORE_ALL);
  return {
    content: { op: setBy('content') ?? BEFORE_ALL, value: content },
    verdict: verdictBy === undefined ? undefined : { op: verdictBy, value: { reward, reason, judgedAt } },
    forgottenAt: forgottenBy === undefined ? undefined : { op: forgottenBy, value: forgottenAt },
  };
}

/** @param valueOf of a field, given the text of its register */
function editsIn(
  registers: ReadonlyMap<string, { op: string; value: string }>,
  valueOf: (field: keyof CaseEdit, text: string) => unknown,
): Edits {
  const fields = (Object.keys(EDITABLE) as (keyof CaseEdit)[]).flatMap((field) => {
    const register = registers.get(EDIT + field);
    return register ? [[field, { op: register.op, value: valueOf(field, register.value) }]] : [];
  });
  return Object.fromEntries(fields) as Edits;
}

function readRegisters(db: SqlDatabase, caseId: string): Map<string, { op: string; value: string }> {
  const rows = rowsOf(db, 'SELECT field, op, value FROM registers WHERE case_id = ?', [caseId]);
  return new Map(
    rows.map(([field, op, value]) => [unpackText(field), { op: unpackText(op), value: unpackText(value) }]),
  );
}

function readVectors(db: SqlDatabase, caseId: string): Map<string, Register<Float32Array>> {
  const rows = rowsOf(db, 'SELECT encoder, op, "values" FROM vectors WHERE case_id = ?', [caseId]);
  return new Map(
    rows.flatMap(([encoder, op, blob]) =>
      blob instanceof Uint8Array
        ? [[unpackText(encoder), { op: unpackText(op), value: floatsOf(blob) }] as const]
        : [],
    ),
  );
}

function writeVectors(db: SqlDatabase, caseId: string, vectors: CaseState['vectors']): void {
  db.run('DELETE FROM vectors WHERE case_id = ?', [caseId]);
  for (const [encoder, { op, value }] of vectors) {
    db.run('INSERT INTO vectors (case_id, encoder, op, "values") VALUES (?, ?, ?, ?)', [
      caseId,
      encoder,
      op,
      blobOf(value),
    ]);
  }
}

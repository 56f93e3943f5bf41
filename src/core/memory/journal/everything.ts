import { readState } from '../sql/caseStates';
import { rowsOf, type SqlDatabase, unpackText } from '../sql/sqlDatabase';
import { caseOfState } from './merge';
import { BEFORE_ALL, type Operation } from './operation';

/** All that a database knows as operations that are earlier than all others: of a bank from before there were any. */
export function* everythingIn(db: SqlDatabase): Generator<Operation> {
  for (const [id] of rowsOf(db, 'SELECT id FROM cases ORDER BY id')) {
    const caseId = unpackText(id);
    const state = readState(db, caseId);
    const record = caseOfState(state);
    if (record) yield { type: 'add', id: BEFORE_ALL, caseId, case: record };
    for (const [encoder, { value }] of state.vectors) {
      yield { type: 'embed', id: BEFORE_ALL, caseId, vector: { encoder, values: value } };
    }
  }
}

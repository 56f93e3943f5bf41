import initSqlJs from 'sql.js';
import type { CaseBank } from '../../src/core/memory/bank';
import type { Case } from '../../src/core/memory/case';
import {
  adding,
  type Change,
  forgetting,
  judging,
  perform,
  restoring,
} from '../../src/core/memory/journal/changes';
import type { SqlDatabase } from '../../src/core/memory/sqlDatabase';
import { systemIds } from '../../src/node/system';
import { SqlCaseBank } from '../../src/core/memory/sqlBank';

const sql = await initSqlJs();

/** An empty database of sql.js in this process, or one of these bytes. */
export const memoryDatabase = (bytes?: Uint8Array) => new sql.Database(bytes);

type ChangingBank = SqlCaseBank & {
  [Name in 'add' | 'judge' | 'forget' | 'restore']: (
    ...args: Parameters<CaseBank[Name]>
  ) => Awaited<ReturnType<CaseBank[Name]>>;
};

/** The bank of a database with the calls that change it, done at once. */
export function changingBank(db: SqlDatabase = memoryDatabase()): ChangingBank {
  const bank = new SqlCaseBank(db);
  const change = <T>(wanted: Change<T>): T => perform(bank, wanted, systemIds.next).result;
  return Object.assign(bank, {
    add: (...args: Parameters<CaseBank['add']>) => change(adding(...args)),
    judge: (...args: Parameters<CaseBank['judge']>) => change(judging(...args)),
    forget: (...args: Parameters<CaseBank['forget']>) => change(forgetting(...args)),
    restore: (...args: Parameters<CaseBank['restore']>) => change(restoring(...args)),
  });
}

/** A whole case bank in memory: the real one, with nothing on disk. */
export async function memoryBank(): Promise<CaseBank> {
  const bank = changingBank();
  return {
    add: async (record, vector) => bank.add(record, vector),
    judge: async (caseId, judgement) => bank.judge(caseId, judgement),
    forget: async (caseId, at) => bank.forget(caseId, at),
    restore: async (caseId) => bank.restore(caseId),
    get: async (caseId) => bank.get(caseId),
    ofRun: async (runId) => bank.ofRun(runId),
    list: async (query) => bank.list(query),
    counts: async () => bank.counts(),
    candidates: async (question, vector, limit) => bank.candidates(question, vector, limit),
    warning: async () => undefined,
  };
}

let made = 0;

/** A case with plain values for what a test does not care about; each has an id of its own, in order. */
export function someCase(parts: Partial<Case> = {}): Case {
  const n = ++made;
  const id = `01J0000000${n.toString().padStart(16, '0')}`;
  return {
    id,
    runId: id.replace('01J', '01H'),
    question: `What is thing ${n}?`,
    plan: [{ id: 1, description: `Look for thing ${n}`, dependsOn: [] }],
    answer: `It is ${n} [e1].`,
    shortAnswer: `${n}`,
    outcome: 'answered',
    reward: null,
    reason: null,
    createdAt: Date.UTC(2026, 0, 1) + n,
    judgedAt: null,
    forgottenAt: null,
    pinned: false,
    tags: [],
    provenance: {
      models: { planner: 'extractive', executor: 'extractive' },
      tools: ['search_workspace'],
      retrievedCases: [],
      usedCases: [],
      sources: [{ source: 'notes.md', title: 'Notes', hash: 'aa' }],
    },
    ...parts,
  };
}

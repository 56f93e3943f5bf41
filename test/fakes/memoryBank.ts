import initSqlJs from 'sql.js';
import type { CaseBank } from '../../src/core/memory/bank';
import type { StoredVector } from '../../src/core/memory/storedVector';
import type { Case, CaseEdit, Judgement } from '../../src/core/memory/case';
import {
  adding,
  type Change,
  editing,
  embedding,
  forgetting,
  importing,
  judging,
  perform,
  recording,
  restoring,
} from '../../src/core/memory/journal/changes';
import { decide } from '../../src/core/memory/decision/decide';
import { PolicyMemory } from '../../src/core/memory/policy/policyMemory';
import { BankReports } from '../../src/core/memory/report/bankReports';
import type { RunRecord } from '../../src/core/memory/runRecord';
import type { SqlDatabase } from '../../src/core/memory/sql/sqlDatabase';
import type { MemoryRecord } from '../../src/core/memory/transfer/record';
import { systemIds } from '../../src/node/system';
import { SqlCaseBank } from '../../src/core/memory/sql/sqlBank';

const sql = await initSqlJs();

/** An empty database of sql.js in this process, or one of these bytes. */
export const memoryDatabase = (bytes?: Uint8Array) => new sql.Database(bytes);

/** The bank of a database with the calls that change it, done at once. */
export class ChangingBank extends SqlCaseBank {
  readonly add = (record: Case, vector?: StoredVector) => this.#change(adding(record, vector));
  readonly judge = (caseId: string, judgement: Judgement) => this.#change(judging(caseId, judgement));
  readonly forget = (caseId: string, at: number) => this.#change(forgetting(caseId, at));
  readonly edit = (caseId: string, changes: CaseEdit, vector?: StoredVector) =>
    this.#change(editing(caseId, changes, vector));
  readonly record = (run: RunRecord) => this.#change(recording(run));
  readonly embed = (vectors: Parameters<typeof embedding>[0]) => this.#change(embedding(vectors));
  readonly importAll = (records: readonly MemoryRecord[]) => this.#change(importing(records));
  readonly restore = (caseId: string) => this.#change(restoring(caseId));

  #change<T>(wanted: Change<T>): T {
    return perform(this, wanted, () => systemIds.next()).result;
  }
}

export const changingBank = (db: SqlDatabase = memoryDatabase()) => new ChangingBank(db);

/** When the fake's reports are made. */
const NOW = Date.UTC(2026, 6, 1);

/** A whole case bank in memory: the real one, with nothing on disk. */
export async function memoryBank(bank = changingBank()): Promise<CaseBank> {
  const policies = new PolicyMemory(bank, new Map());
  const reports = new BankReports(bank, new Map());
  return {
    add: async (record, vector) => bank.add(record, vector),
    judge: async (caseId, judgement) => bank.judge(caseId, judgement),
    forget: async (caseId, at) => bank.forget(caseId, at),
    restore: async (caseId) => bank.restore(caseId),
    get: async (caseId) => bank.get(caseId),
    ofRun: async (runId) => bank.ofRun(runId),
    list: async (query) => bank.list(query),
    counts: async () => bank.counts(),
    edit: async (caseId, changes, vector) => bank.edit(caseId, changes, vector),
    record: async (run) => bank.record(run),
    decide: async (request) => decide(bank, policies, request),
    records: async (caseIds) => reports.records(caseIds),
    report: async () => reports.report(NOW),
    lessonCounts: async (ids) => ids.map((id) => policies.lessonCount(id)),
    withoutVector: async (encoder, limit) => bank.withoutVector(encoder, limit),
    embed: async (vectors) => bank.embed(vectors),
    known: async (asked) => bank.known(asked),
    importAll: async (records) => bank.importAll(records),
    recordsAfter: async (place, limit) => bank.recordsAfter(place, limit),
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
    lessons: [],
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

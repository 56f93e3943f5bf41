/** The bank that the benchmark writes: the real journal over sql.js, in this process. */
import { createRequire } from 'node:module';
import initSqlJs from 'sql.js';
import type { StoredVector } from '../../src/core/memory/storedVector';
import type { Case } from '../../src/core/memory/case';
import { BankJournal, type BankJournalOptions } from '../../src/node/journal/bankJournal';
import { systemIds } from '../../src/node/system';

const wasmFile = createRequire(import.meta.url).resolve('sql.js/dist/sql-wasm.wasm');
const sql = await initSqlJs({ locateFile: () => wasmFile });

export const openBank = (folder: string, options: Partial<BankJournalOptions> = {}): BankJournal =>
  new BankJournal({ folder, openDatabase: (bytes) => new sql.Database(bytes), ...options });

const DIMENSIONS = 512;

/** Numbers as an encoder gives them: of unit length. */
export function someVector(): StoredVector {
  const values = Float32Array.from({ length: DIMENSIONS }, () => Math.random() - 0.5);
  const length = Math.hypot(...values);
  return { encoder: 'bench', values: values.map((value) => value / length) };
}

/** A case of usual size: an answer of a few paragraphs with its sources. */
export function someCase(n: number): Case {
  const id = systemIds.next();
  const word = () => Math.random().toString(36).slice(2, 9);
  const words = (count: number) => Array.from({ length: count }, word).join(' ');
  return {
    id,
    runId: systemIds.next(),
    question: `What is ${words(8)} ${n}?`,
    plan: [1, 2].map((task) => ({ id: task, description: words(12), dependsOn: [] })),
    answer: words(150),
    shortAnswer: words(5),
    outcome: 'answered',
    reward: null,
    reason: null,
    createdAt: Date.now(),
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
      sources: [1, 2, 3].map(() => ({ source: `${word()}.md`, title: word(), hash: word() })),
    },
  };
}

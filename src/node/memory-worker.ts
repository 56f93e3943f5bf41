/** The memory's thread: it owns the database, the vectors and the index. Its entry point is built on its own. */
import { watch } from 'node:fs';
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { createBirpc } from 'birpc';
import initSqlJs from 'sql.js';
import type { CaseBank } from '../core/memory/bank';
import type { SqlCaseBank } from '../core/memory/sql/sqlBank';
import { decide } from '../core/memory/decision/decide';
import {
  adding,
  type Change,
  editing,
  embedding,
  forgetting,
  importing,
  judging,
  recording,
  restoring,
} from '../core/memory/journal/changes';
import { PolicyMemory } from '../core/memory/policy/policyMemory';
import type { EncoderMeans } from '../core/memory/policy/questionKernel';
import { BankReports } from '../core/memory/report/bankReports';
import { encoderMeans } from './encoderMeans';
import { BankJournal } from './journal/bankJournal';
import { isOfJournal } from './journal/layout';
import { readVectorKernel } from './vectorKernel';

export interface MemoryWorkerData {
  /** Absolute path of the bank's folder. */
  readonly folder: string;
  /** Absolute path of the folder that the build made. */
  readonly dist: string;
}

/** What the thread answers. Arguments and results are copied by the structured clone algorithm. */
export interface MemoryFunctions extends CaseBank {
  close(): Promise<void>;
}

/** What the thread calls. */
export interface MemoryListener {
  changed(): void;
}

const port = parentPort;
if (port === null) throw new Error('memory-worker is the entry of a worker thread.');
const { folder, dist } = workerData as MemoryWorkerData;

const sql = await initSqlJs({ locateFile: () => path.join(dist, 'sql-wasm.wasm') });
const newKernel = await readVectorKernel(path.join(dist, 'vector-kernel.wasm'));
const journal = new BankJournal({
  folder,
  openDatabase: (bytes) => new sql.Database(bytes),
  newKernel,
  idleMs: 500,
});

let encoderMean: EncoderMeans | undefined;
const means = () => (encoderMean ??= encoderMeans(path.join(dist, 'encoder')));
let policyMemory: PolicyMemory | undefined;
const policies = (bank: SqlCaseBank) => (policyMemory ??= new PolicyMemory(bank, means()));
let bankReports: BankReports | undefined;
const reports = (bank: SqlCaseBank) => (bankReports ??= new BankReports(bank, means()));

const LOOK_MS = 20;
let watching = false;
let looking: NodeJS.Timeout | undefined;
const IDLE_MS = 100;
let preparing: NodeJS.Timeout | undefined;

const functions: MemoryFunctions = {
  add: (record, vector) => write(adding(record, vector)),
  judge: (caseId, judgement) => write(judging(caseId, judgement)),
  forget: (caseId, at) => write(forgetting(caseId, at)),
  restore: (caseId) => write(restoring(caseId)),
  get: (caseId) => read((bank) => bank.get(caseId)),
  ofRun: (runId) => read((bank) => bank.ofRun(runId)),
  list: (query) => read((bank) => bank.list(query)),
  counts: () => read((bank) => bank.counts()),
  edit: (caseId, changes, vector) => write(editing(caseId, changes, vector)),
  record: (run) => write(recording(run)),
  decide: (request) => read((bank) => decide(bank, policies(bank), request)),
  records: (caseIds) => read((bank) => reports(bank).records(caseIds)),
  report: () => read((bank) => reports(bank).report(Date.now())),
  lessonCounts: (ids) => read((bank) => ids.map((id) => policies(bank).lessonCount(id))),
  withoutVector: (encoder, limit) => read((bank) => bank.withoutVector(encoder, limit)),
  embed: (vectors) => write(embedding(vectors)),
  known: (asked) => read((bank) => bank.known(asked)),
  importAll: (records) => write(importing(records)),
  recordsAfter: (place, limit) => read((bank) => bank.recordsAfter(place, limit)),
  warning: () => journal.warning(),
  close: () => {
    clearTimeout(preparing);
    return journal.dispose();
  },
};

// Messages wait in the port until the database is there: it only opens with its first listener.
const rpc = createBirpc<MemoryListener, MemoryFunctions>(functions, {
  post: (message: unknown) => port.postMessage(message),
  on: (listener) => port.on('message', listener),
  eventNames: ['changed'],
});
journal.onDidChange(() => {
  void rpc.changed.asEvent();
  prepareSoon();
});

async function read<T>(query: (bank: SqlCaseBank) => T): Promise<T> {
  const result = await journal.read(query);
  watchFolder();
  prepareSoon();
  return result;
}

async function write<T>(change: Change<T>): Promise<T> {
  const result = await journal.write(change);
  watchFolder();
  prepareSoon();
  return result;
}

/** So that what another window or a command learns is shown here too. With no folder yet, or no watching, it is not. */
function watchFolder(): void {
  if (watching) return;
  try {
    const watcher = watch(folder, { persistent: false }, (_event, name) => {
      if (name !== null && isOfJournal(name)) lookSoon();
    });
    watching = true;
    watcher.on('error', () => watcher.close());
  } catch {
    // Tried again with the next call.
  }
}

/** Once for all events of a moment: each append of this process is one too. */
function lookSoon(): void {
  looking ??= setTimeout(() => {
    looking = undefined;
    void journal.read(() => undefined).catch(() => undefined);
  }, LOOK_MS).unref();
}

/**
 * What the next question needs is made ready while nothing is asked, a slice at a time, so that a call waits for one at
 * most: the indexes, and then what was judged is learned.
 */
function prepareSoon(delayMs = IDLE_MS): void {
  clearTimeout(preparing);
  const slice = async () => {
    if (await journal.read((bank) => bank.prepare())) prepareSoon(0);
    else await journal.read((bank) => policies(bank).learned.update());
  };
  // A fault is told to the call that meets it.
  preparing = setTimeout(() => void slice().catch(() => undefined), delayMs).unref();
}

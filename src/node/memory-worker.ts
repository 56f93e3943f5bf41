/** The memory's thread: it owns the database, the vectors and the index. Its entry point is built on its own. */
import { watch } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { createBirpc } from 'birpc';
import initSqlJs from 'sql.js';
import type { CaseBank } from '../core/memory/bank';
import { BankFile } from './bankFile';

export interface MemoryWorkerData {
  /** Absolute path of the bank's folder. */
  readonly folder: string;
  /** Absolute path of sql.js's WebAssembly. */
  readonly wasmFile: string;
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
const { folder, wasmFile } = workerData as MemoryWorkerData;

const sql = await initSqlJs({ locateFile: () => wasmFile });
const file = new BankFile({ folder, openDatabase: (bytes) => new sql.Database(bytes) });

let watching = false;

const functions: MemoryFunctions = {
  add: (record, vector) => write((bank) => bank.add(record, vector)),
  judge: (caseId, judgement) => write((bank) => bank.judge(caseId, judgement)),
  forget: (caseId, at) => write((bank) => bank.forget(caseId, at)),
  restore: (caseId) => write((bank) => bank.restore(caseId)),
  get: (caseId) => read((bank) => bank.get(caseId)),
  ofRun: (runId) => read((bank) => bank.ofRun(runId)),
  list: (query) => read((bank) => bank.list(query)),
  counts: () => read((bank) => bank.counts()),
  candidates: (question, vector, limit) => read((bank) => bank.candidates(question, vector, limit)),
  warning: () => file.warning(),
  close: () => file.dispose(),
};

// Messages wait in the port until the database is there: it only opens with its first listener.
const rpc = createBirpc<MemoryListener, MemoryFunctions>(functions, {
  post: (message: unknown) => port.postMessage(message),
  on: (listener) => port.on('message', listener),
  eventNames: ['changed'],
});
file.onDidChange(() => void rpc.changed.asEvent());

async function read<T>(query: Parameters<typeof file.read<T>>[0]): Promise<T> {
  const result = await file.read(query);
  watchFolder();
  return result;
}

async function write<T>(change: Parameters<typeof file.write<T>>[0]): Promise<T> {
  const result = await file.write(change);
  watchFolder();
  return result;
}

/** So that what another window or a command learns is shown here too. With no folder yet, or no watching, it is not. */
function watchFolder(): void {
  if (watching) return;
  try {
    const watcher = watch(folder, { persistent: false }, (_event, name) => {
      if (name === 'cases.db') void file.read(() => undefined).catch(() => undefined);
    });
    watching = true;
    watcher.on('error', () => watcher.close());
  } catch {
    // Tried again with the next call.
  }
}

/** The case bank for a host's thread: a proxy of the memory worker, which starts with the first call. */
import { Worker } from 'node:worker_threads';
import { createBirpc } from 'birpc';
import type { Disposable } from '../core/common/disposable';
import { Emitter } from '../core/common/event';
import type { CaseBank } from '../core/memory/bank';
import type { MemoryFunctions, MemoryListener, MemoryWorkerData } from './memory-worker';

export interface CaseBankOptions {
  /** Absolute path of the folder that holds the bank; made with the first case. */
  readonly folder: string;
  /** The built src/node/memory-worker.ts. */
  readonly workerFile: string | URL;
  /** Absolute path of the folder that the build made: sql.js's WebAssembly and the encoder's assets are in it. */
  readonly dist: string;
}

export interface OpenCaseBank extends CaseBank {
  /** Fires after a change, by this process or another. */
  readonly onDidChange: (listener: () => void) => Disposable;
  /** Waits for what is under way and ends the thread. Calls after that reject. */
  dispose(): Promise<void>;
}

/**
 * Calls reject with an Error where the thread does not start or dies; the next call starts a new one. The thread keeps
 * the process alive only while a call waits.
 */
export function openCaseBank(options: CaseBankOptions): OpenCaseBank {
  const thread = new MemoryThread(options);
  return {
    add: (record, vector) => thread.call((memory) => memory.add(record, vector)),
    judge: (caseId, judgement) => thread.call((memory) => memory.judge(caseId, judgement)),
    forget: (caseId, at) => thread.call((memory) => memory.forget(caseId, at)),
    restore: (caseId) => thread.call((memory) => memory.restore(caseId)),
    get: (caseId) => thread.call((memory) => memory.get(caseId)),
    ofRun: (runId) => thread.call((memory) => memory.ofRun(runId)),
    list: (query) => thread.call((memory) => memory.list(query)),
    counts: () => thread.call((memory) => memory.counts()),
    edit: (caseId, changes, vector) => thread.call((memory) => memory.edit(caseId, changes, vector)),
    record: (run) => thread.call((memory) => memory.record(run)),
    decide: (request) => thread.call((memory) => memory.decide(request)),
    records: (caseIds) => thread.call((memory) => memory.records(caseIds)),
    report: () => thread.call((memory) => memory.report()),
    lessonCounts: (ids) => thread.call((memory) => memory.lessonCounts(ids)),
    withoutVector: (encoder, limit) => thread.call((memory) => memory.withoutVector(encoder, limit)),
    embed: (vectors) => thread.call((memory) => memory.embed(vectors)),
    known: (asked) => thread.call((memory) => memory.known(asked)),
    importAll: (records) => thread.call((memory) => memory.importAll(records)),
    recordsAfter: (place, limit) => thread.call((memory) => memory.recordsAfter(place, limit)),
    warning: () => thread.call((memory) => memory.warning()),
    onDidChange: thread.onDidChange,
    dispose: () => thread.dispose(),
  };
}

interface Running {
  readonly worker: Worker;
  readonly memory: MemoryFunctions;
}

class MemoryThread {
  readonly #options: CaseBankOptions;
  readonly #changed = new Emitter<void>();
  #running: Running | undefined;
  #waiting = 0;
  #disposed = false;

  constructor(options: CaseBankOptions) {
    this.#options = options;
  }

  readonly onDidChange = this.#changed.on;

  async call<T>(ask: (memory: MemoryFunctions) => Promise<T>): Promise<T> {
    if (this.#disposed) throw new Error('The memory was closed.');
    return this.#ask((this.#running ??= this.#start()), ask);
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    const running = this.#running;
    if (running === undefined) return;
    try {
      await this.#ask(running, (memory) => memory.close());
    } catch {
      // It died by itself; what was acknowledged is on the disk.
    }
    this.#running = undefined;
    await running.worker.terminate();
  }

  async #ask<T>(running: Running, ask: (memory: MemoryFunctions) => Promise<T>): Promise<T> {
    this.#waiting++;
    running.worker.ref();
    try {
      return await ask(running.memory);
    } finally {
      if (--this.#waiting === 0) running.worker.unref();
    }
  }

  #start(): Running {
    const { folder, dist, workerFile } = this.#options;
    const workerData: MemoryWorkerData = { folder, dist };
    // No flags of the host (a debugger, a loader): the file is plain JavaScript.
    const worker = new Worker(workerFile, { workerData, execArgv: [] });
    worker.unref();
    const listener: MemoryListener = { changed: () => this.#changed.fire() };
    const rpc = createBirpc<MemoryFunctions, MemoryListener>(listener, {
      post: (message: unknown) => worker.postMessage(message),
      on: (heard) => worker.on('message', heard),
      // A death is noticed below; until then an answer comes, however large the bank is.
      timeout: -1,
    });
    const running: Running = { worker, memory: rpc };
    const ended = (why: string, cause?: unknown) => {
      if (this.#running === running) this.#running = undefined;
      rpc.$close(new Error(`The memory's thread ended: ${why} The next use starts it anew.`, { cause }));
    };
    worker.once('error', (error) => ended(`${error.message}.`, error));
    worker.once('exit', (code) => ended(`it exited with code ${code}.`));
    return running;
  }
}

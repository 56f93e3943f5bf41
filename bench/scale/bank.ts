/**
 * The real case bank over real files, in this process, so that its memory and time can be told: journal, SQL bank,
 * policies and report as the memory's thread has them. The clock is the simulation's.
 */
import path from 'node:path';
import type { Decision, DecisionRequest } from '../../src/core/memory/bank';
import type { StoredVector } from '../../src/core/memory/storedVector';
import type { Case, Judgement } from '../../src/core/memory/case';
import { decide } from '../../src/core/memory/decision/decide';
import { adding, forgetting, importing, judging, recording } from '../../src/core/memory/journal/changes';
import { PolicyMemory } from '../../src/core/memory/policy/policyMemory';
import { BankReports } from '../../src/core/memory/report/bankReports';
import type { MemoryReport } from '../../src/core/memory/report/memoryReport';
import type { RunRecord } from '../../src/core/memory/runRecord';
import type { SqlCaseBank } from '../../src/core/memory/sql/sqlBank';
import type { MemoryRecord } from '../../src/core/memory/transfer/record';
import type { BankJournal } from '../../src/node/journal/bankJournal';
import { type Disk, nodeDisk } from '../../src/node/journal/disk';
import { readVectorKernel } from '../../src/node/vectorKernel';
import { openBank } from '../journal/bank';

const newKernel = await readVectorKernel(path.resolve(import.meta.dirname, '../../dist/vector-kernel.wasm'));

/** What was written in a bank's life. */
export interface Written {
  bytes: number;
  images: number;
}

export class ScaleBank {
  readonly folder: string;
  readonly written: Written;
  /** Milliseconds since the epoch. */
  now: number;
  readonly #journal: BankJournal;
  #policies: PolicyMemory | undefined;
  #reports: BankReports | undefined;

  constructor(folder: string, now: number, written: Written = { bytes: 0, images: 0 }) {
    [this.folder, this.now, this.written] = [folder, now, { ...written }];
    this.#journal = openBank(folder, { now: () => this.now, disk: countingDisk(this.written), newKernel });
  }

  decide(request: DecisionRequest): Promise<Decision> {
    return this.read((bank) => decide(bank, this.#policiesOf(bank), request));
  }

  /** A run that ended, with its case unless it left none; both with one write, as the product does. */
  async keep(run: RunRecord, record: Case | undefined, vector: StoredVector | undefined): Promise<void> {
    const added = record && this.#journal.write(adding(record, vector));
    await Promise.all([added, this.#journal.write(recording(run))]);
  }

  /** Until the policies know of it. */
  async judge(caseId: string, judgement: Judgement): Promise<void> {
    await this.#journal.write(judging(caseId, judgement));
    await this.learn();
  }

  async forget(caseIds: readonly string[]): Promise<void> {
    await Promise.all(caseIds.map((id) => this.#journal.write(forgetting(id, this.now))));
  }

  async importAll(records: readonly MemoryRecord[]): Promise<void> {
    await this.#journal.write(importing(records));
  }

  /** What the thread does while nothing is asked: the indexes of the next search, and what was judged. */
  async learn(): Promise<void> {
    while (await this.read((bank) => bank.prepare()));
    await this.read((bank) => this.#policiesOf(bank).learned.update());
  }

  report(): Promise<MemoryReport> {
    return this.read((bank) => (this.#reports ??= new BankReports(bank, new Map())).report(this.now));
  }

  read<T>(query: (bank: SqlCaseBank) => T): Promise<T> {
    return this.#journal.read(query);
  }

  close(): Promise<void> {
    return this.#journal.dispose();
  }

  #policiesOf(bank: SqlCaseBank): PolicyMemory {
    return (this.#policies ??= new PolicyMemory(bank, new Map()));
  }
}

/** Nothing waits for the disk: `bench journal` tells what that costs, which does not depend on the size of a bank. */
function countingDisk(written: Written): Disk {
  return {
    ...nodeDisk,
    create: (name) => {
      const file = nodeDisk.create(name);
      const append = (bytes: Uint8Array) => {
        written.bytes += bytes.length;
        file.append(bytes);
      };
      return { ...file, append, sync: () => undefined };
    },
    link: (file, name) => {
      written.images++;
      return nodeDisk.link(file, name);
    },
  };
}

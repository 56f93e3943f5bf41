import type { EncoderMeans } from '../policy/questionKernel';
import type { RunOutcome } from '../runRecord';
import type { SqlCaseBank } from '../sql/sqlBank';
import { type CaseRecord, CaseRecords } from './caseRecords';
import { memoryReport, type MemoryReport } from './memoryReport';
import { QuestionKernels } from './questionKernels';
import { settled } from './settled';

/** The reports of a bank; what is costly of them, the kernels between questions, is kept for the next one. */
export class BankReports {
  readonly #bank: SqlCaseBank;
  readonly #kernels: QuestionKernels;
  /** Of this memory's own runs, until one changes: reading all of a large bank for each tooltip takes too long. */
  #outcomes: readonly RunOutcome[] | undefined;

  constructor(bank: SqlCaseBank, means: EncoderMeans) {
    this.#bank = bank;
    this.#kernels = new QuestionKernels(means);
    bank.onDidChangeRun(() => (this.#outcomes = undefined));
  }

  /** In the order of `caseIds`; a case that was never shown, or is not there, has a record of zeros. */
  records(caseIds: readonly string[]): readonly CaseRecord[] {
    const records = new CaseRecords(settled(this.#ownOutcomes()).counted, this.#kernels);
    return caseIds.map((caseId) => records.of(caseId));
  }

  /** @param at milliseconds since the epoch */
  report(at: number): MemoryReport {
    const cases = this.#bank.reportCases();
    return memoryReport({ at, outcomes: this.#ownOutcomes(), cases, kernels: this.#kernels });
  }

  #ownOutcomes(): readonly RunOutcome[] {
    return (this.#outcomes ??= this.#bank.outcomes().filter(({ record }) => record.imported === undefined));
  }
}

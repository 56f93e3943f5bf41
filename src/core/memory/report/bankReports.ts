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

  constructor(bank: SqlCaseBank, means: EncoderMeans) {
    this.#bank = bank;
    this.#kernels = new QuestionKernels(means);
  }

  /** In the order of `caseIds`; a case that was never shown, or is not there, has a record of zeros. */
  records(caseIds: readonly string[]): readonly CaseRecord[] {
    const records = new CaseRecords(settled(this.#outcomes()).counted, this.#kernels);
    return caseIds.map((caseId) => records.of(caseId));
  }

  /** @param at milliseconds since the epoch */
  report(at: number): MemoryReport {
    const cases = this.#bank.reportCases();
    return memoryReport({ at, outcomes: this.#outcomes(), cases, kernels: this.#kernels });
  }

  /** This memory's own runs. */
  #outcomes(): readonly RunOutcome[] {
    return this.#bank.outcomes().filter(({ record }) => record.imported === undefined);
  }
}

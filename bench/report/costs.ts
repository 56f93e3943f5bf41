import { SeededRandom } from '../../src/core/memory/policy/random';
import { BankReports } from '../../src/core/memory/report/bankReports';
import { changingBank, someCase } from '../../test/fakes/memoryBank';
import { someOutcome } from '../../test/fakes/runOutcomes';

const CASES = 200;
const SHOWN = 4;
const DIMENSIONS = 512;

/** Milliseconds, of a bank in memory: what the memory's thread does, without the journal. */
export interface ReportCosts {
  readonly runs: number;
  readonly cases: number;
  /** Everything computed; nothing new; one run more. */
  readonly first: number;
  readonly next: number;
  readonly afterJudgement: number;
  /** Of 200 cases, each shown often. */
  readonly records: number;
}

export function reportCosts(runs: number): ReportCosts {
  const random = new SeededRandom(1);
  const bank = changingBank();
  const ids: string[] = [];
  const add = (n: number) => {
    const chosen =
      ids.length === 0 ? [] : Array.from({ length: SHOWN }, () => ids[random.integer(ids.length)] ?? '');
    const { record } = someOutcome(n, {
      chosen: [...new Set(chosen)],
      vector: { encoder: 'random', values: someDirection(random) },
      design: { controlRate: 0.1, control: random.next() < 0.1, dropRate: 0.1 },
    });
    const kept = someCase({ runId: record.runId, reward: random.next() < 0.6 ? 1 : 0, judgedAt: record.at });
    bank.add(kept);
    bank.record(record);
    if (ids.length < CASES) ids.push(kept.id);
  };
  for (let n = 0; n < runs; n++) add(n);
  const reports = new BankReports(bank, new Map());
  const first = timed(() => reports.report(0));
  const next = timed(() => reports.report(0));
  add(runs);
  const afterJudgement = timed(() => reports.report(0));
  return { runs, cases: runs, first, next, afterJudgement, records: timed(() => reports.records(ids)) };
}

const someDirection = (random: SeededRandom): Float32Array =>
  Float32Array.from({ length: DIMENSIONS }, () => random.normal() / Math.sqrt(DIMENSIONS));

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

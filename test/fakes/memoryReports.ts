/** Reports of simulated memories, for what shows them. */
import { QuestionKernels } from '../../src/core/memory/report/questionKernels';
import type { ReportCase } from '../../src/core/memory/report/reportCase';
import { memoryReport, type MemoryReport } from '../../src/core/memory/report/memoryReport';
import { SeededRandom } from '../../src/core/memory/policy/random';
import type { RunOutcome } from '../../src/core/memory/runRecord';
import { someOutcome } from './runOutcomes';

interface SimulatedMemory {
  readonly runs: number;
  readonly controlRate: number;
  readonly dropRate: number;
  /** What the cases that are shown add to a chance of 45 %. */
  readonly effect: number;
  readonly shareJudged: number;
}

const QUESTIONS = [
  'How deep is the harbour at low water?',
  'Which pilot station serves the northern approach, and on which channel is it called?',
  'When was the winch cable replaced?',
  'Who signed the minutes of the meeting in April?',
  'What does <b>draught</b> mean in the regulations?',
  'How many stations report the temperature each day?',
];
const START = Date.UTC(2026, 0, 5, 9);
const STEP = 7 * 3_600_000;
const caseIdOf = (n: number) => `01J${String(n).padStart(23, '0')}`;

function simulate({ runs, controlRate, dropRate, effect, shareJudged }: SimulatedMemory): MemoryReport {
  const random = new SeededRandom(4);
  const outcomes: RunOutcome[] = [];
  const cases: ReportCase[] = [];
  for (let n = 0; n < runs; n++) {
    const chosen = n < 6 ? [] : [...new Set([0, 1, 2].map(() => caseIdOf(random.integer(Math.min(n, 9)))))];
    const control = random.next() < controlRate;
    const dropped = !control && random.next() < dropRate ? (chosen[0] ?? null) : null;
    const shown = control ? [] : chosen.filter((id) => id !== dropped);
    // The third case harms.
    const harm = shown.includes(caseIdOf(2)) ? 0.55 : 0;
    const chance = Math.min(0.95, 0.45 + (shown.length > 0 ? effect : 0) - harm + (0.2 * n) / runs);
    const kind = random.integer(4);
    const judged = random.next() < shareJudged;
    const reward = judged ? (random.next() < chance ? 1 : 0) : null;
    const at = START + n * STEP;
    outcomes.push(
      someOutcome(n, {
        at,
        reward,
        chosen,
        vector: { encoder: 'test', values: Float32Array.from({ length: 4 }, (_, i) => (i === kind ? 1 : 0)) },
        decision: { expected: Math.min(0.97, chance + 0.15 * random.next()) },
        design: { control, controlRate, dropRate, dropped },
        cost: { inputTokens: 4_000 + 900 * shown.length, modelCalls: 6, cost: 0.012, duration: 21_000 + n },
      }),
    );
    const question = QUESTIONS[n % QUESTIONS.length] ?? '';
    const judgedAt = judged ? at + 3_600_000 : null;
    cases.push({
      caseId: caseIdOf(n),
      runId: outcomes[n]?.record.runId ?? '',
      question,
      createdAt: at,
      judgedAt,
      reward,
    });
  }
  return memoryReport({ at: START + runs * STEP, outcomes, cases, kernels: new QuestionKernels(new Map()) });
}

export const REPORTS = {
  empty: simulate({ runs: 0, controlRate: 0, dropRate: 0, effect: 0, shareJudged: 0 }),
  off: simulate({ runs: 24, controlRate: 0, dropRate: 0, effect: 0.2, shareJudged: 0.8 }),
  open: simulate({ runs: 160, controlRate: 0.2, dropRate: 0.1, effect: 0.2, shareJudged: 0.75 }),
  helps: simulate({ runs: 900, controlRate: 0.3, dropRate: 0.2, effect: 0.45, shareJudged: 0.9 }),
} as const;
export type ReportName = keyof typeof REPORTS;

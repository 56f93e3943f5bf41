import type {
  ChosenCase,
  DecisionRecord,
  RunCost,
  RunOutcome,
  RunRecord,
} from '../../src/core/memory/runRecord';
import type { Design } from '../../src/core/memory/retrieved';

/** What a test says of a run; all else has plain values. */
export interface RunParts extends Partial<Omit<RunRecord, 'decision' | 'cost'>> {
  readonly reward?: RunOutcome['reward'];
  readonly design?: Partial<Design>;
  readonly decision?: Partial<Omit<DecisionRecord, 'design'>>;
  /** Ids of the cases that the policy chose. */
  readonly chosen?: readonly string[];
  readonly cost?: Partial<RunCost>;
}

const START = Date.UTC(2026, 0, 5, 9);
const HOUR = 3_600_000;

export const chosenCase = (caseId: string, parts: Partial<ChosenCase> = {}): ChosenCase => ({
  caseId,
  cosine: 0.8,
  lexical: 0.1,
  similarity: 0.7,
  standing: 0.7,
  label: null,
  value: 0.7,
  advantage: null,
  pinned: false,
  ...parts,
});

/** The n-th run of a memory, an hour after the one before; with no experiment, unless `design` says otherwise. */
export function someOutcome(n: number, parts: RunParts = {}): RunOutcome {
  const { reward = null, design, decision, chosen = [], cost, ...record } = parts;
  return {
    reward,
    record: {
      runId: String(n).padStart(26, '0'),
      at: START + n * HOUR,
      question: `question ${n}`,
      vector: undefined,
      outcome: 'answered',
      reused: null,
      usedCases: [],
      ...record,
      decision: {
        policy: 'learned',
        eligible: chosen.length > 0,
        chosen: chosen.map((caseId) => chosenCase(caseId)),
        avoided: null,
        lessons: [],
        expected: null,
        ...decision,
        design: {
          control: false,
          controlRate: 0,
          dropped: null,
          dropRate: 0,
          policyVersion: 'learned/1',
          seed: n,
          ...design,
        },
      },
      cost: { inputTokens: 100, outputTokens: 20, modelCalls: 3, cost: 0.01, duration: 4_000, ...cost },
    },
  };
}

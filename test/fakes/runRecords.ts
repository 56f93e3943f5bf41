import type { RunRecord } from '../../src/core/memory/runRecord';
import type { ChosenCase, DecisionRecord } from '../../src/core/memory/runRecord';

export const chosenCase = (caseId: string, parts: Partial<ChosenCase> = {}): ChosenCase => ({
  caseId,
  cosine: 0.6,
  lexical: 0.4,
  similarity: 0.6,
  standing: 0.6,
  label: 1,
  value: 0.6,
  advantage: null,
  pinned: false,
  ...parts,
});

export const decisionRecord = (parts: Partial<DecisionRecord> = {}): DecisionRecord => ({
  policy: 'learned',
  design: { control: false, controlRate: 0, dropped: null, dropRate: 0, policyVersion: 'learned/1', seed: 1 },
  eligible: true,
  chosen: [],
  avoided: null,
  lessons: [],
  expected: null,
  ...parts,
});

/** A run's record with plain values for what a test does not care about. */
export const runRecord = (runId: string, parts: Partial<RunRecord> = {}): RunRecord => ({
  runId,
  at: 1,
  question: `Question of ${runId}?`,
  vector: undefined,
  outcome: 'answered',
  decision: decisionRecord(),
  reused: null,
  usedCases: [],
  cost: { inputTokens: 0, outputTokens: 0, modelCalls: 0, cost: 0, duration: 5 },
  ...parts,
});

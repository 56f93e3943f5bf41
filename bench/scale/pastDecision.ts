import type { ChosenCase, DecisionRecord } from '../../src/core/memory/runRecord';

/** What the log says of a run that was shown these cases, with no coins. */
export function decisionOf(caseIds: readonly string[]): DecisionRecord {
  const chosen = caseIds.map((caseId, rank): ChosenCase => ({
    caseId,
    cosine: 0.5,
    lexical: 0.3,
    similarity: 0.5 - rank / 50,
    standing: 0.5 - rank / 50,
    label: null,
    value: 0.1,
    advantage: { mean: 0.1, low: -0.1, high: 0.3 },
    pinned: false,
  }));
  const coins = { control: false, controlRate: 0, dropped: null, dropRate: 0 };
  return {
    policy: 'learned',
    design: { ...coins, policyVersion: 'learned/1', seed: 1 },
    eligible: chosen.length > 0,
    chosen,
    avoided: null,
    lessons: [],
    expected: 0.5,
  };
}

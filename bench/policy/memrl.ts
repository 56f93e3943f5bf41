import { RELEVANCE_FLOOR } from '../../src/core/memory/search/similarity';
import {
  best,
  plainValue,
  type CaseValue,
  type JudgedRun,
  type RetrievalPolicy,
} from '../../src/core/memory/policy/judgedRun';
import type { CaseFeatures } from '../../src/core/memory/runRecord';

/** The share of Q in the sum, and the step with which Q moves to a reward of 1 or -1. */
const LAMBDA = 0.5;
const STEP = 0.3;
/** How many of the most similar cases pass its gate. */
const GATE = 8;

/**
 * MemRL's rule: of the most similar cases those with the highest (1−λ)·z(similarity) + λ·z(Q),
 * Q a moving mean of the rewards of the runs that a case was shown in, z over the gate. A row of the benchmark.
 */
export class MemrlPolicy implements RetrievalPolicy {
  readonly version = 'memrl/1';
  readonly choose = best;
  readonly predict = () => null;
  readonly #runs = new Map<string, JudgedRun>();
  #q: ReadonlyMap<string, number> | undefined;
  readonly #floor: number;

  constructor(floor = RELEVANCE_FLOOR) {
    this.#floor = floor;
  }

  learn(run: JudgedRun): void {
    this.#runs.set(run.runId, run);
    this.#q = undefined;
  }

  withdraw(runId: string): boolean {
    this.#q = undefined;
    return this.#runs.delete(runId);
  }

  values(_: unknown, candidates: readonly CaseFeatures[]): readonly CaseValue[] {
    const q = (this.#q ??= movingMeans([...this.#runs.values()]));
    const gate = candidates.filter(({ similarity }) => similarity >= this.#floor).slice(0, GATE);
    const similarities = standardised(gate.map(({ similarity }) => similarity));
    const values = standardised(gate.map(({ caseId }) => q.get(caseId) ?? 0));
    const scores = new Map(
      gate.map((each, i) => [each, (1 - LAMBDA) * (similarities[i] ?? 0) + LAMBDA * (values[i] ?? 0)]),
    );
    return candidates.map((each) => plainValue(each, scores.get(each) ?? 0, !scores.has(each)));
  }
}

function movingMeans(runs: readonly JudgedRun[]): ReadonlyMap<string, number> {
  const q = new Map<string, number>();
  for (const { shown, reward, weight } of runs.toSorted((a, b) => (a.runId < b.runId ? -1 : 1))) {
    for (const { caseId } of shown) {
      const known = q.get(caseId) ?? 0;
      q.set(caseId, known + STEP * weight * ((reward === 1 ? 1 : -1) - known));
    }
  }
  return q;
}

/** Mean 0 and standard deviation 1; zeros where all are equal. */
function standardised(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return values.map((value) => (variance > 1e-18 ? (value - mean) / Math.sqrt(variance) : 0));
}

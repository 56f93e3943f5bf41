/** One policy through one world, run by run, as a user of the product would meet it. */
import type { QuestionFeatures, RetrievalPolicy } from '../../src/core/memory/policy/judgedRun';
import type { CaseFeatures } from '../../src/core/memory/runRecord';
import { VectorIndex } from '../../src/core/memory/search/vectorIndex';
import type { World } from './worlds';

const ENCODER = 'world';
/** As many as the product looks at. */
const CANDIDATES = 40;

/** A world behind the features that the product would see of it. */
export interface Setting {
  readonly world: World;
  readonly questions: readonly QuestionFeatures[];
  /** What the encoder's vectors have in common, by encoder. */
  readonly means: ReadonlyMap<string, Float32Array>;
  /** The similarity from which on a case may help. */
  readonly floor: number;
  /** By run: all cases, most similar first. */
  readonly ranked: readonly (readonly CaseFeatures[])[];
  /** At the first run a tenth of the cases exists, at the last all. */
  readonly growing: boolean;
}

/** A policy, or what stands in for one: told the run's number. */
export type Chooser =
  { readonly policy: RetrievalPolicy } | { readonly choice: (t: number) => readonly number[] };

export function settingOf(world: World, growing: boolean): Setting {
  const row = (matrix: Float32Array, i: number) => matrix.subarray(i * world.d, (i + 1) * world.d);
  const index = new VectorIndex();
  for (let j = 0; j < world.M; j++) index.set(String(j), row(world.cases, j));
  const scale = scaleOf(world, (i, j) => index.cosine(String(j), row(world.cases, i)) ?? 0);
  const questions = Array.from({ length: world.N }, (_, t) => ({
    text: `question ${t}`,
    vector: { encoder: ENCODER, values: row(world.questions, t) },
  }));
  const ranked = questions.map(({ vector }) =>
    index
      .nearest(vector.values, world.M)
      .map((id) => features(id, index.cosine(id, vector.values) ?? 0, scale.baseline, world)),
  );
  return { world, questions, means: meanOf(world), floor: scale.floor, ranked, growing };
}

/** The probability of success of each run. */
export function simulate(setting: Setting, chooser: Chooser): readonly number[] {
  const { world, questions, ranked } = setting;
  const waiting: { readonly at: number; readonly judge: () => void }[] = [];
  return questions.map((question, t) => {
    if ('choice' in chooser) return world.success(t, chooser.choice(t));
    for (const late of waiting.filter(({ at }) => at <= t)) {
      late.judge();
      waiting.splice(waiting.indexOf(late), 1);
    }
    const exists = setting.growing ? Math.floor(world.M * (0.1 + (0.9 * t) / world.N)) : world.M;
    const candidates = (ranked[t] ?? []).filter(({ caseId }) => Number(caseId) < exists).slice(0, CANDIDATES);
    const { policy } = chooser;
    const shown = policy
      .choose(policy.values(question, candidates, 'brief'), world.k)
      .map((value) => value.features);
    const ids = shown.map(({ caseId }) => Number(caseId));
    const { reward, arrives } = world.step(t, ids);
    if (reward !== null) {
      const runId = String(t).padStart(26, '0');
      const judge = () => policy.learn({ runId, question, shown, reward, weight: 1 });
      waiting.push({ at: arrives + 1, judge });
    }
    return world.success(t, ids);
  });
}

function features(id: string, cosine: number, baseline: number, { caseReward }: World): CaseFeatures {
  const similarity = Math.min(1, Math.max(0, (cosine - baseline) / (1 - baseline)));
  const label = caseReward[Number(id)] === 1 ? 1 : 0;
  return { caseId: id, cosine, lexical: 0, similarity, standing: similarity, label };
}

/**
 * What similarity.ts has measured for the product's encoder, measured for the world's: the median cosine of two
 * unrelated texts, and where unrelatedness ends (two standard deviations above, both robust), unless that would leave
 * half of the cases with less than half of the candidates.
 */
function scaleOf(
  { M }: World,
  cosine: (i: number, j: number) => number,
): { baseline: number; floor: number } {
  const cosines = Array.from({ length: M }, (_, i) => Array.from({ length: M }, (_, j) => cosine(i, j)));
  const all = cosines.flatMap((row, i) => row.slice(0, i));
  const baseline = median(all);
  const spread = 1.4826 * median(all.map((value) => Math.abs(value - baseline)));
  const twentieth = median(cosines.map((row) => row.toSorted((a, b) => b - a)[CANDIDATES / 2] ?? 0));
  return {
    baseline,
    floor: Math.max(0, (Math.min(baseline + 2 * spread, twentieth) - baseline) / (1 - baseline)),
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function meanOf({ cases, M, d }: World): ReadonlyMap<string, Float32Array> {
  const mean = new Float32Array(d);
  for (const [i, value] of cases.entries()) mean[i % d] = (mean[i % d] ?? 0) + value / M;
  return new Map([[ENCODER, mean]]);
}

import type { JudgedRun, QuestionFeatures } from '../../../../../src/core/memory/policy/judgedRun';
import type { CaseFeatures } from '../../../../../src/core/memory/runRecord';
import { SeededRandom } from '../../../../../src/core/memory/policy/random';

const ENCODER = 'test';

/** A question of some kind: near to those of its kind (cosine .8), far from others, in eight dimensions. */
export function question(kind: number, own = 0): QuestionFeatures {
  const values = new Float32Array(8);
  values[kind % 4] = Math.sqrt(0.8);
  values[4 + (own % 4)] = Math.sqrt(0.2);
  return { text: `question ${own} of kind ${kind}`, vector: { encoder: ENCODER, values } };
}

export function features(caseId: string, some: Partial<CaseFeatures> = {}): CaseFeatures {
  const similarity = some.similarity ?? 0.7;
  return { caseId, cosine: 0.8, lexical: 0.1, similarity, standing: similarity, label: null, ...some };
}

export const runId = (n: number): string => String(n).padStart(26, '0');

export function judged(
  n: number,
  shown: readonly CaseFeatures[],
  reward: 0 | 1,
  some: Partial<JudgedRun> = {},
): JudgedRun {
  return { runId: runId(n), question: question(n, n), shown, reward, weight: 1, ...some };
}

/** Judged runs with nothing regular about them. */
export function randomRuns(seed: number, count: number): JudgedRun[] {
  const random = new SeededRandom(seed);
  return Array.from({ length: count }, (_, n) => {
    const first = random.integer(12);
    const shown = Array.from({ length: random.integer(5) }, (_, i) =>
      features(`case ${(first + i) % 12}`, {
        similarity: random.next(),
        standing: random.next(),
        label: ([1, 0, null] as const)[random.integer(3)] ?? null,
      }),
    );
    const wordless = random.next() < 0.2;
    const asked = question(random.integer(4), random.integer(4));
    return judged(n, shown, random.next() < 0.5 ? 1 : 0, {
      question: wordless ? { ...asked, vector: undefined } : asked,
      weight: random.next() < 0.8 ? 1 : random.next(),
    });
  });
}

export const twelveCases: readonly CaseFeatures[] = Array.from({ length: 12 }, (_, i) =>
  features(`case ${i}`, { similarity: 0.9 - i / 20, label: ([1, 0, null] as const)[i % 3] ?? null }),
);

/** Fails where two rows of numbers differ by more than 1e-9 somewhere. */
export function farthest(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) return Infinity;
  return Math.max(0, ...a.map((value, i) => Math.abs(value - (b[i] ?? Infinity))));
}

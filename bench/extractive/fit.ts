/** Fits the two linear models of src/core/agent/extractive/weights.ts on tune questions and prints them to paste. */
import { UNIT_FEATURES } from '../../src/core/agent/extractive/features';
import { analyseQuestion } from '../../src/core/agent/extractive/questionType';
import { rank, type Ranking } from '../../src/core/agent/extractive/sentenceScore';
import { bestSupport, SUPPORT_FEATURES, supportFeatures } from '../../src/core/agent/extractive/support';
import { RANK_WEIGHTS, SUPPORT_WEIGHTS } from '../../src/core/agent/extractive/weights';
import type { Encoder } from '../../src/core/ports';
import type { Outcome } from './runs';

/** One choice: the rows of features, and which of them are right. */
interface Choice {
  readonly rows: readonly (readonly number[])[];
  readonly right: readonly boolean[];
}

/** A set's examples count as much together as any other set's; of each, supported ones as much as the others. */
interface Weighted {
  readonly weight: number;
}
export type Example = Weighted & { readonly row: readonly number[]; readonly supported: boolean };

const RANK_L2 = 2;
const SUPPORT_L2 = 0.3;
const ROUNDS = 3000;

/** Fits the rank model; paste it, then fit again for the support model, which looks at the best ranked support. */
export async function fit(sets: ReadonlyMap<string, readonly Outcome[]>, encoder: Encoder): Promise<string> {
  const choices: (Choice & Weighted)[] = [];
  const examples: Example[] = [];
  for (const outcomes of sets.values()) {
    const rankings = await rankingsOf(outcomes, encoder);
    const found = rankings.map(choiceOf).filter((choice) => choice !== undefined);
    choices.push(...found.map((choice) => ({ ...choice, weight: 100 / found.length })));
    examples.push(...balanced(rankings.map(exampleOf).filter((example) => example !== undefined)));
  }
  const ranked = descend(
    UNIT_FEATURES.map((name) => RANK_WEIGHTS[name]),
    UNIT_FEATURES.map((name) => SIGNS[name] ?? 1),
    (weights) => softmaxGradient(weights, choices, RANK_L2),
  );
  const supported = descend(
    SUPPORT_FEATURES.map((name) => SUPPORT_WEIGHTS[name]),
    SUPPORT_FEATURES.map((name) => SIGNS[name] ?? 1),
    (weights) =>
      logisticGradient(weights, examples, SUPPORT_L2).map((slope, j) =>
        SET_BY_HAND.has(SUPPORT_FEATURES[j] ?? '') ? 0 : slope,
      ),
  );
  return `RANK_WEIGHTS\n${table(UNIT_FEATURES, ranked)}\nSUPPORT_WEIGHTS\n${table(SUPPORT_FEATURES, supported)}`;
}

/** What a feature may mean: 1 never counts against, -1 never counts for, 0 either. */
const SIGNS: Readonly<Record<string, number>> = {
  constant: 0,
  lead: 0,
  length: 0,
  unrelated: -1,
  untyped: -1,
  missingNumber: -1,
  unknownName: -1,
  otherName: -1,
  linked: -1,
  otherNumber: -1,
  negated: -1,
};

/** Years and unknown names are hardly in the questions that it is fitted on: see weights.ts. */
const SET_BY_HAND: ReadonlySet<string> = new Set(['missingNumber', 'otherNumber', 'unknownName']);

interface Judged {
  readonly ranking: Ranking;
  readonly outcome: Outcome;
}

async function rankingsOf(outcomes: readonly Outcome[], encoder: Encoder): Promise<Judged[]> {
  const found: Judged[] = [];
  for (const outcome of outcomes) {
    const question = analyseQuestion(outcome.asked.text);
    if (outcome.asked.half !== 'tune' || question.parts.length > 1) continue;
    found.push({ outcome, ranking: await rank(question, outcome.evidence, encoder) });
  }
  return found;
}

function choiceOf({ ranking: { ranked }, outcome: { asked } }: Judged): Choice | undefined {
  const right = ranked.map(
    ({ indexed: { unit } }) => asked.answers?.(unit.text, unit.evidence.source) ?? false,
  );
  if (!right.includes(true) || !right.includes(false)) return undefined;
  return { right, rows: ranked.map(({ features }) => UNIT_FEATURES.map((name) => features[name])) };
}

/** What comes first, and whether it answers. */
function exampleOf({ ranking, outcome: { asked } }: Judged): Omit<Example, 'weight'> | undefined {
  const support = bestSupport(ranking);
  if (support === undefined) return undefined;
  const { text, evidence } = support.answer.indexed.unit;
  const supported = asked.answers?.(text, evidence.source) ?? false;
  const features = supportFeatures(support, ranking);
  return { row: SUPPORT_FEATURES.map((name) => features[name]), supported };
}

function balanced(examples: readonly Omit<Example, 'weight'>[]): Example[] {
  const count = (kind: boolean) => Math.max(1, examples.filter(({ supported }) => supported === kind).length);
  return examples.map((example) => ({ ...example, weight: 100 / count(example.supported) }));
}

/** Gradient descent with a step per weight (Adam), each weight held to its sign. */
function descend(
  start: readonly number[],
  signs: readonly number[],
  gradientAt: (weights: readonly number[]) => number[],
): number[] {
  const [rate, first, second] = [0.02, 0.9, 0.999];
  const weights = [...start];
  const mean = weights.map(() => 0);
  const square = weights.map(() => 0);
  for (let t = 1; t <= ROUNDS; t++) {
    gradientAt(weights).forEach((slope, j) => {
      mean[j] = first * (mean[j] ?? 0) + (1 - first) * slope;
      square[j] = second * (square[j] ?? 0) + (1 - second) * slope * slope;
      const step = mean[j] / (1 - first ** t) / (Math.sqrt(square[j] / (1 - second ** t)) + 1e-8);
      const next = (weights[j] ?? 0) - rate * step;
      const sign = signs[j] ?? 0;
      weights[j] = sign === 0 || next * sign > 0 ? next : 0;
    });
  }
  return weights;
}

const dot = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, j) => sum + value * (b[j] ?? 0), 0);

/** Of minus log of the share that the right rows have of the softmax. */
function softmaxGradient(
  weights: readonly number[],
  choices: readonly (Choice & Weighted)[],
  l2: number,
): number[] {
  const gradient = weights.map((weight) => l2 * weight);
  for (const { rows, right, weight } of choices) {
    const scores = rows.map((row) => dot(weights, row));
    const top = Math.max(...scores);
    const all = scores.map((score) => Math.exp(score - top));
    const total = all.reduce((a, b) => a + b, 0);
    const good = all.reduce((sum, value, i) => sum + (right[i] ? value : 0), 0);
    rows.forEach((row, i) => {
      const pull = (all[i] ?? 0) / total - (right[i] ? (all[i] ?? 0) / good : 0);
      row.forEach((value, j) => (gradient[j] = (gradient[j] ?? 0) + weight * pull * value));
    });
  }
  return gradient;
}

function logisticGradient(weights: readonly number[], examples: readonly Example[], l2: number): number[] {
  // The constant is not drawn to nought.
  const gradient = weights.map((weight, j) => (j === 0 ? 0 : l2 * weight));
  for (const { row, supported, weight } of examples) {
    const miss = 1 / (1 + Math.exp(-dot(weights, row))) - Number(supported);
    row.forEach((value, j) => (gradient[j] = (gradient[j] ?? 0) + weight * miss * value));
  }
  return gradient;
}

const table = (names: readonly string[], weights: readonly number[]) =>
  names.map((name, j) => `  ${name}: ${Number((weights[j] ?? 0).toFixed(2))},`).join('\n');

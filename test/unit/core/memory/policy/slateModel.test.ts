import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { JudgedRun, QuestionFeatures } from '../../../../../src/core/memory/policy/judgedRun';
import type { CaseFeatures } from '../../../../../src/core/memory/runRecord';
import { SeededRandom } from '../../../../../src/core/memory/policy/random';
import { SlateModel } from '../../../../../src/core/memory/policy/slateModel';
import { DEFAULT_PRIOR } from '../../../../../src/core/memory/policy/slatePrior';
import { basisOf, priorAdvantage } from '../../../../../src/core/memory/policy/slateRow';
import { features, judged } from './worlds';

/**
 * The same model said the other way round: a Bayesian linear regression on explicit features, where the square of the
 * cosine is the product of all pairs of coordinates. Solved by Gauss elimination of the normal equations.
 */
const prior = {
  ...DEFAULT_PRIOR,
  variance: { ...DEFAULT_PRIOR.variance, local: [0.01, 0.015, 0.02] as const },
};
const cases = ['a', 'b', 'c'];
const DIMENSIONS = 3;

function pairs({ vector }: QuestionFeatures): number[] {
  const values = [...(vector?.values ?? [])];
  return values.flatMap((x) => values.map((y) => x * y));
}

/** What the weights of the regression are multiplied by for V(q) and for `share` × A(q, c). */
function row(
  question: QuestionFeatures,
  shown: readonly CaseFeatures[],
  share: number,
  usual: number,
): number[] {
  const local = pairs(question);
  const basis = [0, 1, 2].map((d) => shown.reduce((sum, each) => sum + share * basisOf(each)[d]!, 0));
  const own = cases.map((id) => shown.filter(({ caseId }) => caseId === id).length * share);
  return [
    usual,
    ...local.map((value) => usual * value),
    ...basis,
    ...basis.flatMap((b) => local.map((value) => b * value)),
    ...own,
    ...own.flatMap((o) => local.map((value) => o * value)),
  ];
}

function variances(): number[] {
  const { question, shared, local, ofCase } = prior.variance;
  const each = (variance: number) => Array.from({ length: DIMENSIONS ** 2 }, () => variance);
  return [
    question.shared,
    ...each(question.local),
    ...shared,
    ...local.flatMap(each),
    ...cases.map(() => ofCase.shared),
    ...cases.flatMap(() => each(ofCase.local)),
  ];
}

/** Gauss–Jordan elimination with pivoting. */
function solve(matrix: readonly (readonly number[])[], b: readonly number[]): number[] {
  const rows = matrix.map((line, i) => [...line, b[i]!]);
  for (let i = 0; i < rows.length; i++) {
    const pivot = rows.findIndex(
      (_, j) =>
        j === rows.slice(i).reduce((k, r, o) => (Math.abs(r[i]!) > Math.abs(rows[k]![i]!) ? i + o : k), i),
    );
    [rows[i], rows[pivot]] = [rows[pivot]!, rows[i]!];
    for (const [j, line] of rows.entries()) {
      if (j === i) continue;
      const factor = line[i]! / rows[i]![i]!;
      for (let k = i; k < line.length; k++) line[k]! -= factor * rows[i]![k]!;
    }
  }
  return rows.map((line, i) => line.at(-1)! / line[i]!);
}

function someRuns(): JudgedRun[] {
  const random = new SeededRandom(5);
  return Array.from({ length: 40 }, (_, n) => {
    const label = ([0, 1, null] as const)[n % 3]!;
    const shown = cases
      .filter(() => random.next() < 0.5)
      .map((id) => features(id, { standing: random.next(), label }));
    const weight = n % 5 === 0 ? 0.5 : 1;
    const helped = shown.some(({ caseId }) => caseId === 'b');
    return judged(n, shown, random.next() < (helped ? 0.9 : 0.2) ? 1 : 0, {
      question: somewhere(random),
      weight,
    });
  });
}

function somewhere(random: SeededRandom): QuestionFeatures {
  const values = Float32Array.from({ length: DIMENSIONS }, () => random.normal());
  const length = Math.hypot(...values);
  // Unit rows to the last bit of a Float64, as the model makes them.
  const unit = Float64Array.from(values, (value) => value / length);
  return { text: 'a question', vector: { encoder: 'test', values: Float32Array.from(unit) } };
}

describe('SlateModel', () => {
  const runs = someRuns();
  const model = new SlateModel(prior, new Map());
  model.addAll(runs);
  const design = runs.map(({ question, shown }) =>
    row(question, shown, shown.length === 0 ? 0 : shown.length ** -prior.crowding, 1),
  );
  const residuals = runs.map(({ shown, reward }) => {
    const expected = shown.reduce((sum, each) => sum + priorAdvantage(each, prior), 0);
    return reward - prior.usual - expected * Math.max(1, shown.length) ** -prior.crowding;
  });
  const spread = variances();
  const precision = spread.map((variance, i) =>
    spread.map((_, j) =>
      runs.reduce(
        (sum, { weight }, n) => sum + (weight / prior.noise) * design[n]![i]! * design[n]![j]!,
        i === j ? 1 / variance : 0,
      ),
    ),
  );
  const moment = spread.map((_, i) =>
    runs.reduce((sum, { weight }, n) => sum + (weight / prior.noise) * design[n]![i]! * residuals[n]!, 0),
  );
  const product = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
  const weights = solve(precision, moment);
  const asked = somewhere(new SeededRandom(99));
  const posterior = model.posterior(asked);
  const candidate = features('b', { standing: 0.6, label: 1 });

  it('has the mean of the regression', () => {
    const expected = priorAdvantage(candidate, prior) + product(row(asked, [candidate], 1, 0), weights);
    assert.ok(
      Math.abs(posterior.advantage(candidate) - expected) < 1e-6,
      `${posterior.advantage(candidate)} ${expected}`,
    );
    assert.ok(Math.abs(expected - priorAdvantage(candidate, prior)) > 0.01, 'the runs say something');
  });

  it('has its value of showing nothing', () => {
    const expected = prior.usual + product(row(asked, [], 0, 1), weights);
    assert.ok(Math.abs(posterior.usual - expected) < 1e-6);
  });

  it('has its variance', () => {
    const x = row(asked, [candidate], 1, 0);
    const variance = product(x, solve(precision, x));
    const [interval] = posterior.intervals([candidate]);
    assert.ok(Math.abs((interval!.high - interval!.low) / 2 - 1.6449 * Math.sqrt(variance)) < 1e-5);
  });

  it('has the same variance for a case beside others', () => {
    const several = [candidate, ...['a', 'b', 'c', 'd', 'e'].map((id) => features(id))];
    for (const [i, { low, high }] of posterior.intervals(several).entries()) {
      const [alone] = posterior.intervals([several[i]!]);
      assert.ok(Math.abs(low - alone!.low) < 1e-9 && Math.abs(high - alone!.high) < 1e-9, `${i}`);
    }
  });

  it('says of a question it was just asked about what the runs of now say', () => {
    const changing = new SlateModel(prior, new Map());
    changing.addAll(runs);
    const told = () => changing.posterior(asked).advantage(candidate);
    const before = told();
    const more = judged(100, [candidate], 1, { question: asked });
    changing.addAll([more]);
    assert.notEqual(told(), before);
    changing.remove(more);
    assert.ok(Math.abs(told() - before) < 1e-9);
  });

  it('doubts a case less the more it was shown for such questions', () => {
    const before = posterior.doubt(candidate);
    const more = new SlateModel(prior, new Map());
    more.addAll([...runs, judged(100, [candidate], 1, { question: asked })]);
    assert.ok(more.posterior(asked).doubt(candidate) < before);
    assert.equal(posterior.doubt(features('new')), Math.sqrt(prior.variance.ofCase.local));
  });
});

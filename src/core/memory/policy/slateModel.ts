/**
 * A Gaussian process over judged runs. A run on question q that was shown the cases S is accepted with probability
 *
 *   V(q) + |S|^−ρ · Σ_{c ∈ S} A(q, c)
 *
 * V is what such questions get anyway, A the advantage of showing c. Both are sums of normal effects: of all questions
 * and of alike ones (kernel k), of any case, of similarity, of the case's label, and of the case itself. The evidence
 * is shared out between them by their prior variances, so four cases that are shown together do not each get the whole
 * reward, and ten bad runs speak against showing anything before they speak against each of forty cases.
 * Rasmussen & Williams 2006, chapter 2 (posterior, 2.25 and 2.26) and 2.7 (explicit basis functions).
 */
import { GrowingCholesky } from './growingCholesky';
import type { JudgedRun, QuestionFeatures } from './judgedRun';
import { cosineOf, type EncoderMeans, kernelOf, place } from './questionKernel';
import { SlatePosterior } from './slatePosterior';
import type { SlatePrior } from './slatePrior';
import { basisOf, priorAdvantage, type Row } from './slateRow';

export class SlateModel {
  readonly #factor = new GrowingCholesky();
  readonly #rows: Row[] = [];
  #weights: Float64Array | undefined;
  readonly prior: SlatePrior;
  readonly means: EncoderMeans;

  constructor(prior: SlatePrior, means: EncoderMeans) {
    this.prior = prior;
    this.means = means;
  }

  get size(): number {
    return this.#rows.length;
  }

  has(runId: string): boolean {
    return this.#rows.some((row) => row.runId === runId);
  }

  ids(): readonly string[] {
    return this.#rows.map(({ runId }) => runId);
  }

  /** Adds a run of positive weight. n kernels and n²/2 multiplications. */
  add(run: JudgedRun): void {
    const row = this.#row(run);
    const covariances = new Float64Array(this.#rows.length + 1);
    for (const [i, other] of this.#rows.entries()) covariances[i] = this.#covariance(row, other);
    covariances[this.#rows.length] = this.#covariance(row, row) + this.prior.noise / run.weight;
    this.#factor.append(covariances);
    this.#rows.push(row);
    this.#weights = undefined;
  }

  remove(runId: string): void {
    const index = this.#rows.findIndex((row) => row.runId === runId);
    if (index < 0) return;
    this.#factor.remove(index);
    this.#rows.splice(index, 1);
    this.#weights = undefined;
  }

  /** What is believed about a question after all runs. */
  posterior(question: QuestionFeatures): SlatePosterior {
    this.#weights ??= this.#factor.solve(Float64Array.from(this.#rows, ({ residual }) => residual));
    const placed = place(question, this.means);
    const cosines = Float64Array.from(this.#rows, (row) => cosineOf(placed, row.place));
    return new SlatePosterior(this.prior, this.#rows, this.#factor, this.#weights, cosines);
  }

  #row({ runId, question, shown, reward }: JudgedRun): Row {
    const share = shown.length === 0 ? 0 : shown.length ** -this.prior.crowding;
    const basis = [0, 0, 0];
    let expected = this.prior.usual;
    for (const features of shown) {
      for (const [d, value] of basisOf(features).entries()) basis[d] = (basis[d] ?? 0) + share * value;
      expected += share * priorAdvantage(features, this.prior);
    }
    const caseIds = shown.map(({ caseId }) => caseId);
    const placed = place(question, this.means);
    return { runId, place: placed, reward, residual: reward - expected, share, basis, caseIds };
  }

  /** Of the success probabilities of two runs. */
  #covariance(a: Row, b: Row): number {
    const { question, shared, local, ofCase } = this.prior.variance;
    const kernel = kernelOf(cosineOf(a.place, b.place));
    let sum = question.shared + question.local * kernel;
    for (let d = 0; d < a.basis.length; d++) {
      sum += (a.basis[d] ?? 0) * (b.basis[d] ?? 0) * ((shared[d] ?? 0) + (local[d] ?? 0) * kernel);
    }
    const common = a.share * b.share === 0 ? 0 : inCommon(a.caseIds, b.caseIds);
    return sum + a.share * b.share * common * (ofCase.shared + ofCase.local * kernel);
  }
}

function inCommon(a: readonly string[], b: readonly string[]): number {
  let count = 0;
  for (const id of a) if (b.includes(id)) count++;
  return count;
}

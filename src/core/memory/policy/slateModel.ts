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
import { cosinesOf, type EncoderMeans, kernelOf, place } from './questionKernel';
import { SlatePosterior } from './slatePosterior';
import type { SlatePrior } from './slatePrior';
import { basisOf, priorAdvantage, type Row } from './slateRow';

export class SlateModel {
  readonly #factor = new GrowingCholesky();
  readonly #rows: Row[] = [];
  /** Case ids as numbers, which are compared faster. */
  readonly #codes = new Map<string, number>();
  #weights: Float64Array | undefined;
  /** Of the question that was asked about last: a decision asks several times. */
  #last: { readonly question: QuestionFeatures; readonly posterior: SlatePosterior } | undefined;
  readonly prior: SlatePrior;
  readonly means: EncoderMeans;

  constructor(prior: SlatePrior, means: EncoderMeans) {
    this.prior = prior;
    this.means = means;
  }

  get size(): number {
    return this.#rows.length;
  }

  runs(): readonly JudgedRun[] {
    return this.#rows.map(({ run }) => run);
  }

  /** Adds runs of positive weight: n kernels and n²/2 multiplications each. */
  addAll(runs: readonly JudgedRun[]): void {
    const first = this.#rows.length;
    for (const run of runs) this.#rows.push(this.#row(run));
    const places = this.#rows.map((row) => row.place);
    const covariances = this.#rows.slice(first).map((row, r) => {
      const cosines = cosinesOf(places.slice(0, first + r + 1), row.place);
      const line = cosines.map((cosine, i) => this.#covariance(row, this.#rows[i] ?? row, kernelOf(cosine)));
      line[first + r] = (line[first + r] ?? 0) + this.prior.noise / row.run.weight;
      return line;
    });
    this.#factor.appendAll(covariances);
    this.#forget();
  }

  remove(run: JudgedRun): void {
    const index = this.#rows.findIndex((row) => row.run === run);
    if (index < 0) return;
    this.#factor.remove(index);
    this.#rows.splice(index, 1);
    this.#forget();
  }

  /** What follows from the runs that were there. */
  #forget(): void {
    this.#weights = undefined;
    this.#last = undefined;
  }

  /** What is believed about a question after all runs. */
  posterior(question: QuestionFeatures): SlatePosterior {
    if (this.#last?.question === question) return this.#last.posterior;
    this.#weights ??= this.#factor.solve(Float64Array.from(this.#rows, ({ residual }) => residual));
    const placed = place(question, this.means);
    const cosines = cosinesOf(
      this.#rows.map((row) => row.place),
      placed,
    );
    const posterior = new SlatePosterior(this.prior, this.#rows, this.#factor, this.#weights, cosines);
    this.#last = { question, posterior };
    return posterior;
  }

  #row(run: JudgedRun): Row {
    const { question, shown, reward } = run;
    const share = shown.length === 0 ? 0 : shown.length ** -this.prior.crowding;
    const basis = [0, 0, 0];
    let expected = this.prior.usual;
    for (const features of shown) {
      for (const [d, value] of basisOf(features).entries()) basis[d] = (basis[d] ?? 0) + share * value;
      expected += share * priorAdvantage(features, this.prior);
    }
    const caseIds = shown.map(({ caseId }) => caseId);
    const placed = place(question, this.means);
    const codes = caseIds.map((id) => this.#code(id));
    return { run, place: placed, residual: reward - expected, share, basis, caseIds, codes };
  }

  #code(caseId: string): number {
    const code = this.#codes.get(caseId) ?? this.#codes.size;
    this.#codes.set(caseId, code);
    return code;
  }

  /** Of the success probabilities of two runs. */
  #covariance(a: Row, b: Row, kernel: number): number {
    const { question, shared, local, ofCase } = this.prior.variance;
    let sum = question.shared + question.local * kernel;
    for (let d = 0; d < a.basis.length; d++) {
      sum += (a.basis[d] ?? 0) * (b.basis[d] ?? 0) * ((shared[d] ?? 0) + (local[d] ?? 0) * kernel);
    }
    const common = a.share * b.share === 0 ? 0 : inCommon(a.codes, b.codes);
    return sum + a.share * b.share * common * (ofCase.shared + ofCase.local * kernel);
  }
}

function inCommon(a: readonly number[], b: readonly number[]): number {
  let count = 0;
  for (const code of a) for (const other of b) if (code === other) count++;
  return count;
}

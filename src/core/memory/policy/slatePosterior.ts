import { dot } from './dot';
import type { GrowingCholesky } from './growingCholesky';
import type { CaseFacts, Interval } from './judgedRun';
import type { CaseFeatures } from '../runRecord';
import { kernelOf } from './questionKernel';
import type { SlatePrior } from './slatePrior';
import { basisOf, priorAdvantage, type Row } from './slateRow';

/** Of a normal distribution, 90 % lie within so many standard deviations. */
const NINETY_PERCENT = 1.6449;
/** Questions this alike are told to the user as similar ones: of random pairs 95 % are below .37. */
const SIMILAR_COSINE = 0.42;

/** What the model believes of one question: sums over the judged runs, made once. */
export class SlatePosterior {
  readonly #prior: SlatePrior;
  readonly #rows: readonly Row[];
  readonly #factor: GrowingCholesky;
  readonly #cosines: Float64Array;
  readonly #kernels: Float64Array;
  readonly #slopes: readonly number[];
  readonly #effects = new Map<string, number>();
  readonly #evidence = new Map<string, number>();
  readonly #usual: number;

  /** @param weights K⁻¹ × residuals; @param cosines of the question with each row's */
  constructor(
    prior: SlatePrior,
    rows: readonly Row[],
    factor: GrowingCholesky,
    weights: Float64Array,
    cosines: Float64Array,
  ) {
    [this.#prior, this.#rows, this.#factor, this.#cosines] = [prior, rows, factor, cosines];
    this.#kernels = cosines.map(kernelOf);
    const { question, shared, local, ofCase } = prior.variance;
    const slopes = shared.map(() => 0);
    let usual = prior.usual;
    for (const [i, row] of rows.entries()) {
      const [weight, kernel] = [weights[i] ?? 0, this.#kernels[i] ?? 0];
      usual += weight * (question.shared + question.local * kernel);
      for (const [d, value] of row.basis.entries()) {
        slopes[d] = (slopes[d] ?? 0) + weight * value * ((shared[d] ?? 0) + (local[d] ?? 0) * kernel);
      }
      for (const id of row.caseIds) {
        increase(this.#effects, id, weight * row.share * (ofCase.shared + ofCase.local * kernel));
        increase(this.#evidence, id, kernel * kernel * row.share);
      }
    }
    this.#slopes = slopes;
    this.#usual = usual;
  }

  /** V(q), the probability of success with nothing shown, within [0, 1]. */
  get usual(): number {
    return Math.min(1, Math.max(0, this.#usual));
  }

  /** The posterior mean of A(q, c). */
  advantage(features: CaseFeatures): number {
    let sum = priorAdvantage(features, this.#prior) + (this.#effects.get(features.caseId) ?? 0);
    for (const [d, value] of basisOf(features).entries()) sum += value * (this.#slopes[d] ?? 0);
    return sum;
  }

  /**
   * The standard deviation of what is the case's own in A(q, c), given how often it was shown for such questions: large
   * for a case that nobody has tried. An approximation that leaves out what is known of the other cases.
   */
  doubt({ caseId }: CaseFeatures): number {
    const variance = this.#prior.variance.ofCase.local;
    return Math.sqrt(variance / (1 + (variance / this.#prior.noise) * (this.#evidence.get(caseId) ?? 0)));
  }

  /** Where A(q, c) of each lies; n²/2 multiplications a case. */
  intervals(cases: readonly CaseFeatures[]): readonly Interval[] {
    const covariances = cases.map((each) => this.#covariances(each));
    const explained = this.#factor.halfSolveAll(covariances);
    return cases.map((each, i) => {
      const part = explained[i] ?? new Float64Array();
      const variance = Math.max(0, this.#varianceBefore(each) - dot(part, part, part.length));
      const [middle, reach] = [this.advantage(each), NINETY_PERCENT * Math.sqrt(variance)];
      return { low: middle - reach, high: middle + reach };
    });
  }

  /** Of A(q, c) with the success of each run. */
  #covariances(features: CaseFeatures): Float64Array {
    const { shared, local, ofCase } = this.#prior.variance;
    const basis = basisOf(features);
    return Float64Array.from(this.#rows, (row, i) => {
      const kernel = this.#kernels[i] ?? 0;
      const isShown = row.caseIds.includes(features.caseId);
      let sum = isShown ? row.share * (ofCase.shared + ofCase.local * kernel) : 0;
      for (let d = 0; d < basis.length; d++) {
        sum += (basis[d] ?? 0) * (row.basis[d] ?? 0) * ((shared[d] ?? 0) + (local[d] ?? 0) * kernel);
      }
      return sum;
    });
  }

  /** Of A(q, c), with no run known. */
  #varianceBefore(features: CaseFeatures): number {
    const { shared, local, ofCase } = this.#prior.variance;
    return basisOf(features).reduce(
      (sum, value, d) => sum + value * value * ((shared[d] ?? 0) + (local[d] ?? 0)),
      ofCase.shared + ofCase.local,
    );
  }

  facts({ caseId }: CaseFeatures): CaseFacts {
    const similar = this.#rows.filter(
      (row, i) => (this.#cosines[i] ?? 0) >= SIMILAR_COSINE && row.caseIds.includes(caseId),
    );
    const accepted = similar.filter(({ run }) => run.reward === 1).length;
    return { shown: similar.length, accepted, usual: this.usual };
  }
}

function increase(sums: Map<string, number>, key: string, by: number): void {
  sums.set(key, (sums.get(key) ?? 0) + by);
}

import type { DecisionRequest, ListedCase } from '../bank';
import type { Candidate } from '../candidate';
import { avoidWords, exampleWords, networkWords, rejectedWords, withheldWords } from './choiceWords';
import { holding } from '../lesson';
import { explainValue } from '../policy/explain';
import type { CaseValue, QuestionFeatures } from '../policy/judgedRun';
import type { CaseFeatures } from '../runRecord';
import type { PolicyMemory } from '../policy/policyMemory';
import type { Choice } from './policyChoice';
import type { Estimate } from '../retrieved';
import type { ChosenCase } from '../runRecord';

/** Tells of candidates what the policy and our own estimates say. */
export class ChoiceTeller {
  readonly #choice: Choice;
  readonly #policies: PolicyMemory;
  readonly #question: QuestionFeatures;
  readonly #request: DecisionRequest;
  /** Our own estimates, by case; empty before anything was judged. */
  readonly #estimates = new Map<string, CaseValue>();

  constructor(choice: Choice, policies: PolicyMemory, question: QuestionFeatures, request: DecisionRequest) {
    [this.#choice, this.#policies] = [choice, policies];
    [this.#question, this.#request] = [question, request];
  }

  /** Estimates these with intervals and facts, which cost most. */
  look(candidates: readonly Candidate[]): void {
    const { learned } = this.#policies;
    if (learned.update() === 0) return;
    const features = candidates.map((each) => this.#featuresOf(each));
    for (const value of learned.values(this.#question, features, 'full')) {
      this.#estimates.set(value.features.caseId, value);
    }
  }

  example(candidate: Candidate, shown: boolean): ListedCase {
    const words = [exampleWords(candidate, this.#request.now), ...this.#policyWords(candidate)];
    return this.#listed(candidate, 'example', words.join(' '), shown);
  }

  avoid(candidate: Candidate, shown: boolean): ListedCase {
    return this.#listed(candidate, 'avoid', avoidWords(candidate), shown);
  }

  withheld(candidate: Candidate): ListedCase {
    const estimate = this.#estimates.get(candidate.case.id);
    const why = withheldWords(
      candidate,
      estimate && { ...estimate, withheld: true, trial: false },
      this.#request.now,
    );
    return this.#listed(candidate, 'withheld', why, false);
  }

  rejected(candidate: Candidate): ListedCase {
    return this.#listed(candidate, 'withheld', rejectedWords(candidate), false);
  }

  chosen(candidate: Candidate): ChosenCase {
    const features = this.#featuresOf(candidate);
    const { pinned } = candidate.case;
    const value = this.#choice.values.get(features.caseId)?.value ?? features.similarity;
    return { ...features, value, advantage: this.#advantageOf(features.caseId), pinned };
  }

  /** Null where the policy goes by similarity. */
  valueOf(caseId: string): number | null {
    const { policy } = this.#request;
    const isLearning = policy === 'paper' || (policy === 'learned' && this.#estimates.size > 0);
    return (isLearning ? this.#choice.values.get(caseId)?.value : undefined) ?? null;
  }

  #policyWords({ case: { id } }: Candidate): string[] {
    const q = this.#request.policy === 'paper' ? this.#choice.values.get(id)?.value : undefined;
    const estimate = this.#estimates.get(id);
    // Chosen after all: by another policy, or because little is known of it.
    const trial = this.#request.policy === 'learned' && estimate?.trial === true;
    const facts = estimate ? explainValue({ ...estimate, withheld: false, trial }) : '';
    return [...(q === undefined ? [] : [networkWords(q)]), ...(facts === '' ? [] : [facts])];
  }

  #listed(candidate: Candidate, use: ListedCase['use'], why: string, shown: boolean): ListedCase {
    const { case: record, similarity } = candidate;
    return {
      case: record,
      similarity,
      value: this.valueOf(record.id),
      advantage: this.#advantageOf(record.id),
      use,
      why,
      shown,
      lessons: holding(record.lessons, (id) => this.#policies.lessonCount(id)),
    };
  }

  #advantageOf(caseId: string): Estimate | null {
    const estimate = this.#estimates.get(caseId);
    return estimate?.interval ? { mean: estimate.value, ...estimate.interval } : null;
  }

  #featuresOf({ case: { id, reward }, ...parts }: Candidate): CaseFeatures {
    const { cosine, lexical, similarity } = parts;
    return (
      this.#choice.features.get(id) ?? {
        caseId: id,
        cosine,
        lexical,
        similarity,
        standing: similarity,
        label: reward,
      }
    );
  }
}

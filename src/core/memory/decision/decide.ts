/** Reading the memory for a question: the retrieval policy μ(c|s,M) of the paper, and the coins of the experiment. */
import { normalise } from '../../common/text';
import type { Decision, DecisionRequest } from '../bank';
import type { Candidate } from '../candidate';
import type { Case } from '../case';
import { ChoiceTeller } from './choiceTeller';
import { coinSeed, flipCoins } from '../policy/coins';
import type { QuestionFeatures } from '../policy/judgedRun';
import type { CaseFeatures } from '../runRecord';
import type { PolicyMemory } from '../policy/policyMemory';
import { shownCases } from '../runRecord';
import { choose } from './policyChoice';
import { rejectedOf } from './selection';
import type { SqlCaseBank } from '../sql/sqlBank';

/** Twenty by the embedding and twenty by BM25. */
const MOST_CANDIDATES = 40;

/** True where two questions differ in nothing but case, spaces and the form of quotes and dashes. */
export const sameQuestion = (a: string, b: string): boolean => normalise(a) === normalise(b);

/** Which cases the planner is shown, and why. The same bank and the same request give the same decision. */
export function decide(bank: SqlCaseBank, policies: PolicyMemory, request: DecisionRequest): Decision {
  const question: QuestionFeatures = { text: request.question, vector: request.vector };
  const candidates = bank.candidates(request.question, request.vector, MOST_CANDIDATES);
  const choice = choose(candidates, question, policies, request);
  const { avoid, withheld: rejected } = rejectedOf(candidates);
  const examples = [...choice.pinned, ...choice.free];
  const tell = new ChoiceTeller(choice, policies, question, request);
  tell.look([...examples, ...choice.withheld, ...(avoid ? [avoid] : [])]);
  const chosen = examples.map((each) => tell.chosen(each));
  const design = flipCoins(
    coinSeed(request.runId),
    request.rates,
    choice.free.map(({ case: { id } }) => id),
    policies.get(request.policy).version,
  );
  const shown = shownCases({ chosen, design });
  const shownIds = new Set(shown.map(({ caseId }) => caseId));
  const listed = [
    ...examples.map((each) => tell.example(each, shownIds.has(each.case.id))),
    ...(avoid ? [tell.avoid(avoid, !design.control)] : []),
    ...choice.withheld.map((each) => tell.withheld(each)),
    ...rejected.map((each) => tell.rejected(each)),
  ];
  return {
    listed,
    candidates: candidates.map(({ case: { id }, similarity }) => ({
      caseId: id,
      similarity,
      value: tell.valueOf(id),
    })),
    whyNone: chosen.length > 0 ? '' : choice.whyNone,
    reuse: reusable(request.question, candidates),
    record: {
      policy: request.policy,
      design,
      eligible: choice.free.length > 0 || avoid !== undefined,
      chosen,
      avoided: avoid && !design.control ? avoid.case.id : null,
      lessons: listed.filter((each) => each.shown).flatMap(({ lessons }) => lessons.map(({ id }) => id)),
      expected: predicted(policies, request, question, shown),
    },
  };
}

/** By the policy itself, or by our own estimates where it predicts nothing; null before anything was judged. */
function predicted(
  policies: PolicyMemory,
  { policy }: DecisionRequest,
  question: QuestionFeatures,
  shown: readonly CaseFeatures[],
): number | null {
  if (policies.learned.update() === 0) return null;
  return policies.get(policy).predict(question, shown) ?? policies.learned.predict(question, shown);
}

/** That the files did not answer a question may have changed since, so an accepted abstention is not offered. */
function reusable(question: string, candidates: readonly Candidate[]): Case | undefined {
  return candidates
    .map((candidate) => candidate.case)
    .filter(
      (past) =>
        past.reward === 1 &&
        past.answer !== '' &&
        past.outcome !== 'abstained' &&
        sameQuestion(past.question, question),
    )
    .reduce<Case | undefined>(
      (newest, next) => (newest !== undefined && newest.createdAt >= next.createdAt ? newest : next),
      undefined,
    );
}

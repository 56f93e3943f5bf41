/** One attempt: the question is asked as a user would, the answer is graded, and what a memory would keep is told. */
import { Budget } from '../agent/budget';
import { isTransient, type RunEvent, type RunUsage } from '../agent/events';
import { DEFAULT_LIMITS } from '../agent/limits';
import type { Run } from '../agent/run';
import { runState, type RunState } from '../agent/runState';
import { contentId } from '../memory/transfer/importedId';
import { losslessLine } from '../memory/transfer/lossless';
import type { AttemptResult, Spent } from './attemptResult';
import type { EvalQuestion } from './dataset/question';
import { type KeptRun, recordsOf } from './evaluationBank';
import type { EvaluatorOptions } from './evaluatorOptions';
import type { Attempt } from './schedule/schedule';
import { isAnswer, rewardOf, scoresOf } from './scoring/grade';
import { JUDGE_CALLS, judgeAnswer, type Judged } from './scoring/judge';
import { supportScore } from './scoring/support';

type AttemptOptions = EvaluatorOptions & { readonly signal: AbortSignal };

const NOTHING_SPENT: Spent = { inputTokens: 0, outputTokens: 0, modelCalls: 0, cost: 0 };

/**
 * Undefined where it was cancelled.
 * @param place of the attempt in the evaluation, from 0
 */
export async function makeAttempt(
  attempt: Attempt,
  place: number,
  options: AttemptOptions,
): Promise<AttemptResult | undefined> {
  const { bank, clock, signal, k, prices, limits, memoryOf, assistantOf } = options;
  const { arm, question } = attempt;
  if (signal.aborted) return undefined;
  const begun = clock.steady();
  const run = assistantOf(question).research(promptOf(question), { policy: arm, k, prices, limits });
  bank.open(run.id, arm === 'none' ? undefined : memoryOf(arm));
  const state = await follow(run, options);
  const kept = bank.close(run.id);
  const latencyMs = clock.steady() - begun;
  if (signal.aborted || state.outcome === null || state.outcome === 'cancelled') return undefined;
  const graded = await grade(question, state, options);
  if (graded === undefined) return undefined;
  return {
    key: attempt.key,
    arm,
    iteration: attempt.iteration,
    standing: attempt.standing,
    questionId: question.id,
    runId: run.id,
    outcome: state.outcome,
    fault: state.error?.message ?? null,
    answer: state.answer,
    shortAnswer: state.shortAnswer,
    ...graded,
    shownCases: (state.cases ?? []).filter(({ use }) => use !== 'withheld').length,
    usedCases: state.usedCases.length,
    spent: spentOf(state.usage),
    toolCalls: state.toolCalls,
    latencyMs,
    kept: attempt.learns && kept ? await linesOf(kept, attempt, place, graded.reward, options) : [],
  };
}

/** A file that goes with the question is named as a person would name it. */
const promptOf = ({ question, file }: EvalQuestion): string =>
  file === undefined ? question : `${question}\n\nThe file for this question: ${file}`;

/** The run's last state; what asks for approval is answered as the options say. */
async function follow(run: Run, { approve, signal }: AttemptOptions): Promise<RunState> {
  const cancel = () => run.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  const events: RunEvent[] = [];
  try {
    for await (const event of run.events) {
      if (!isTransient(event)) events.push(event);
      if (event.type !== 'approval.requested') continue;
      const { approvalId } = event;
      run.send(
        approve
          ? { type: 'approve', approvalId }
          : { type: 'deny', approvalId, reason: 'nobody is there to approve it; --yes approves' },
      );
    }
  } finally {
    signal.removeEventListener('abort', cancel);
  }
  return runState(events);
}

type Graded = Pick<AttemptResult, 'scores' | 'judgeFault' | 'judgeSpent' | 'support' | 'reward'>;

async function grade(
  question: EvalQuestion,
  state: RunState,
  options: AttemptOptions,
): Promise<Graded | undefined> {
  const { outcome, answer, shortAnswer, evidence, citations } = state;
  if (outcome === null) return undefined;
  const { judged, spent } = await ask(question, state, options);
  if (options.signal.aborted) return undefined;
  const scores = scoresOf(question, { outcome, answer, shortAnswer }, judged?.verdict ?? null);
  const cited = new Set((citations ?? []).map((citation) => citation.evidence));
  const found = Object.values(evidence);
  return {
    scores,
    judgeFault: judged?.why ?? '',
    judgeSpent: spent,
    support:
      supportScore(
        question.support,
        found.map(({ text }) => text),
        found.filter(({ id }) => cited.has(id)).map(({ text }) => text),
      ) ?? null,
    reward: rewardOf(options.reward, scores),
  };
}

/** What the judge says of it; one that does not answer costs no call. */
async function ask(
  { question, answers }: EvalQuestion,
  { outcome, answer, shortAnswer }: RunState,
  { judge, prices, clock, signal }: AttemptOptions,
): Promise<{ readonly judged: Judged | undefined; readonly spent: Spent }> {
  if (judge === undefined) return { judged: undefined, spent: NOTHING_SPENT };
  if (outcome === null || !isAnswer(outcome)) {
    return { judged: { verdict: 'incorrect', why: '' }, spent: NOTHING_SPENT };
  }
  let spent = NOTHING_SPENT;
  const budget = new Budget({ ...DEFAULT_LIMITS, modelCalls: JUDGE_CALLS }, prices, clock, (event) => {
    if (event.type === 'usage') spent = spentOf(event);
  });
  const judged = await judgeAnswer(
    budget.metered(judge),
    { question, right: answers, answer, shortAnswer },
    signal,
  ).catch((error: unknown): Judged => {
    if (!signal.aborted) throw error;
    return { verdict: 'unknown', why: 'It was cancelled.' };
  });
  return { judged, spent };
}

const spentOf = ({ inputTokens, outputTokens, modelCalls, cost }: RunUsage): Spent => ({
  inputTokens,
  outputTokens,
  modelCalls,
  cost,
});

async function linesOf(
  kept: KeptRun,
  { key }: Attempt,
  place: number,
  reward: 1 | 0 | null,
  { startedAt }: AttemptOptions,
): Promise<readonly string[]> {
  const [caseId, runId] = await Promise.all([
    contentId(startedAt + place, ['case', key]),
    contentId(startedAt + place, ['run', key]),
  ]);
  return recordsOf(kept, { caseId, runId, reward }).map(losslessLine);
}

/** What came of one attempt: a line of the evaluation's log. */
import type { Outcome } from '../agent/events';
import {
  fields,
  isObject,
  type Kind,
  listOf,
  number,
  oneOf,
  only,
  either,
  orNull,
  text,
  whole,
} from '../common/kind';
import type { PolicyName } from '../memory/retrieved';
import type { Standing } from './schedule/schedule';
import type { JudgeVerdict } from './scoring/judge';
import type { Scores } from './scoring/grade';
import type { SupportScore } from './scoring/support';

/** What model calls took. */
export interface Spent {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly modelCalls: number;
  /** US dollars; null where a price is unknown. */
  readonly cost: number | null;
}

export interface AttemptResult {
  readonly key: string;
  readonly arm: PolicyName;
  readonly iteration: number;
  readonly standing: Standing;
  readonly questionId: string;
  /** Of the run's log. */
  readonly runId: string;
  readonly outcome: Outcome;
  /** Why it failed; null where it did not. */
  readonly fault: string | null;
  readonly answer: string;
  readonly shortAnswer: string;
  readonly scores: Scores;
  /** Why the judge gave no verdict; empty where it gave one, or there is none. */
  readonly judgeFault: string;
  /** Null where the data set marks no facts. */
  readonly support: SupportScore | null;
  /** As a person would judge; null where nobody knows. */
  readonly reward: 1 | 0 | null;
  /** Past cases that the planner was shown, and those that it said it used. */
  readonly shownCases: number;
  readonly usedCases: number;
  /** Of the agent. */
  readonly spent: Spent;
  readonly judgeSpent: Spent;
  readonly toolCalls: number;
  /** Milliseconds from the question to the end of the run. */
  readonly latencyMs: number;
  /** Lines of a lossless export: the case and the run that the arm's memory keeps. Empty where nothing is kept. */
  readonly kept: readonly string[];
}

const spent: Kind<Spent> = fields<Spent>({
  inputTokens: number,
  outputTokens: number,
  modelCalls: number,
  cost: orNull(number),
});
const binary: Kind<1 | 0> = either(only(1), only(0));
const verdict: Kind<JudgeVerdict> = oneOf<JudgeVerdict>({ correct: true, incorrect: true, unknown: true });
const support: Kind<SupportScore> = fields<SupportScore>({ found: whole, cited: whole, of: whole });
const scores: Kind<Scores> = fields<Scores>({
  exact: number,
  f1: number,
  cover: number,
  gaia: number,
  judge: orNull(verdict),
});

/** Of a log that another hand or version may have written. */
export const isAttemptResult: Kind<AttemptResult> = fields<AttemptResult>({
  key: text,
  arm: oneOf<PolicyName>({ none: true, similarity: true, paper: true, learned: true }),
  iteration: whole,
  standing: oneOf<Standing>({ 'held-out': true, first: true, repeat: true }),
  questionId: text,
  runId: text,
  outcome: oneOf<Outcome>({
    answered: true,
    abstained: true,
    exhausted: true,
    cancelled: true,
    failed: true,
  }),
  fault: orNull(text),
  answer: text,
  shortAnswer: text,
  scores,
  judgeFault: text,
  support: orNull(support),
  reward: orNull(binary),
  shownCases: whole,
  usedCases: whole,
  spent,
  judgeSpent: spent,
  toolCalls: whole,
  latencyMs: number,
  kept: listOf(text),
});

/** The results of a log's lines, the last of a key; what is no result, such as a torn last line, is left out. */
export function readResults(lines: Iterable<string>): ReadonlyMap<string, AttemptResult> {
  const results = new Map<string, AttemptResult>();
  for (const line of lines) {
    const value = parsed(line);
    if (isObject(value) && isAttemptResult(value)) results.set(value.key, value);
  }
  return results;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

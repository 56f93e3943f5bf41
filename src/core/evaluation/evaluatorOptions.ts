/** What an evaluation is made with. */
import type { Limits, Prices } from '../agent/limits';
import type { Assistant } from '../assistant';
import type { CaseBank } from '../memory/bank';
import type { PolicyName } from '../memory/retrieved';
import type { ChatModel, SteadyClock } from '../ports';
import type { AttemptResult } from './attemptResult';
import type { EvalQuestion } from './dataset/question';
import type { EvaluationBank } from './evaluationBank';
import type { RewardName } from './scoring/grade';

export interface Caps {
  /** US dollars and tokens of agent and judge together; undefined: no cap. */
  readonly cost: number | undefined;
  readonly tokens: number | undefined;
}

export interface EvaluatorOptions {
  /** Whoever answers a question; all of them have `bank` as their memory. */
  readonly assistantOf: (question: EvalQuestion) => Assistant;
  readonly bank: EvaluationBank;
  /** Of an arm that has one. */
  readonly memoryOf: (arm: Exclude<PolicyName, 'none'>) => CaseBank;
  readonly judge: ChatModel | undefined;
  readonly reward: RewardName;
  /** How many cases may be shown; a ceiling. */
  readonly k: number;
  readonly workers: number;
  readonly prices: Prices;
  readonly limits: Partial<Limits>;
  readonly caps: Caps;
  /** Approve what asks; else it is denied. */
  readonly approve: boolean;
  readonly clock: SteadyClock;
  /** When the evaluation began, milliseconds since the epoch: the ids in the memories follow from it. */
  readonly startedAt: number;
  /** Resolves when the result is on disk. */
  readonly append: (result: AttemptResult) => Promise<void>;
  /** For whoever watches: so many of so many attempts are done. */
  readonly onResult: (result: AttemptResult, done: number, total: number) => void;
}

/**
 * Planner and executor (the paper's two roles) as interfaces. The planner turns the question and the retrieved
 * cases into tasks, or into the answer; an executor does one task with tools. Implementations: llm/ and extractive/.
 */
import type { Result } from '../common/result';
import type { PlanTask } from '../memory/case';
import type { ShownCase } from '../memory/retrieved';
import type { ToolDefinition } from '../ports';
import type { Evidence } from '../tools/evidence';
import type { ToolResult } from '../tools/tool';
import type { RepairInput } from './checkAnswer';
import type { ConversationTurn } from './conversation';
import type { TaskStatus } from './events';
import type { Answer } from './ending';

export type { ShownCase } from '../memory/retrieved';

export interface TaskRecord {
  readonly task: PlanTask;
  readonly status: TaskStatus;
  readonly result: string;
  /** Evidence that the task's calls added. */
  readonly evidence: readonly Evidence[];
}

export interface PlannerInput {
  readonly question: string;
  /** What the question follows, oldest first; empty for one that follows nothing. */
  readonly conversation: readonly ConversationTurn[];
  /** Found before this run: what the last answer cites. */
  readonly known: readonly Evidence[];
  readonly cases: readonly ShownCase[];
  /** 1 for the first plan. */
  readonly cycle: number;
  /** The plan before this one was dropped: another one is wanted for what is left. */
  readonly planAgain: boolean;
  /** Subtask memory: every task done so far, in order. */
  readonly tasks: readonly TaskRecord[];
  /** What the user said since the run began. */
  readonly steering: readonly string[];
  /** Set when a limit was reached or the cycles are used up: answer now from what is known. */
  readonly mustAnswer: { readonly because: string } | null;
  readonly signal: AbortSignal;
  /** The answer's text as it is written. */
  onAnswerText(delta: string): void;
}

export type PlannerStep =
  | { readonly kind: 'plan'; readonly tasks: readonly PlanTask[]; readonly usedCases: readonly string[] }
  | {
      readonly kind: 'answer';
      /** Markdown with [e1] marks. */
      readonly answer: string;
      readonly shortAnswer: string;
      /** True where the evidence does not support an answer. */
      readonly abstained: boolean;
    };

export interface RestateInput {
  readonly question: string;
  /** Not empty. */
  readonly conversation: readonly ConversationTurn[];
  readonly signal: AbortSignal;
}

export interface Planner {
  /** As shown to the user: a model's id, or `extractive`. */
  readonly id: string;
  /** A follow-up as one question that stands alone. */
  restate(input: RestateInput): Promise<Result<string>>;
  next(input: PlannerInput): Promise<Result<PlannerStep>>;
  /** Corrects an answer whose citations failed, once; absent where no model wrote it. */
  repair?(input: RepairInput): Promise<Result<Answer>>;
}

export interface ExecutorInput {
  readonly question: string;
  readonly task: PlanTask;
  /** The results it depends on, and nothing else of the history. */
  readonly dependencies: readonly TaskRecord[];
  readonly signal: AbortSignal;
  readonly tools: readonly ToolDefinition[];
  /** How many tool calls the task has left. */
  callsLeft(): number;
  /** Calls a tool of the run: events, limits, approvals and evidence are taken care of. */
  call(tool: string, args: unknown): Promise<ToolResult>;
}

export interface Executor {
  readonly id: string;
  /** It calls the same few tools in every run, and none that others offer. */
  readonly callsOwnToolsOnly?: true;
  /** The task's result in words. A fault only where the model failed; a tool's failure is part of a result. */
  execute(input: ExecutorInput): Promise<Result<string>>;
}

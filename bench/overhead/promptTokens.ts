/** The tokens of all prompts of a run, ours beside those of the released code for the same run. */
import { PromptTokens } from '../../src/core/agent/promptTokens';
import type { TokenCounter } from '../../src/core/ports';
import type { Asked } from './models';
import { RELEASED_SYSTEM, releasedCalls, trimmed, type Trace } from './released';

export interface Compared {
  readonly ours: number;
  readonly theirs: number;
}

export interface ComparedRun {
  /** Of the executor, a task after the other. */
  readonly tasks: readonly Compared[];
  readonly executor: Compared;
  /** Ours with the check of citations, which the released code has none of. */
  readonly planner: Compared;
  readonly all: Compared;
}

/** Around the system prompt's message, as `PromptTokens` counts it. */
const A_MESSAGE = 3;

export async function compare(
  trace: Trace,
  asked: readonly Asked[],
  counter: TokenCounter,
): Promise<ComparedRun> {
  const tokens = new PromptTokens({ tokens: counter });
  const tasks = trace.plans.flat().map(() => ({ ours: 0, theirs: 0 }));
  const planner = { ours: 0, theirs: 0 };
  const of = (task: number | null) => (task === null ? planner : (tasks[task - 1] ?? planner));
  for (const { task, request } of asked) of(task).ours += await tokens.countRequest(request);
  for (const { role, task, request } of releasedCalls(trace)) {
    const messages =
      role === 'planner' ? request.messages : await trimmed(request.messages, (text) => counter.count(text));
    of(task).theirs +=
      RELEASED_SYSTEM[role] + A_MESSAGE + (await tokens.countRequest({ ...request, messages }));
  }
  const executor = sum(tasks);
  return { tasks, executor, planner, all: sum([executor, planner]) };
}

export const sum = (parts: readonly Compared[]): Compared => ({
  ours: parts.reduce((total, { ours }) => total + ours, 0),
  theirs: parts.reduce((total, { theirs }) => total + theirs, 0),
});

export const ratio = ({ ours, theirs }: Compared): number => ours / theirs;

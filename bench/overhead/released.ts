/**
 * What the paper's released code sends for a run, by its own rule: the executor gets the planner's whole history with
 * each task (client/no_parametric_cbr.py, `process_query` and `trim_messages`, in Agent-on-the-Fly/Memento at commit
 * 42fbbcac63dd58ed6856c0761357345a58e4f032; client/agent.py does the same). Written anew from that rule:
 *
 *   history  = the question; then of each cycle the planner's reply and, of each task that is done, its result
 *   planner  = its system prompt, history
 *   executor = its system prompt, history, the task, and the task's calls so far, each with its whole output
 *
 * An executor's prompt of more than 175,000 tokens loses its oldest messages; a planner's is sent as it is. Tools go with
 * every call of the executor. The history is kept to 50 messages, which no run here reaches.
 */
import type { ChatMessage, ChatRequest, ToolCall, ToolDefinition } from '../../src/core/ports';

/** Tokens of its two system prompts by o200k_base, counted at that commit: the texts are theirs and are not copied. */
export const RELEASED_SYSTEM = { planner: 319, executor: 93 } as const;
export const RELEASED_CONTEXT = 175_000;
/** What `trim_messages` adds to a message's content, and to all of them. */
const A_MESSAGE = 4;
const ALL = 2;

/** A run as either program could have made it. */
export interface Trace {
  readonly question: string;
  readonly tools: readonly ToolDefinition[];
  /** Of each plan its tasks, in order. */
  readonly plans: readonly (readonly TracedTask[])[];
}

export interface TracedTask {
  readonly id: number;
  readonly description: string;
  readonly turns: readonly TracedTurn[];
  readonly result: string;
}

/** One reply of the executor that calls tools, and what they gave. */
export interface TracedTurn {
  readonly calls: readonly { readonly call: ToolCall; readonly output: string }[];
}

export interface ReleasedCall {
  readonly role: 'planner' | 'executor';
  /** Of the executor's: the task's place in the run, from 1. */
  readonly task: number | null;
  /** Without the system prompt, which stands in `RELEASED_SYSTEM` by its length alone. */
  readonly request: ChatRequest;
}

/** All model calls of a run, in order; none is trimmed yet. */
export function releasedCalls({ question, tools, plans }: Trace): readonly ReleasedCall[] {
  const history: ChatMessage[] = [{ role: 'user', content: question }];
  const calls: ReleasedCall[] = [];
  const askPlanner = () => calls.push({ role: 'planner', task: null, request: { messages: [...history] } });
  let place = 0;
  for (const tasks of plans) {
    askPlanner();
    const plan = tasks.map(({ id, description }) => ({ id, description }));
    history.push({ role: 'assistant', content: JSON.stringify({ plan }) });
    for (const task of tasks) {
      place++;
      for (const messages of executorPrompts(history, task)) {
        calls.push({ role: 'executor', task: place, request: { messages, tools } });
      }
      history.push({ role: 'assistant', content: `Task ${task.id} result: ${task.result}` });
    }
  }
  askPlanner();
  return calls;
}

/** One a turn, and one for the result. */
function executorPrompts(history: readonly ChatMessage[], task: TracedTask): readonly ChatMessage[][] {
  const messages: ChatMessage[] = [
    ...history,
    { role: 'user', content: `Task ${task.id}: ${task.description}` },
  ];
  const prompts = [[...messages]];
  for (const { calls } of task.turns) {
    for (const { call, output } of calls) {
      messages.push({ role: 'assistant', content: '', toolCalls: [call] });
      messages.push({ role: 'tool', callId: call.id, content: output });
    }
    prompts.push([...messages]);
  }
  return prompts;
}

/** As `trim_messages` does it: the newest messages that fit, counted by their content alone. */
export async function trimmed(
  messages: readonly ChatMessage[],
  count: (text: string) => Promise<number>,
  most: number = RELEASED_CONTEXT,
): Promise<readonly ChatMessage[]> {
  let total = RELEASED_SYSTEM.executor + A_MESSAGE + ALL;
  for (const [i, { content }] of [...messages.entries()].reverse()) {
    total += A_MESSAGE + (await count(content));
    if (total > most) return messages.slice(i + 1);
  }
  return messages;
}

import { DEEPEST, isNestedWithin, parseJson } from '../../common/json';
import type { Result } from '../../common/result';
import { ok } from '../../common/result';
import type { ChatMessage, ChatModel, ChatRequest, ToolCall } from '../../ports';
import type { ToolResult } from '../../tools/tool';
import type { Executor, ExecutorInput } from '../roles';
import { A_MESSAGE } from '../promptTokens';
import { CallHistory } from './history';
import { EXECUTOR_SYSTEM, executorPrompt } from './prompts';
import { resultsText } from './resultsText';
import { PromptRoom } from './room';

/** Of the room of a prompt, for the results that a task depends on. */
const DEPENDENCIES = 0.4;

/** The executor on a chat model: calls tools until the model replies with a result. */
export function createLlmExecutor(model: ChatModel): Executor {
  return { id: model.id, execute: (input) => execute(model, input) };
}

async function execute(model: ChatModel, input: ExecutorInput): Promise<Result<string>> {
  const room = new PromptRoom(model);
  const history = new CallHistory(room.counter);
  const { signal } = input;
  let nudge: string | undefined;
  let nudged = false;
  for (;;) {
    const mayCall = input.callsLeft() > 0;
    const said = nudge ?? (mayCall || history.isEmpty ? undefined : NO_CALLS_LEFT);
    const make = (tokens: number) => requestOf(input, history, room, { tokens, mayCall, said });
    const reply = await room.ask(model, make, { signal });
    if (!reply.ok) return reply;
    const { text, toolCalls } = reply.value;
    nudge = undefined;
    if (mayCall && toolCalls.length > 0) {
      const results: ToolResult[] = [];
      for (const call of toolCalls) results.push(await callTool(input, call));
      history.add(reply.value, results);
      continue;
    }
    if (text.trim() !== '' || nudged) return ok(text.trim() || 'The executor gave no result.');
    // Some models end a turn with nothing at all; once told, most go on.
    nudged = true;
    nudge = 'Your reply was empty. Give the result of the task in words.';
  }
}

const NO_CALLS_LEFT = 'No tool calls are left. Give the result from what you know.';

/** The task, what it depends on, and its calls so far, in at most so many tokens. */
async function requestOf(
  input: ExecutorInput,
  history: CallHistory,
  { counter }: PromptRoom,
  { tokens, mayCall, said }: { tokens: number; mayCall: boolean; said: string | undefined },
): Promise<ChatRequest> {
  const tools = mayCall ? input.tools : [];
  const results = await resultsText(input.dependencies, tokens * DEPENDENCIES, counter, { whole: 'cited' });
  const bare = executorPrompt(input, results, '');
  const texts = await counter.count([EXECUTOR_SYSTEM, bare, said ?? '', JSON.stringify(tools)].join('\n'));
  const fixed = texts + A_MESSAGE * (FIXED_MESSAGES + tools.length);
  const { messages, listed } = await history.within(Math.max(tokens - fixed, tokens * LEAST_HISTORY));
  const all: readonly ChatMessage[] = [
    { role: 'system', content: EXECUTOR_SYSTEM },
    { role: 'user', content: executorPrompt(input, results, listed) },
    ...messages,
    ...(said === undefined ? [] : [{ role: 'user' as const, content: said }]),
  ];
  return mayCall ? { messages: all, tools } : { messages: all };
}

/** Around which there are tokens too: system, task, what is said at the end, the list of old calls, and the reply. */
const FIXED_MESSAGES = 5;

/** Of the room, for the calls, whatever the rest takes. */
const LEAST_HISTORY = 0.3;

async function callTool(input: ExecutorInput, call: ToolCall): Promise<ToolResult> {
  const args = parseJson(call.arguments.trim() === '' ? '{}' : call.arguments);
  // Of the text, the tool's own check answers with what its arguments must look like.
  const isTaken = args !== undefined && isNestedWithin(args, DEEPEST);
  return input.call(call.name, isTaken ? args : call.arguments);
}

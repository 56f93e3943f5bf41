import type { Result } from '../../common/result';
import { ok } from '../../common/result';
import type { ChatMessage, ChatModel, ToolCall } from '../../ports';
import type { ToolResult } from '../../tools/tool';
import type { Executor, ExecutorInput } from '../roles';
import { EXECUTOR_SYSTEM, executorPrompt } from './prompts';

/** Characters of one tool result that the model sees; head and tail of what is longer. */
const OBSERVATION = 16_000;

/** The executor on a chat model: calls tools until the model replies with a result. */
export function createLlmExecutor(model: ChatModel): Executor {
  return { id: model.id, execute: (input) => execute(model, input) };
}

async function execute(model: ChatModel, input: ExecutorInput): Promise<Result<string>> {
  const messages: ChatMessage[] = [
    { role: 'system', content: EXECUTOR_SYSTEM },
    { role: 'user', content: executorPrompt(input) },
  ];
  let nudged = false;
  for (;;) {
    const mayCall = input.callsLeft() > 0;
    const reply = await model.complete(mayCall ? { messages, tools: input.tools } : { messages }, {
      signal: input.signal,
    });
    if (!reply.ok) return reply;
    const { text, toolCalls } = reply.value;
    if (mayCall && toolCalls.length > 0) {
      messages.push({ role: 'assistant', content: text, toolCalls });
      for (const call of toolCalls) {
        messages.push({ role: 'tool', callId: call.id, content: observation(await callTool(input, call)) });
      }
      if (input.callsLeft() === 0) {
        messages.push({
          role: 'user',
          content: 'No tool calls are left. Give the result from what you know.',
        });
      }
      continue;
    }
    if (text.trim() !== '' || nudged) return ok(text.trim() || 'The executor gave no result.');
    // Some models end a turn with nothing at all; once told, most go on.
    nudged = true;
    messages.push({ role: 'user', content: 'Your reply was empty. Give the result of the task in words.' });
  }
}

async function callTool(input: ExecutorInput, call: ToolCall): Promise<ToolResult> {
  let args: unknown;
  try {
    args = JSON.parse(call.arguments.trim() === '' ? '{}' : call.arguments);
  } catch {
    // The tool's own check answers with what its arguments must look like.
    args = call.arguments;
  }
  return input.call(call.name, args);
}

function observation({ content }: ToolResult): string {
  if (content.length <= OBSERVATION) return content;
  const half = OBSERVATION / 2;
  const left = content.length - OBSERVATION;
  return `${content.slice(0, half)}\n… (${left} characters left out) …\n${content.slice(-half)}`;
}

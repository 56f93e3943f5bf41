/**
 * Function calling for servers that have none: tools are described in the system message, and the model answers with
 * one JSON object, `{"tool":"name","arguments":{…}}` or `{"final":"…"}`. Pure.
 */
import * as z from 'zod';
import { jsonValues, withoutReasoning } from '../core/common/json';
import type { ChatMessage, ChatRequest, ToolCall, ToolDefinition } from '../core/ports';

export type ParsedReply =
  | { readonly kind: 'calls'; readonly calls: readonly Omit<ToolCall, 'id'>[] }
  | { readonly kind: 'final'; readonly text: string }
  | { readonly kind: 'malformed' };

export const REPAIR =
  'Your reply was not one JSON object of the form asked for. Reply again with exactly one JSON object and nothing ' +
  'else: {"tool":"<name>","arguments":{…}} to call a tool, or {"final":"<your answer>"} to answer.';

function instructions(tools: readonly ToolDefinition[], answerShape: string): string {
  const list = tools.map(
    ({ name, description, parameters }) =>
      `- ${name}: ${description}\n  arguments (JSON schema): ${JSON.stringify(parameters)}`,
  );
  return [
    'You have these tools:',
    ...list,
    '',
    'Reply with exactly one JSON object and nothing else, with no code fence.',
    'To call a tool: {"tool":"<name>","arguments":{…}}',
    `When you need no more tools: {"final":${answerShape}}`,
    'The result of a tool comes in the next message.',
  ].join('\n');
}

/** The request with its tools, calls and results as plain text turns; the schema is asked for in words. */
export function asPlainRequest(request: ChatRequest): ChatRequest {
  const { messages, tools = [], schema } = request;
  const plain = messages.map((message) => plainMessage(message, messages));
  if (tools.length === 0) return { messages: merged(plain), ...(schema ? { schema } : {}) };
  const answerShape = schema ? `<JSON of this schema: ${JSON.stringify(schema.schema)}>` : '"<your answer>"';
  return { messages: merged(plain, instructions(tools, answerShape)) };
}

function plainMessage(message: ChatMessage, all: readonly ChatMessage[]): ChatMessage {
  if (message.role === 'tool') {
    return {
      role: 'user',
      content: `Result of ${callName(message.callId, all)}:\n${message.content}`,
    };
  }
  if (message.role !== 'assistant' || !message.toolCalls?.length) return message;
  const calls = message.toolCalls.map(
    (call) => `{"tool":${JSON.stringify(call.name)},"arguments":${call.arguments}}`,
  );
  const written = calls.length === 1 ? calls.join('') : `[${calls.join(',')}]`;
  return { role: 'assistant', content: message.content ? `${message.content}\n${written}` : written };
}

function callName(callId: string, messages: readonly ChatMessage[]): string {
  for (const message of messages) {
    if (message.role !== 'assistant') continue;
    const call = message.toolCalls?.find(({ id }) => id === callId);
    if (call) return call.name;
  }
  return 'the tool';
}

/**
 * All system messages first and as one, `instructions` last, and no two user turns in a row: chat templates insist on
 * both.
 */
function merged(messages: readonly ChatMessage[], instructions?: string): ChatMessage[] {
  const system = messages.filter(({ role }) => role === 'system').map(({ content }) => content);
  if (instructions !== undefined) system.push(instructions);
  const out: ChatMessage[] = system.length > 0 ? [{ role: 'system', content: system.join('\n\n') }] : [];
  for (const message of messages) {
    if (message.role === 'system') continue;
    const last = out.at(-1);
    if (last?.role === 'user' && message.role === 'user') {
      const images = [...(last.images ?? []), ...(message.images ?? [])];
      const content = `${last.content}\n\n${message.content}`;
      out[out.length - 1] = { role: 'user', content, ...(images.length > 0 ? { images } : {}) };
    } else out.push(message);
  }
  return out;
}

const argumentsSchema = z.union([z.string(), z.record(z.string(), z.unknown())]);
/** `{"tool"}` is ours; `{"name","arguments"}` and `{"name","parameters"}` are what models were trained on. */
const callSchema = z
  .object({
    tool: z.string().min(1).optional(),
    name: z.string().min(1).optional(),
    function: z
      .union([z.string(), z.object({ name: z.string().min(1), arguments: argumentsSchema.optional() })])
      .optional()
      .catch(undefined),
    arguments: argumentsSchema.optional(),
    parameters: argumentsSchema.optional(),
  })
  .transform((call) => {
    const inner = typeof call.function === 'object' ? call.function : undefined;
    const args = call.arguments ?? call.parameters ?? inner?.arguments;
    // An object with a name and no arguments may be anything.
    return { name: call.tool ?? inner?.name ?? (args === undefined ? undefined : call.name), args };
  });
const finalSchema = z.object({ final: z.unknown().refine((value) => value !== undefined && value !== null) });

/**
 * Reads a reply leniently: fences, prose around the JSON, `<tool_call>` tags, several calls. With `freeForm` (the caller
 * asked for JSON of its own) any other JSON is the final text as it stands.
 */
export function parseReply(text: string, freeForm: boolean): ParsedReply {
  const values = [...jsonValues(text)];
  const calls = values.flatMap(itemsOf).flatMap(callOf);
  if (calls.length > 0) return { kind: 'calls', calls };
  for (const value of values) {
    const final = finalSchema.safeParse(value);
    if (!final.success) continue;
    const content = final.data.final;
    return { kind: 'final', text: typeof content === 'string' ? content : JSON.stringify(content) };
  }
  return freeForm && values.length > 0
    ? { kind: 'final', text: withoutReasoning(text).trim() }
    : { kind: 'malformed' };
}

const itemsOf = (value: object): readonly unknown[] => (Array.isArray(value) ? value : [value]);

function callOf(value: unknown): Omit<ToolCall, 'id'>[] {
  const call = callSchema.safeParse(value);
  if (!call.success || call.data.name === undefined) return [];
  const { name, args = {} } = call.data;
  return [{ name, arguments: typeof args === 'string' ? args : JSON.stringify(args) }];
}

/** Calls in a text that is nothing but calls, each of a tool that was offered: what a server forgot to parse. */
export function bareCalls(text: string, tools: readonly ToolDefinition[]): readonly Omit<ToolCall, 'id'>[] {
  const body = withoutReasoning(text)
    .trim()
    .replace(/^```[\w-]*|```$/g, '')
    .replaceAll(/<\/?tool_calls?>|\[TOOL_CALLS\]/g, '')
    .trim();
  if (!/^[{[]/.test(body) || !/[}\]]$/.test(body)) return [];
  const parsed = parseReply(body, false);
  if (parsed.kind !== 'calls') return [];
  const offered = new Set(tools.map(({ name }) => name));
  return parsed.calls.every(({ name }) => offered.has(name)) ? parsed.calls : [];
}

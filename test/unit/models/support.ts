/** Shared by the tests of the model adapters. */
import assert from 'node:assert/strict';
import type { FaultCode, Result } from '../../../src/core/common/result';
import type { ChatModel, ChatReply, ChatRequest, ToolDefinition } from '../../../src/core/ports';
import { createOpenAiModel } from '../../../src/models/openai';
import type { OpenAiModelOptions } from '../../../src/models/openai';
import { startModelServer } from '../../fakes/modelServer';
import type { ModelServer, ModelServerOptions } from '../../fakes/modelServer';

export const ask = (content: string): ChatRequest => ({ messages: [{ role: 'user', content }] });

export const readFile: ToolDefinition = {
  name: 'read_file',
  description: 'Reads a file.',
  parameters: { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] },
};
export const calculate: ToolDefinition = {
  name: 'calculate',
  description: 'Calculates.',
  parameters: { type: 'object', properties: { expression: { type: 'string' } } },
};
export const withTools = (content: string): ChatRequest => ({
  ...ask(content),
  tools: [readFile, calculate],
});
export const withSchema = (content: string): ChatRequest => ({
  ...ask(content),
  schema: { name: 'plan', schema: { type: 'object' } },
});

/** Runs a test against a server of its own. */
export async function withServer(
  options: ModelServerOptions,
  test: (server: ModelServer) => Promise<void>,
): Promise<void> {
  const server = await startModelServer(options);
  try {
    await test(server);
  } finally {
    await server.close();
  }
}

export interface Exchange {
  readonly result: Result<ChatReply>;
  /** What was shown as it arrived. */
  readonly shown: string;
  /** Each wait: milliseconds until the next try, and why. */
  readonly waits: readonly { readonly ms: number; readonly reason: string }[];
}

/** Time stands still at this instant in every model made here, and nobody waits. */
export const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);

export function modelAt(url: string, options: Partial<OpenAiModelOptions> = {}): ChatModel {
  return createOpenAiModel({
    model: 'test-model',
    baseUrl: url,
    now: () => NOW,
    sleep: () => Promise.resolve(),
    ...options,
  });
}

export async function exchange(
  model: ChatModel,
  request: ChatRequest,
  signal = new AbortController().signal,
): Promise<Exchange> {
  let shown = '';
  const waits: { ms: number; reason: string }[] = [];
  const result = await model.complete(request, {
    signal,
    onText: (delta) => (shown += delta),
    onWaiting: (until, reason) => waits.push({ ms: until - NOW, reason }),
  });
  return { result, shown, waits };
}

export async function replyOf(model: ChatModel, request: ChatRequest): Promise<ChatReply> {
  const { result } = await exchange(model, request);
  if (!result.ok) assert.fail(`${result.fault.code}: ${result.fault.message}`);
  return result.value;
}

/** Asserts a fault of this code in one sentence, which it returns. */
export function faultIn(result: Result<unknown>, code: FaultCode): string {
  if (result.ok) assert.fail(`expected ${code}, got ${JSON.stringify(result.value)}`);
  assert.equal(result.fault.code, code, result.fault.message);
  assert.match(result.fault.message, /^[^\n]+\.$/);
  return result.fault.message;
}

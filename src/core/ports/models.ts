import type { Result } from '../common/result';
import type { ImageInput } from './media';
import type { TokenCounter } from './system';

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** The arguments as the model wrote them: JSON text, perhaps malformed. */
  readonly arguments: string;
}

export type ChatMessage =
  | { readonly role: 'system'; readonly content: string }
  /** Images come after the text, in their order. */
  | { readonly role: 'user'; readonly content: string; readonly images?: readonly ImageInput[] }
  | { readonly role: 'assistant'; readonly content: string; readonly toolCalls?: readonly ToolCall[] }
  | { readonly role: 'tool'; readonly callId: string; readonly content: string };

export type JsonSchema = Readonly<Record<string, unknown>>;

export interface ToolDefinition {
  readonly name: string;
  readonly description: string;
  readonly parameters: JsonSchema;
}

export interface ChatRequest {
  readonly messages: readonly ChatMessage[];
  readonly tools?: readonly ToolDefinition[];
  /** The reply must be JSON of this schema, where the server can enforce it; else the prompt has to ask for it. */
  readonly schema?: { readonly name: string; readonly schema: JsonSchema };
}

export interface ChatUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

export interface ChatReply {
  readonly text: string;
  readonly toolCalls: readonly ToolCall[];
  /** `length`: cut at the server's limit. */
  readonly finish: 'stop' | 'length' | 'tool_calls';
  /** Undefined where the server did not say. */
  readonly usage: ChatUsage | undefined;
}

export interface ChatOptions {
  readonly signal: AbortSignal;
  /** Text as it arrives. */
  onText?(delta: string): void;
  /** The adapter backs off (429, 5xx) and tries again at `until` (milliseconds since the epoch). */
  onWaiting?(until: number, reason: string): void;
}

/** A chat model behind any provider. Aborting `signal` rejects with an AbortError; every other fault is data. */
export interface ChatModel {
  /** As shown to the user and looked up in the price table. */
  readonly id: string;
  /** Absent: four characters count as a token. */
  readonly tokens?: TokenCounter;
  /** Tokens of a request and its reply together, where they are known; a fault `context-too-long` has the last word. */
  readonly contextTokens?: number;
  complete(request: ChatRequest, options: ChatOptions): Promise<Result<ChatReply>>;
}

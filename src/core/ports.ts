/**
 * What the core needs of the world. Adapters: src/models, src/node, src/vscode. Whole small fakes: test/fakes.
 */
import type { Result } from './common/result';

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

export interface Ids {
  /** A ULID: 26 characters that sort by time of creation. */
  next(): string;
  /** An unguessable token, 128 bits or more. */
  secret(): string;
}

export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** Turns text into unit vectors. Implementations: src/node/encoder.ts (USE-lite). */
export interface Encoder {
  /** Names model and version: vectors of two encoders are never compared. */
  readonly id: string;
  readonly dimensions: number;
  /** One unit-length Float32Array (length `dimensions`) a text, or undefined where the encoder cannot read the text. */
  encode(texts: readonly string[], signal?: AbortSignal): Promise<readonly (Float32Array | undefined)[]>;
  dispose(): Promise<void>;
}

// ---- chat models ----------------------------------------------------------------------------------------------

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** The arguments as the model wrote them: JSON text, perhaps malformed. */
  readonly arguments: string;
}

export type ChatMessage =
  | { readonly role: 'system' | 'user'; readonly content: string }
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
  complete(request: ChatRequest, options: ChatOptions): Promise<Result<ChatReply>>;
}

// ---- files and search -------------------------------------------------------------------------------------------

export interface FileEntry {
  /** Relative to the workspace folder, with forward slashes. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
}

/** The workspace's files: nothing outside the folder, nothing that .gitignore or the user's excludes hide. */
export interface Files {
  list(options: { readonly glob?: string; readonly limit: number; readonly signal?: AbortSignal }): Promise<{
    readonly files: readonly FileEntry[];
    /** How many match in all. */
    readonly total: number;
  }>;
  /** The text of a file; a fault for what is missing, outside the folder, binary or too large. */
  read(path: string, signal?: AbortSignal): Promise<Result<string>>;
  /** SHA-256 of the file's bytes in hex, undefined if it cannot be read. */
  hash(path: string): Promise<string | undefined>;
}

/** A stretch of a file's text: the unit of search and of evidence. */
export interface Passage {
  readonly path: string;
  /** The document's title and the headings above the passage, e.g. `Instruments › Winch`. */
  readonly title: string;
  /** 1-based, inclusive. */
  readonly startLine: number;
  readonly endLine: number;
  readonly text: string;
}

export interface SearchHit extends Passage {
  /** Fused score, only comparable within one answer. */
  readonly score: number;
  /** Cosine with the query; undefined where either has no vector. */
  readonly cosine: number | undefined;
}

export interface WorkspaceSearch {
  /** The passages that bear on the query, best first: BM25 and embeddings, fused. */
  search(
    query: string,
    options: { readonly limit: number; readonly signal?: AbortSignal },
  ): Promise<readonly SearchHit[]>;
  /**
   * The second hop: passages reached from the given ones by links, by titles and names they mention or share, best
   * first by how they bear on the question and on what was found. None of `passages` is among them.
   */
  related(
    passages: readonly Passage[],
    options: { readonly question: string; readonly limit: number; readonly signal?: AbortSignal },
  ): Promise<readonly SearchHit[]>;
}

// ---- commands ---------------------------------------------------------------------------------------------------

export interface CommandRequest {
  readonly runId: string;
  readonly callId: string;
  /** Exactly the bytes that were approved: one line with no control characters. */
  readonly command: string;
  readonly signal: AbortSignal;
  onOutput(chunk: string): void;
}

export interface CommandResult {
  /** Undefined where the shell did not say; that is not success. */
  readonly exitCode: number | undefined;
  /** Escape sequences stripped; head and tail where long, with a line between that says how much is left out. */
  readonly output: string;
  /** Absolute path of the whole output. */
  readonly outputFile: string;
  readonly bytes: number;
  readonly endedBy: 'exit' | 'cancelled' | 'closed';
}

export type CodeLanguage = 'python' | 'javascript' | 'shell';

/** Evaluates expressions of a maths library's own language; no host object, file or network can be reached. */
export interface Calculator {
  /**
   * The value as text, or what is wrong with the expression, in words that complete “… cannot be calculated:”. Ends
   * what takes too long. Rejects with the signal's reason once it aborts.
   */
  calculate(expression: string, signal: AbortSignal): Promise<Result<string>>;
}

/** Runs commands: the integrated terminal in the editor, a child process in the command line. */
export interface CommandRunner {
  /** Writes code to a file of the run's folder and gives the one-line command that runs it. */
  prepareCode(runId: string, callId: string, language: CodeLanguage, code: string): Promise<Result<string>>;
  run(request: CommandRequest): Promise<Result<CommandResult>>;
}

import type { Result } from '../common/result';

export interface Clock {
  /** Milliseconds since the epoch: jumps, back too, where the machine's clock is set. */
  now(): number;
}

/** Tells how long something took, too. */
export interface SteadyClock extends Clock {
  /** Milliseconds since some beginning, by a clock that nobody sets. */
  steady(): number;
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

/** Evaluates expressions of a maths library's own language; no host object, file or network can be reached. */
export interface Calculator {
  /**
   * The value as text, or what is wrong with the expression, in words that complete “… cannot be calculated:”. Ends
   * what takes too long. Rejects with the signal's reason once it aborts.
   */
  calculate(expression: string, signal: AbortSignal): Promise<Result<string>>;
}

/** Counts tokens as the models of a provider do, or as near to it as an open vocabulary comes. */
export interface TokenCounter {
  /** False where the model's own vocabulary is not open: then a count is an estimate. */
  readonly exact: boolean;
  /** Of a text, special tokens taken as plain words. */
  count(text: string): Promise<number>;
}

/** Of OpenAI's models; open. */
export type Vocabulary = 'o200k_base' | 'cl100k_base';

export type CountTokens = (text: string, vocabulary: Vocabulary) => Promise<number>;

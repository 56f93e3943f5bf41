/**
 * Expected faults are data: a function that can fail in a way its caller must handle returns a `Result`; a throw
 * means a bug (or an `AbortError`, see abort.ts). Callers decide by `code`, never by the text of `message`.
 */
export type FaultCode =
  | 'empty-question'
  | 'no-folder'
  | 'no-model'
  | 'unauthorized'
  | 'forbidden'
  | 'model-not-found'
  | 'unreachable'
  | 'rate-limited'
  | 'server-error'
  | 'bad-request'
  | 'bad-reply'
  | 'bad-plan'
  | 'stalled'
  | 'context-too-long'
  | 'limit'
  | 'cancelled'
  | 'denied'
  | 'not-found'
  | 'bad-arguments'
  | 'unsupported'
  | 'storage'
  | 'tool'
  | 'internal';

export interface Fault {
  readonly code: FaultCode;
  /** One sentence for a person: what happened and what to do about it. */
  readonly message: string;
}

export interface Ok<T> {
  readonly ok: true;
  readonly value: T;
}
export interface Failed<F extends Fault = Fault> {
  readonly ok: false;
  readonly fault: F;
}
export type Result<T, F extends Fault = Fault> = Ok<T> | Failed<F>;

export const ok = <T>(value: T): Ok<T> => ({ ok: true, value });
export const failed = (code: FaultCode, message: string): Failed => ({ ok: false, fault: { code, message } });

/** The message of anything that was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

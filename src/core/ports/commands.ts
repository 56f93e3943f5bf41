import type { Result } from '../common/result';

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

/** Runs commands: the integrated terminal in the editor, a child process in the command line. */
export interface CommandRunner {
  /** Writes code to a file of the run's folder and gives the one-line command that runs it. */
  prepareCode(runId: string, callId: string, language: CodeLanguage, code: string): Promise<Result<string>>;
  run(request: CommandRequest): Promise<Result<CommandResult>>;
}

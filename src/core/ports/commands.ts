import type { Result } from '../common/result';
import type { ArtifactFile } from './runFiles';

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
  /** The line of `outputFile` at which what is left out of `output` begins; undefined where nothing is. */
  readonly leftOutFrom: number | undefined;
  /** Bytes of the output that `outputFile` lacks, as it grows to 50 MB only. */
  readonly notKept: number;
  readonly endedBy: 'exit' | 'cancelled' | 'closed';
  readonly made: MadeFiles;
}

/** The files that a command made or changed while it ran. */
export interface MadeFiles {
  /** Absolute path of the run's folder. */
  readonly folder: string;
  /** In the run's folder, sorted by path: made there, or copied from the workspace where they can be shown. */
  readonly files: readonly ArtifactFile[];
  /** Of the workspace, relative to it, sorted. */
  readonly workspace: readonly { readonly path: string; readonly isNew: boolean }[];
  /** How many there are beyond those listed. */
  readonly more: number;
  /** False where the workspace is too large to be looked through. */
  readonly lookedThrough: boolean;
}

export type CodeLanguage = 'python' | 'javascript' | 'shell';

/** Runs commands: the integrated terminal in the editor, a child process in the command line. */
export interface CommandRunner {
  /**
   * Writes code to a file of the run's folder and gives the one-line command that runs it, with the variable
   * MEMENTO_OUTPUT_DIR set to the run's folder for files. The same call again writes the same file anew.
   */
  prepareCode(runId: string, callId: string, language: CodeLanguage, code: string): Promise<Result<string>>;
  run(request: CommandRequest): Promise<Result<CommandResult>>;
}

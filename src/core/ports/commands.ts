import type { Result } from '../common/result';
import type { ArtifactFile } from './runFiles';

export interface CommandRequest {
  readonly runId: string;
  readonly callId: string;
  /** Exactly the bytes that were approved: one line with no control characters. */
  readonly command: string;
  /**
   * A person approved it, or their rule does. Else it runs because it only reads, for what the names of its programs stand
   * for in a fresh process: nothing that ran before may have a say in that, nor an environment of the folder.
   */
  readonly isApproved: boolean;
  /** Sends Ctrl+C, however long ago the command was started. */
  readonly signal: AbortSignal;
  readonly onOutput: (chunk: string) => void;
}

export interface CommandEnd {
  readonly endedBy: 'exit' | 'cancelled' | 'closed';
  /** Undefined where the shell did not say; that is not success. */
  readonly exitCode: number | undefined;
}

/** A command that was started. */
export interface RunningCommand {
  /** Soon after `signal` aborts, whether or not the command heeds that. Rejects only for a bug. */
  readonly ended: Promise<CommandEnd>;
  /** What has come of it since this was asked last. */
  yields(): Promise<CommandYield>;
  /** Brings the place where it runs before the user's eyes; undefined where there is none. */
  readonly show: (() => void) | undefined;
}

/** What a command prints and makes. */
export interface CommandYield {
  /** Escape sequences stripped; head and tail where long, with a line between that says how much is left out. */
  readonly output: string;
  /** Absolute path of the whole output, from the command's start. */
  readonly outputFile: string;
  /** Of the whole output. */
  readonly bytes: number;
  /** The line of `outputFile` at which what is left out of `output` begins; undefined where nothing is. */
  readonly leftOutFrom: number | undefined;
  /** Bytes of the output that `outputFile` lacks, as it grows to 50 MB only. */
  readonly notKept: number;
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
  /** In a terminal the user can answer what a command asks, and a command outlives the run; a process ends with ours. */
  readonly place: 'terminal' | 'process';
  /** What a person should know who approves a command, one sentence each: which Python it finds. */
  remarks(): Promise<readonly string[]>;
  /**
   * Writes code to a file of the run's folder and gives the one-line command that runs it, with the variable
   * MEMENTO_OUTPUT_DIR set to the run's folder for files. The same call again writes the same file anew.
   */
  prepareCode(runId: string, callId: string, language: CodeLanguage, code: string): Promise<Result<string>>;
  start(request: CommandRequest): Promise<Result<RunningCommand>>;
}

import type { RunEvent } from './events';

/** One line of the list of runs. */
export interface RunSummary {
  readonly runId: string;
  readonly question: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Null where the run has not ended, or its process died. */
  readonly outcome: string | null;
  /** Of a follow-up: the run that it follows. */
  readonly parentRunId: string | null;
}

export interface LogTail {
  readonly events: readonly RunEvent[];
  /** Bytes. */
  readonly end: number;
}

/** The runs' logs on disk, a line an event, written at every step so that a crash leaves evidence. */
export interface RunStore {
  /** Resolves when the event is with the operating system; in order within a run. */
  append(event: RunEvent): Promise<void>;
  /** The events kept, in order, undefined with no such run. A torn last line is left out. */
  read(runId: string): Promise<readonly RunEvent[] | undefined>;
  /** Runs that have not ended and that no living process is at work on, newest first. */
  unfinished(): Promise<readonly RunSummary[]>;
  /** This process or another one is at work on the run. */
  isUnderWay(runId: string): Promise<boolean>;
  /** Runs that another program suggested a judgement of, which waits for a person's. */
  suggested(): Promise<readonly string[]>;
  /** Deletes log and files of a run for good; false, and nothing is deleted, where it is under way. */
  remove(runId: string): Promise<boolean>;
  /** Fires when a run of this process began, ended, was interrupted or gone on with, and when one was deleted. */
  readonly onDidChange: (listener: () => void) => { dispose(): void };
  /** The events after the first `offset` bytes of the log, and where they end; undefined with no such run. */
  tail(runId: string, offset: number): Promise<LogTail | undefined>;
  /** Newest first. */
  list(limit: number): Promise<readonly RunSummary[]>;
  /** Absolute path of the run's own folder, made if need be: code, outputs, artefacts. */
  folder(runId: string): Promise<string>;
}

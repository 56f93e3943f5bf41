import type { Result } from '../common/result';
import type { RunEvent, RunEventBody } from './events';
import type { RunInput } from './inputs';

/** A run under way: events out, inputs in. */
export interface Run {
  readonly id: string;
  /** Every event from the first on, for any number of readers; ends when the run has. */
  readonly events: AsyncIterable<RunEvent>;
  /** Those of them that there are by now: `run.started`, at least. */
  readonly soFar: readonly RunEvent[];
  /** What a person did. A fault where it came too late, names nothing that is waiting, or cannot be done. */
  send(input: RunInput): Result<undefined>;
  /** Adds what became of something that the run left running; false where its log is closed. */
  record(event: RunEventBody): boolean;
  /** Ends the run within a second; commands that it started get Ctrl+C. */
  cancel(): void;
  /** Ends the run where it is, so that it can be gone on with later. */
  interrupt(): void;
  /** Settles after the last event was written. Never rejects. */
  readonly finished: Promise<void>;
}

import { Replay } from '../common/event';
import { messageOf } from '../common/result';
import type { Secrets } from '../common/secrets';
import type { Clock, Logger } from '../ports';
import type { RunEvent, RunEventBody } from './events';
import { isTransient } from './events';
import type { RunStore } from './runStore';

/**
 * Numbers and times a run's events, gives them to the readers at once and to the log on disk in order, without the
 * program's secrets: whatever is written or shown of a run is made of its events. A log that cannot be written is told
 * once and stops nothing: the answer matters more than its record.
 */
export class Recorder {
  readonly stream = new Replay<RunEvent>();
  readonly #runId: string;
  readonly #store: RunStore;
  readonly #secrets: Secrets;
  readonly #clock: Clock;
  readonly #logger: Logger;
  #seq = 0;
  #written: Promise<void> = Promise.resolve();
  #storeFailed = false;
  #closed = false;

  /** @param past what the log has already */
  constructor(
    runId: string,
    ports: { runs: RunStore; secrets: Secrets; clock: Clock; logger: Logger },
    past: readonly RunEvent[] = [],
  ) {
    this.#runId = runId;
    for (const event of past) this.stream.push(event);
    this.#seq = (past.at(-1)?.seq ?? -1) + 1;
    this.#store = ports.runs;
    this.#secrets = ports.secrets;
    this.#clock = ports.clock;
    this.#logger = ports.logger;
  }

  /** What still arrives after the run has ended (work that did not stop in time) is no part of it. */
  readonly emit = (body: RunEventBody): void => {
    if (this.#closed) return;
    const told = this.#secrets.hideIn(body);
    const event: RunEvent = { v: 1, seq: this.#seq++, at: this.#clock.now(), runId: this.#runId, ...told };
    this.stream.push(event);
    if (!isTransient(event)) this.#written = this.#written.then(() => this.#write(event));
  };

  get isClosed(): boolean {
    return this.#closed;
  }

  /** Ends the stream once everything is with the store. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#written;
    this.stream.end();
  }

  async #write(event: RunEvent): Promise<void> {
    try {
      await this.#store.append(event);
    } catch (error) {
      this.#logger.error(`The run's log cannot be written: ${messageOf(error)}`);
      if (this.#storeFailed) return;
      this.#storeFailed = true;
      this.stream.push({
        v: 1,
        seq: this.#seq++,
        at: this.#clock.now(),
        runId: this.#runId,
        type: 'notice',
        code: 'log-not-written',
        message: `This run is not being kept on disk: ${messageOf(error)}`,
      });
    }
  }
}

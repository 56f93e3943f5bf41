import { Emitter } from '../common/event';
import type { Secrets } from '../common/secrets';
import type { Clock } from '../ports';
import type { RunEvent, RunEventBody } from './events';
import type { RunStore } from './runStore';

/**
 * What happens after a run's end, added to its log without the program's secrets: one event after the other, so that
 * each has its own number.
 */
export class EndedRunLog {
  readonly #runs: RunStore;
  readonly #clock: Clock;
  readonly #secrets: Secrets;
  readonly #appended = new Emitter<RunEvent>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(ports: { readonly runs: RunStore; readonly clock: Clock; readonly secrets: Secrets }) {
    [this.#runs, this.#clock, this.#secrets] = [ports.runs, ports.clock, ports.secrets];
  }

  readonly onDidAppend = this.#appended.on;

  /** The events so far, none where there is no log. Rejects as the store does. */
  async read(runId: string): Promise<readonly RunEvent[]> {
    return (await this.#runs.read(runId)) ?? [];
  }

  /** Rejects as the store does. */
  append(runId: string, body: RunEventBody): Promise<void> {
    const appended = this.#last.then(() => this.#append(runId, body));
    this.#last = appended.catch(() => undefined);
    return appended;
  }

  async #append(runId: string, body: RunEventBody): Promise<void> {
    const last = (await this.read(runId)).at(-1);
    const told = this.#secrets.hideIn(body);
    const event: RunEvent = { v: 1, seq: (last?.seq ?? -1) + 1, at: this.#clock.now(), runId, ...told };
    await this.#runs.append(event);
    this.#appended.fire(event);
  }
}

import { decodeTime, monotonicFactory } from 'ulid';

/**
 * Ids that are later than all that this process made or saw, also where clocks differ: a hybrid logical clock in the
 * form of ULIDs. A judgement that follows another one that was seen always holds over it.
 */
export class OperationIds {
  readonly #now: () => number;
  readonly #next = monotonicFactory();
  #last = '';
  #seen = '';

  /** `now` in milliseconds since the epoch. */
  constructor(now: () => number) {
    this.#now = now;
  }

  readonly next = (): string => {
    const floor = this.#seen > this.#last ? decodeTime(this.#seen) + 1 : 0;
    return (this.#last = this.#next(Math.max(this.#now(), floor)));
  };

  /** An id that another process made; '' is earlier than all. */
  observe(id: string): void {
    if (id > this.#seen) this.#seen = id;
  }
}

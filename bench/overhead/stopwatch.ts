/** Wall time during which at least one of some calls was under way: calls that overlap count once. */
export class Stopwatch {
  #busy = 0;
  #since = 0;
  #total = 0;
  readonly #now: () => number;

  /** @param now milliseconds by a clock that nobody sets */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Milliseconds, with what is under way. */
  get total(): number {
    return this.#total + (this.#busy > 0 ? this.#now() - this.#since : 0);
  }

  async time<T>(work: () => Promise<T>): Promise<T> {
    if (this.#busy++ === 0) this.#since = this.#now();
    try {
      return await work();
    } finally {
      if (--this.#busy === 0) this.#total += this.#now() - this.#since;
    }
  }

  /** The same function, timed. */
  over<A extends readonly unknown[], R>(call: (...args: A) => Promise<R>): (...args: A) => Promise<R> {
    return (...args) => this.time(() => call(...args));
  }
}

import type { Disposable } from './disposable';

/** A typed event source. A listener that throws does not keep the others from hearing. */
export class Emitter<T> {
  readonly #listeners = new Set<(value: T) => void>();

  readonly on = (listener: (value: T) => void): Disposable => {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  };

  fire(value: T): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(value);
      } catch (error) {
        reportError(error);
      }
    }
  }
}

/** A bug in a listener is reported as an unhandled rejection, which hosts log, and stops nobody else. */
function reportError(error: unknown): void {
  void Promise.reject(error instanceof Error ? error : new Error(String(error)));
}

/**
 * An unbounded stream with any number of readers, each of which sees every value from the first on: late readers
 * (a panel opened during a run) miss nothing.
 */
export class Replay<T> implements AsyncIterable<T> {
  readonly #values: T[] = [];
  #ended = false;
  #wake: (() => void)[] = [];

  push(value: T): void {
    if (this.#ended) throw new Error('The stream has ended.');
    this.#values.push(value);
    this.#wakeAll();
  }

  end(): void {
    this.#ended = true;
    this.#wakeAll();
  }

  get values(): readonly T[] {
    return this.#values;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, void> {
    for (let next = 0; ;) {
      while (next < this.#values.length) yield this.#values[next++] as T;
      if (this.#ended) return;
      await new Promise<void>((resolve) => this.#wake.push(resolve));
    }
  }

  #wakeAll(): void {
    for (const wake of this.#wake.splice(0)) wake();
  }
}

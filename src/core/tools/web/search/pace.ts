/** How often a provider may be asked, and when it wants to be left alone. */
import { abortReason } from '../../../common/abort';
import type { Clock } from '../../../ports';

/** A clock that can be waited on. */
export interface Timer extends Clock {
  /** Rejects with the signal's reason once it aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

export interface Pace {
  /** Milliseconds between the starts of two requests. */
  readonly everyMs: number;
  /** Requests under way at a time. */
  readonly atOnce: number;
}

/** Lets requests through one by one, in the order in which they came, at the pace that the provider allows. */
export class Turnstile {
  readonly #pace: Pace;
  readonly #timer: Timer;
  readonly #queue: (() => void)[] = [];
  #underWay = 0;
  /** Milliseconds since the epoch at which the next request may start. */
  #next = 0;

  constructor(pace: Pace, timer: Timer) {
    this.#pace = pace;
    this.#timer = timer;
  }

  /** Rejects with the signal's reason where it aborts before `work` has begun. */
  async run<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    await this.#enter(signal);
    try {
      const now = this.#timer.now();
      // A clock that was set back must not make anyone wait for longer than the pace asks.
      const wait = Math.min(Math.max(0, this.#next - now), this.#pace.everyMs * this.#pace.atOnce);
      this.#next = now + wait + this.#pace.everyMs;
      if (wait > 0) await this.#timer.wait(wait, signal);
      return await work();
    } finally {
      this.#leave();
    }
  }

  async #enter(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#underWay < this.#pace.atOnce) this.#underWay++;
    else await this.#stand(signal);
  }

  /** The place is handed on, so that nobody who comes now can take it. */
  #leave(): void {
    const next = this.#queue.shift();
    if (next) next();
    else this.#underWay--;
  }

  #stand(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const admit = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        this.#queue.splice(this.#queue.indexOf(admit), 1);
        reject(abortReason(signal));
      };
      this.#queue.push(admit);
      signal.addEventListener('abort', leave, { once: true });
    });
  }
}

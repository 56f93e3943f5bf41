import { abortReason } from '../../src/core/common/abort';
import type { Timer } from '../../src/core/tools/web/search/pace';

/** Time that passes only when somebody waits, and then at once. */
export class VirtualTimer implements Timer {
  readonly waits: number[] = [];
  #now: number;

  constructor(now = Date.UTC(2026, 2, 1, 10, 42)) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  /** Lets time pass with nobody waiting; a negative number sets the clock back. */
  pass(ms: number): void {
    this.#now += ms;
  }

  async wait(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) throw abortReason(signal);
    this.waits.push(ms);
    this.#now += ms;
  }
}

import { abortReason } from '../../common/abort';
import { wait } from '../../common/wait';
import type { Clock } from '../../ports';

export interface HostQueueOptions {
  readonly clock: Clock;
  /** Resolves after so many milliseconds, or rejects with the signal's reason. */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Requests to one host at a time. */
const AT_ONCE = 2;
const MOST_HOSTS = 1_000;
/** Milliseconds; a turn that is farther off comes of a clock that was set back. */
const MOST_AHEAD = 60_000;

interface Lane {
  active: number;
  /** When the next request may start. */
  nextAt: number;
  readonly waiting: (() => void)[];
}

/** No host gets more than two requests at once, nor two in a shorter time than it asks for. */
export class HostQueue {
  readonly #lanes = new Map<string, Lane>();
  readonly #clock: Clock;
  readonly #sleep: (ms: number, signal: AbortSignal) => Promise<void>;

  constructor({ clock, sleep }: HostQueueOptions) {
    this.#clock = clock;
    this.#sleep = sleep ?? wait;
  }

  /**
   * Runs `work` when it is its turn.
   * @param gapMs between the starts of two requests
   */
  async run<T>(host: string, gapMs: number, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const lane = this.#lane(host);
    await enter(lane, signal);
    try {
      const now = this.#clock.now();
      const isAhead = lane.nextAt > now && lane.nextAt - now <= MOST_AHEAD;
      const start = isAhead ? lane.nextAt : now;
      lane.nextAt = start + gapMs;
      if (start > now) await this.#sleep(start - now, signal);
      return await work();
    } finally {
      lane.active--;
      lane.waiting.shift()?.();
    }
  }

  #lane(host: string): Lane {
    let lane = this.#lanes.get(host);
    if (lane === undefined) {
      if (this.#lanes.size >= MOST_HOSTS) this.#forgetIdle();
      lane = { active: 0, nextAt: 0, waiting: [] };
      this.#lanes.set(host, lane);
    }
    return lane;
  }

  #forgetIdle(): void {
    for (const [host, lane] of this.#lanes) {
      if (lane.active === 0 && lane.nextAt <= this.#clock.now()) this.#lanes.delete(host);
    }
  }
}

async function enter(lane: Lane, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  while (lane.active >= AT_ONCE) {
    await new Promise<void>((resolve, reject) => {
      const turn = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        lane.waiting.splice(lane.waiting.indexOf(turn), 1);
        reject(abortReason(signal));
      };
      lane.waiting.push(turn);
      signal.addEventListener('abort', leave, { once: true });
    });
  }
  lane.active++;
}

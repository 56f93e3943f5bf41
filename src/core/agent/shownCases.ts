import { childController } from '../common/abort';
import type { ShownCase } from '../memory/retrieved';

/** One plan, from the planner's reply to its last task. */
export interface Turn {
  readonly signal: AbortSignal;
  /** True once the plan is dropped for another one. */
  readonly isDropped: boolean;
  /** Drops it: what works on it is aborted. */
  drop(): void;
  release(): void;
}

/** The cases that the planner is shown. A person can take one away while a plan is made or done: it is dropped then. */
export class ShownCases {
  #cases: readonly ShownCase[];
  #turn: Turn | undefined;

  constructor(cases: readonly ShownCase[]) {
    this.#cases = cases;
  }

  get cases(): readonly ShownCase[] {
    return this.#cases;
  }

  /** The turn that an exclusion drops, until it is released. */
  turn(signal: AbortSignal): Turn {
    const child = childController(signal);
    let isDropped = false;
    const turn: Turn = {
      signal: child.signal,
      get isDropped() {
        return isDropped;
      },
      drop: () => {
        isDropped = true;
        child.controller.abort(new DOMException('The plan was dropped.', 'AbortError'));
      },
      release: () => {
        child.release();
        if (this.#turn === turn) this.#turn = undefined;
      },
    };
    this.#turn = turn;
    return turn;
  }

  /** False where there is no such case, or nothing that could still change. */
  exclude(caseId: string): boolean {
    if (!this.#turn || !this.#cases.some((shown) => shown.case.id === caseId)) return false;
    this.#cases = this.#cases.filter((shown) => shown.case.id !== caseId);
    this.#turn.drop();
    return true;
  }
}

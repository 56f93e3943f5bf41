/** What the panel shows: the fold of the run's events, and a few facts about the panel itself. */
import { foldOn, initialRunState, type ApprovalState, type RunState } from '../src/core/agent/runState';
import type { PanelMessage } from './host';

export interface PanelState {
  readonly run: RunState;
  /** Null until the host has said which run this is. */
  readonly runId: string | null;
  /** False where nothing will follow but feedback. */
  readonly live: boolean;
  /** Another window, or the command line, is at work on it. */
  readonly elsewhere: boolean;
  readonly unavailable: string | null;
  /** How many cases retrieval had to choose from; null until it is done. */
  readonly candidates: number | null;
  /** Time of the latest event, ms since the epoch: where the clock of a run stops that has no end. */
  readonly lastAt: number;
  /** What the last click could not do, in one sentence. */
  readonly problem: string | null;
}

export const initialPanelState: PanelState = {
  run: initialRunState,
  runId: null,
  live: false,
  elsewhere: false,
  unavailable: null,
  candidates: null,
  lastAt: 0,
  problem: null,
};

/** Takes the state over, whose run is written to (`foldOn`). */
export function receive(state: PanelState, message: PanelMessage): PanelState {
  if (message.type === 'unavailable') return { ...state, unavailable: message.message };
  const start = message.reset ? { ...initialPanelState, runId: message.runId } : state;
  // What is left of a run that is no longer shown never paints.
  if (start.runId !== message.runId) return state;
  const run = foldOn(start.run, message.events);
  let { candidates, lastAt } = start;
  for (const event of message.events) {
    lastAt = event.at;
    if (event.type === 'cases.retrieved') candidates = event.candidates.length;
  }
  return {
    ...start,
    run,
    candidates,
    lastAt,
    live: message.live,
    elsewhere: message.elsewhere === true,
    unavailable: null,
  };
}

/** Events folded between two looks at the clock. */
const CHUNK = 200;

/** Holds the state and the messages that are not in it yet: a long history is folded in slices, not in one long task. */
export class Store {
  #state = initialPanelState;
  #queue: PanelMessage[] = [];
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get state(): PanelState {
    return this.#state;
  }

  get behind(): boolean {
    return this.#queue.length > 0;
  }

  receive(message: PanelMessage): void {
    this.#queue.push(...chunksOf(message));
    this.#changed();
  }

  /** Folds what has arrived, for about so long. */
  catchUp(budgetMs: number): void {
    const end = performance.now() + budgetMs;
    let done = 0;
    while (done < this.#queue.length && (done === 0 || performance.now() < end)) {
      const message = this.#queue[done++];
      if (message) this.#state = receive(this.#state, message);
    }
    this.#queue = this.#queue.slice(done);
  }

  report(problem: string | null): void {
    this.#state = { ...this.#state, problem };
    this.#changed();
  }
}

function chunksOf(message: PanelMessage): PanelMessage[] {
  if (message.type !== 'events' || message.events.length <= CHUNK) return [message];
  const chunks: PanelMessage[] = [];
  for (let start = 0; start < message.events.length; start += CHUNK) {
    const reset = message.reset && start === 0;
    chunks.push({ ...message, reset, events: message.events.slice(start, start + CHUNK) });
  }
  return chunks;
}

/** True while something can still happen in this run, in this window. */
export const isUnderWay = ({ live, run }: PanelState): boolean =>
  live && (run.status === 'starting' || run.status === 'running' || run.status === 'waiting');

/** It goes on, but where this page cannot reach it. */
export const isElsewhere = ({ elsewhere, run }: PanelState): boolean => elsewhere && run.outcome === null;

/** What the person is asked first. */
export const nextApproval = ({ approvals }: RunState): ApprovalState | undefined =>
  approvals.find(({ decision }) => decision === 'pending');

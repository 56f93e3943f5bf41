/** How a run's loop ends. */
import type { Fault } from '../common/result';
import type { Outcome } from './events';

export interface Answer {
  readonly answer: string;
  readonly shortAnswer: string;
}

/** How the loop ended; with an answer unless it failed. */
export type Ending = Answered | Failure;

export interface Answered {
  readonly outcome: Exclude<Outcome, 'cancelled' | 'failed'>;
  readonly answer: Answer;
  /** The limit that forced it. */
  readonly error?: Fault;
}

export interface Failure {
  readonly outcome: 'failed';
  readonly error: Fault;
}

export const failure = (error: Fault): Failure => ({ outcome: 'failed', error });

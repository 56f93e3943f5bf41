import type { Budget } from './budget';

/** Of `setTimeout`, milliseconds. */
export const LONGEST_TIMER = 2 ** 31 - 1;

/** Aborts with a TimeoutError when the run's working time is over; the time a person is waited for moves the end. */
export function abortAtDeadline(controller: AbortController, budget: Budget): () => void {
  let timer: ReturnType<typeof setTimeout>;
  const arm = () => {
    timer = setTimeout(check, Math.min(Math.max(budget.remainingMs(), 20), LONGEST_TIMER));
  };
  const check = () => {
    if (budget.remainingMs() > 0) arm();
    else controller.abort(new DOMException('The time is over.', 'TimeoutError'));
  };
  arm();
  const stop = () => clearTimeout(timer);
  // Work that never settles must not leave a timer that keeps a process alive.
  controller.signal.addEventListener('abort', stop, { once: true });
  return stop;
}

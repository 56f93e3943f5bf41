/** How far a run under way is, for a line in a list: a fold that costs the same however long the run is. */
import type { RunEvent } from './events';

export interface RunProgress {
  /** Milliseconds since the epoch; 0 before the first event. */
  readonly startedAt: number;
  /** Tasks that are not done yet. */
  readonly open: ReadonlySet<number>;
  readonly done: number;
  /** What waits for the person: approvals, and the plan. */
  readonly waitsFor: ReadonlySet<string>;
}

export const NO_PROGRESS: RunProgress = { startedAt: 0, open: new Set(), done: 0, waitsFor: new Set() };

const PLAN = 'plan';

/** The same object where the event changes nothing of it. */
export function foldProgress(progress: RunProgress, event: RunEvent): RunProgress {
  const { open, done, waitsFor } = progress;
  switch (event.type) {
    case 'run.started':
      return { ...progress, startedAt: event.at };
    case 'plan.proposed': {
      const ids = event.tasks.map(({ id }) => id);
      return {
        ...progress,
        open: new Set([...open, ...ids]),
        waitsFor: event.review ? withOne(waitsFor, PLAN) : waitsFor,
      };
    }
    case 'plan.edited':
      return { ...progress, open: new Set(event.tasks.map(({ id }) => id)) };
    case 'plan.approved':
      return { ...progress, waitsFor: without(waitsFor, PLAN) };
    // The plan is dropped; what is in the middle still ends.
    case 'case.excluded':
      return { ...progress, open: new Set(), waitsFor: without(waitsFor, PLAN) };
    case 'task.finished':
      return { ...progress, open: without(open, event.taskId), done: done + 1 };
    case 'approval.requested':
      return { ...progress, waitsFor: withOne(waitsFor, event.approvalId) };
    case 'approval.resolved':
      return { ...progress, waitsFor: without(waitsFor, event.approvalId) };
    default:
      return progress;
  }
}

const withOne = <T>(set: ReadonlySet<T>, one: T): ReadonlySet<T> => new Set([...set, one]);

const without = <T>(set: ReadonlySet<T>, one: T): ReadonlySet<T> =>
  new Set([...set].filter((each) => each !== one));

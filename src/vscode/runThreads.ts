/** Questions with their follow-ups. */
import type { RunSummary } from '../core/agent/runStore';

export interface RunThread {
  readonly first: RunSummary;
  /** All that follow it, and what follows these, in the order of time. */
  readonly followUps: readonly RunSummary[];
}

/**
 * The one with the latest run comes first. What follows a run that is not listed begins a thread of its own.
 *
 * @param runs newest first
 */
export function threadsOf(runs: readonly RunSummary[]): readonly RunThread[] {
  const byId = new Map(runs.map((run) => [run.runId, run]));
  const firstOf = (run: RunSummary): RunSummary => {
    const seen = new Set<string>();
    let first = run;
    for (let parent = parentOf(first); parent && !seen.has(parent.runId); parent = parentOf(first)) {
      seen.add(parent.runId);
      first = parent;
    }
    return first;
  };
  const parentOf = ({ parentRunId }: RunSummary) =>
    parentRunId === null ? undefined : byId.get(parentRunId);
  const threads = new Map<RunSummary, RunSummary[]>();
  for (const run of runs) {
    const first = firstOf(run);
    const followUps = threads.get(first) ?? [];
    threads.set(first, run === first ? followUps : [run, ...followUps]);
  }
  return [...threads].map(([first, followUps]) => ({ first, followUps }));
}

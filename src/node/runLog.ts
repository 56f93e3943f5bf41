/** The lines of a run's log: one JSON event each. */
import type { RunEvent } from '../core/agent/events';
import { readEvent } from '../core/agent/readEvent';
import type { RunSummary } from '../core/agent/runStore';

export const lineOf = (event: RunEvent): string => `${JSON.stringify(event)}\n`;

/** The events of whole lines, in order. A torn line, and what this version cannot read, are left out. */
export const eventsOf = (text: string): RunEvent[] => text.split('\n').flatMap((line) => eventOf(line) ?? []);

/** Those of one run: in its log there are no other ones, unless it was changed. */
export const eventsOfRun = (runId: string, text: string): RunEvent[] =>
  eventsOf(text).filter((event) => event.runId === runId);

/** @param head the log's beginning, @param tail its end: cut anywhere; they may overlap */
export function summaryOf(runId: string, head: string, tail: string): RunSummary | undefined {
  const started = eventsOfRun(runId, head).find((event) => event.type === 'run.started');
  if (started === undefined) return undefined;
  const last = eventsOfRun(runId, tail).findLast(
    ({ type }) => type === 'run.finished' || type === 'run.resumed',
  );
  return {
    runId,
    question: started.question,
    startedAt: started.at,
    outcome: last?.type === 'run.finished' ? last.outcome : null,
    parentRunId: started.parentRunId,
  };
}

function eventOf(line: string): RunEvent | undefined {
  if (line === '') return undefined;
  try {
    return readEvent(JSON.parse(line));
  } catch {
    return undefined;
  }
}

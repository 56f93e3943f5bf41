/** The lines of a run's log: one JSON event each. */
import type { RunEvent, RunEventType } from '../core/agent/events';
import type { RunSummary } from '../core/agent/runStore';

/** A record and not a list, so that a type that is missing here is an error of the compiler. */
const KNOWN: Readonly<Record<RunEventType, true>> = {
  'run.started': true,
  'question.restated': true,
  'models.chosen': true,
  'cases.retrieved': true,
  'reuse.offered': true,
  'reuse.taken': true,
  'plan.proposed': true,
  'plan.edited': true,
  'plan.approved': true,
  'case.excluded': true,
  'user.steered': true,
  'task.started': true,
  'tool.called': true,
  'tool.output': true,
  'approval.requested': true,
  'approval.resolved': true,
  'approval.waived': true,
  'run.exposed': true,
  'tool.returned': true,
  'command.ended': true,
  'evidence.added': true,
  'task.finished': true,
  'model.waiting': true,
  notice: true,
  'answer.delta': true,
  'answer.ready': true,
  usage: true,
  'run.interrupted': true,
  'run.resumed': true,
  'run.finished': true,
  'case.stored': true,
  'feedback.suggested': true,
  'feedback.given': true,
  'lessons.learned': true,
};

export const lineOf = (event: RunEvent): string => `${JSON.stringify(event)}\n`;

/** The events of whole lines, in order. A torn line and what a later version wrote are left out. */
export const eventsOf = (text: string): RunEvent[] => text.split('\n').flatMap((line) => eventOf(line) ?? []);

/** @param head the log's beginning, @param tail its end: cut anywhere; they may overlap */
export function summaryOf(runId: string, head: string, tail: string): RunSummary | undefined {
  const started = eventsOf(head).find((event) => event.type === 'run.started');
  if (started === undefined) return undefined;
  const last = eventsOf(tail).findLast(({ type }) => type === 'run.finished' || type === 'run.resumed');
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
    const value: unknown = JSON.parse(line);
    return isEvent(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Looks at what every event has; the rest is as this program wrote it. */
function isEvent(value: unknown): value is RunEvent {
  if (typeof value !== 'object' || value === null) return false;
  const { v, seq, at, runId, type } = value as Partial<Record<string, unknown>>;
  return (
    v === 1 &&
    typeof seq === 'number' &&
    typeof at === 'number' &&
    typeof runId === 'string' &&
    typeof type === 'string' &&
    Object.hasOwn(KNOWN, type)
  );
}

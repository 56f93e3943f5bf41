import { summarise } from '../agent/callSummary';
import type { RunEvent } from '../agent/events';
import { count } from '../common/count';
import { oneLine } from '../common/oneLine';

/** What a run is at, in a line for who waits for its answer; undefined where nothing is worth a line. */
export function progressLine(event: RunEvent): string | undefined {
  switch (event.type) {
    case 'cases.retrieved':
      return `${count(event.cases.length, 'past case')} found`;
    case 'plan.proposed':
      return `Plan: ${event.tasks.map(({ description }) => oneLine(description, 100)).join('; ')}`;
    case 'tool.called':
      return `${event.tool} ${oneLine(summarise(event.arguments), 100)}`;
    case 'approval.requested':
      return 'Waits for an approval';
    case 'task.finished':
      return `Task ${event.taskId} ${event.status}`;
    case 'model.waiting':
      return `Waits for the model: ${event.reason}`;
    case 'notice':
      return event.message;
    case 'answer.ready':
      return 'Answer ready';
    default:
      return undefined;
  }
}

/** A plan that a person looks at, and may change, before it is done. */
import { failed, ok, type Result } from '../common/result';
import type { PlanTask } from '../memory/case';
import { orderFault } from '../memory/planOrder';

/** Tasks of a plan that a person writes. */
const MOST_TASKS = 50;

/**
 * The plan as it can be done, or what keeps it from that, for the person. Tasks keep the numbers that the planner gave
 * them; those that the person added have others.
 * @param proposed the planner's
 * @param edited the person's: changed, left out, added, in another order
 */
export function reviewedPlan(
  proposed: readonly PlanTask[],
  edited: readonly PlanTask[],
): Result<readonly PlanTask[]> {
  const tasks = edited.map((task) => ({ ...task, description: task.description.trim() }));
  const fault = faultOf(proposed, tasks);
  return fault === undefined ? ok(tasks) : failed('bad-plan', `This plan cannot be done: ${fault}.`);
}

function faultOf(proposed: readonly PlanTask[], tasks: readonly PlanTask[]): string | undefined {
  if (tasks.length === 0) return 'it has no task';
  if (tasks.length > MOST_TASKS) return `it has more than ${MOST_TASKS} tasks`;
  const empty = tasks.find(({ description }) => description === '');
  if (empty) return `task ${empty.id} says nothing`;
  const known = new Set(proposed.map(({ id }) => id));
  const highest = Math.max(...known);
  const taken = tasks.find(({ id }) => !known.has(id) && !(Number.isSafeInteger(id) && id > highest));
  if (taken) return `a new task cannot have the number ${taken.id}`;
  return orderFault(tasks)?.message;
}

/** True where the person left it as it was. */
export const isSamePlan = (a: readonly PlanTask[], b: readonly PlanTask[]): boolean =>
  JSON.stringify(a.map(parts)) === JSON.stringify(b.map(parts));

const parts = ({ id, description, dependsOn }: PlanTask) => [id, description, dependsOn];

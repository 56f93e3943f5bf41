import type { PlanTask } from './case';

type Task = Pick<PlanTask, 'id' | 'dependsOn'>;

export interface OrderFault {
  /** Where in the plan the task is that it is about. */
  readonly index: number;
  /** In words that complete “This plan cannot be done:”. */
  readonly message: string;
}

/** What keeps the tasks from being done in some order, or undefined. */
export function orderFault(tasks: readonly Task[]): OrderFault | undefined {
  const ids = tasks.map(({ id }) => id);
  for (const [index, { id, dependsOn }] of tasks.entries()) {
    if (ids.indexOf(id) < index) return { index, message: `two tasks have the number ${id}` };
    const unknown = dependsOn.find((other) => !ids.includes(other));
    if (unknown !== undefined) {
      return { index, message: `task ${id} depends on task ${unknown}, which is not in this plan` };
    }
    if (dependsOn.includes(id)) return { index, message: `task ${id} depends on itself` };
  }
  const stuck = inCircle(tasks);
  if (stuck === undefined) return undefined;
  return { index: ids.indexOf(stuck), message: 'the tasks depend on each other in a circle' };
}

/** The id of a task that, by its dependencies, waits for itself. */
function inCircle(tasks: readonly Task[]): number | undefined {
  const left = new Map(tasks.map((task) => [task.id, task]));
  for (let before = left.size + 1; left.size < before;) {
    before = left.size;
    for (const { id, dependsOn } of left.values()) {
      if (!dependsOn.some((other) => left.has(other))) left.delete(id);
    }
  }
  // Each of those left waits for another of them: whoever follows them comes back to one that was there before.
  const passed = new Set<number>();
  let [id] = left.keys();
  while (id !== undefined && !passed.has(id)) {
    passed.add(id);
    id = left.get(id)?.dependsOn.find((other) => left.has(other));
  }
  return id;
}

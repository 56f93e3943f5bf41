/** Plans and labels as files have them. */
import * as z from 'zod';
import type { PlanTask, Reward } from '../case';

const NUMBER = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\d{1,9}$/)
      .transform(Number),
  ])
  .pipe(z.int().min(0));
const NUMBERS = z.array(NUMBER).catch([]);
const TASK = z.union([
  z.string().transform((description) => ({ id: undefined, description, dependsOn: [] as number[] })),
  z.object({ id: NUMBER.optional().catch(undefined), description: z.string(), dependsOn: NUMBERS }),
]);
const TASKS = z.array(TASK);

/**
 * The tasks of a plan: JSON text or what such text means, `{"plan": […]}` or the list alone, tasks as objects or as
 * texts, or plain text. No plan is no tasks. Undefined for what is none of these.
 */
export function planOf(value: unknown): readonly PlanTask[] | undefined {
  if (value === undefined || value === null) return [];
  if (typeof value !== 'string') return tasksOf(value);
  if (value.trim() === '') return [];
  let meant: unknown;
  try {
    meant = JSON.parse(value);
  } catch {
    return numbered(steps(value).map((description) => ({ description })));
  }
  return typeof meant === 'object' && meant !== null
    ? tasksOf(meant)
    : numbered([{ description: value.trim() }]);
}

function tasksOf(value: unknown): readonly PlanTask[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const list: unknown = Array.isArray(value) ? value : 'plan' in value ? value.plan : [value];
  if (typeof list === 'string') return planOf(list);
  const tasks = TASKS.safeParse(list);
  return tasks.success ? numbered(tasks.data) : undefined;
}

interface LooseTask {
  readonly id?: number | undefined;
  readonly description: string;
  readonly dependsOn?: readonly number[];
}

/** Ids as they stand where each task has one of its own; else in order from 1, with nothing said of dependence. */
function numbered(tasks: readonly LooseTask[]): readonly PlanTask[] {
  const ids = new Set(tasks.map(({ id }) => id));
  const whole = ids.size === tasks.length && !ids.has(undefined);
  return tasks.map(({ id, description, dependsOn = [] }, i) =>
    whole && id !== undefined
      ? { id, description, dependsOn: dependsOn.filter((other) => other !== id && ids.has(other)) }
      : { id: i + 1, description, dependsOn: [] },
  );
}

const MARK = /^\s*(?:\d+[.)]|[-*•])\s+/;

/** The items of a list in plain text; any other text is one step. */
function steps(text: string): readonly string[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.every((line) => MARK.test(line))
    ? lines.map((line) => line.replace(MARK, '').trim())
    : [text.trim()];
}

/** As the paper's release has it. `dependsOn`, which it does not have, only where it says something. */
export const planText = (plan: readonly PlanTask[]): string =>
  JSON.stringify({
    plan: plan.map(({ id, description, dependsOn }) => ({
      id,
      description,
      ...(dependsOn.length > 0 ? { dependsOn } : {}),
    })),
  });

const LABELS: ReadonlyMap<string, Reward> = new Map([
  ['positive', 1],
  ['negative', 0],
  ['1', 1],
  ['0', 0],
  ['true', 1],
  ['false', 0],
]);

/** What is no label is no judgement: never a rejection. */
export const labelOf = (value: unknown): Reward =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? (LABELS.get(String(value).trim().toLowerCase()) ?? null)
    : null;

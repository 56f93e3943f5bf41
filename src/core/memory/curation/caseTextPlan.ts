/** The plan in the editable text of a case: `2. Add them up (after 1)`. */
import { ok, type Result } from '../../common/result';
import type { PlanTask } from '../case';
import { type CaseTextFault, itemText, type Lines, NUMBERED, readItems, unreadable } from './caseTextItems';
import { orderFault } from '../planOrder';

/** At the end of a task's first line; with backslashes it is a part of the description. */
const AFTER = /(\\*)\(after (\d{1,9}(?:(?:,| and) ?\d{1,9})*)\)\s*$/i;

export const planText = (plan: readonly PlanTask[]): string => plan.map(taskText).join('\n');

function taskText({ id, description, dependsOn }: PlanTask): string {
  const [first = '', ...more] = description.split('\n');
  const head =
    dependsOn.length > 0 ? `${first} (after ${dependsOn.join(', ')})` : first.replace(AFTER, '\\$&');
  return itemText(`${id}.`, [head, ...more].join('\n'));
}

/** The tasks, which can be done in some order. */
export function readPlan(lines: Lines): Result<readonly PlanTask[], CaseTextFault> {
  const items = readItems(lines, NUMBERED);
  if (!items.ok) return items;
  const plan = items.value.map(({ marker, text }) => readTask(Number(marker), text));
  const lineOf = (index: number) => items.value[index]?.line ?? lines.line;
  const empty = plan.findIndex(({ description }) => description === '');
  if (empty >= 0) return unreadable(lineOf(empty), 'this task does not say what is to be done');
  const fault = orderFault(plan);
  return fault ? unreadable(lineOf(fault.index), fault.message) : ok(plan);
}

function readTask(id: number, text: string): PlanTask {
  const [first = '', ...more] = text.split('\n');
  const [all = '', slashes = '', numbers = ''] = AFTER.exec(first) ?? [];
  const isAfter = all !== '' && slashes === '';
  const head = isAfter ? first.slice(0, -all.length).replace(/ $/, '') : first.replace(AFTER, unescaped);
  const dependsOn = isAfter ? new Set(numbers.match(/\d+/g)?.map(Number)) : [];
  return { id, description: [head, ...more].join('\n').trim(), dependsOn: [...dependsOn] };
}

const unescaped = (escaped: string): string => escaped.slice(1);

/** budgets.json: what may weigh how much, and why. And the judgement of what was measured. */
import { readFileSync } from 'node:fs';
import * as z from 'zod';

const KIND = z.object({
  /** The sentence that an excess begins with; {} stands for the name of what was measured. */
  is: z.string().includes('{}'),
  unit: z.string(),
  why: z.string(),
  usualCause: z.string(),
  limits: z.record(z.string(), z.number()),
  /** For those that have no limit of their own; without it they are an excess, whatever they are. */
  others: z.number().optional(),
});
const BUDGETS = z.record(z.string(), KIND);
export type Budgets = z.infer<typeof BUDGETS>;

export interface Measurement {
  readonly kind: string;
  readonly name: string;
  /** In the unit of its kind. */
  readonly value: number;
  /** What most of it is, for the one who looks for the cause. */
  readonly mostly?: string;
}

export interface Judgement extends Measurement {
  readonly unit: string;
  /** Undefined where there is no limit for it, nor for others of its kind. */
  readonly limit: number | undefined;
  /** A sentence where it is over budget. */
  readonly excess: string | undefined;
}

export const readBudgets = (file: string): Budgets => BUDGETS.parse(JSON.parse(readFileSync(file, 'utf8')));

/** Throws for a kind that budgets.json does not have: that is a mistake in the program that measures. */
export function judge(budgets: Budgets, measured: readonly Measurement[]): readonly Judgement[] {
  return measured.map((each) => {
    const kind = budgets[each.kind];
    if (!kind) throw new Error(`budgets.json has nothing about “${each.kind}”.`);
    const limit = kind.limits[each.name] ?? kind.others;
    const isOver = !(each.value <= (limit ?? -Infinity));
    return {
      ...each,
      unit: kind.unit,
      limit,
      excess: isOver ? sentence(each, kind, limit) : undefined,
    };
  });
}

function sentence(
  { kind, name, value, mostly }: Measurement,
  { is, unit, usualCause }: Budgets[string],
  limit: number | undefined,
): string {
  const amount = (some: number) => `${shown(some)} ${unit}`.trim();
  const allowed =
    limit === undefined ? 'nothing of the kind is allowed' : `at most ${amount(limit)} is allowed`;
  const most = mostly === undefined ? '' : ` (most of it is ${mostly})`;
  return (
    `Over budget: ${is.replace('{}', name)} ${amount(value)}${most}, and ${allowed} under “${kind}” in budgets.json, ` +
    `which is the place to allow more, with a reason; usually the cause is ${usualCause}.`
  );
}

/** Limits on what is not there any more, a sentence each; only of kinds of which something was measured. */
export function unusedLimits(budgets: Budgets, measured: readonly Measurement[]): readonly string[] {
  return Object.entries(budgets).flatMap(([kind, { limits }]) => {
    const names = new Set(measured.filter((each) => each.kind === kind).map(({ name }) => name));
    if (names.size === 0) return [];
    return Object.keys(limits)
      .filter((name) => !names.has(name))
      .map(
        (name) =>
          `budgets.json has a limit for ${name} under “${kind}”, but there is none of that name: give the line the name ` +
          'that it has now, or take it out.',
      );
  });
}

const NUMBER = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
export const shown = (value: number): string => NUMBER.format(value);

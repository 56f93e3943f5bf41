import * as z from 'zod';
import { extractJson } from '../../common/json';
import type { Result } from '../../common/result';
import { failed, ok } from '../../common/result';
import { orderFault } from '../../memory/planOrder';
import type { JsonSchema } from '../../ports';
import type { PlannerStep } from '../roles';

const taskId = z.coerce.number().int();
const planReply = z.object({
  plan: z
    .array(
      z.object({
        id: taskId,
        description: z.string().trim().min(1),
        dependsOn: z.array(taskId).default([]),
      }),
    )
    .min(1, 'a plan needs at least one task'),
  usedCases: z.array(z.string()).default([]),
});
const answerReply = z.object({
  answer: z.string().trim().min(1),
  shortAnswer: z.string().default(''),
  abstained: z.boolean().default(false),
});

/** The reply's schema for servers that can enforce one: either a plan or an answer. */
export const PLANNER_SCHEMA: JsonSchema = {
  anyOf: [planReply, answerReply].map((type) => {
    const { $schema: _, ...schema } = z.toJSONSchema(type, { io: 'input' });
    return schema;
  }),
};

/**
 * Reads a planner's reply: JSON with a `plan` or an `answer` (fences and text around it are tolerated), or the
 * `FINAL ANSWER: …` of the paper's released code. The fault says what is wrong, for the one repair.
 */
export function parsePlannerReply(text: string): Result<PlannerStep> {
  const json = extractJson(text);
  if (json === undefined) {
    const final = /FINAL ANSWER:\s*([\s\S]+)/.exec(text)?.[1]?.trim();
    if (final)
      return ok({ kind: 'answer', answer: final, shortAnswer: final.split('\n')[0] ?? '', abstained: false });
    return failed('bad-plan', 'the reply is not JSON');
  }
  if (typeof json === 'object' && json !== null && 'answer' in json) {
    const answer = answerReply.safeParse(json);
    return answer.success
      ? ok({ kind: 'answer', ...answer.data })
      : failed('bad-plan', problems(answer.error));
  }
  const plan = planReply.safeParse(json);
  if (!plan.success) return failed('bad-plan', problems(plan.error));
  const { plan: tasks, usedCases } = plan.data;
  const fault = orderFault(tasks);
  return fault ? failed('bad-plan', fault.message) : ok({ kind: 'plan', tasks, usedCases });
}

const problems = (error: z.ZodError): string =>
  error.issues.map((issue) => `${issue.path.join('.') || 'the reply'}: ${issue.message}`).join('; ');

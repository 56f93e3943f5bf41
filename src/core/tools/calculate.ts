import * as z from 'zod';
import { messageOf } from '../common/result';
import type { Tool } from './tool';
import { defineTool, failure } from './tool';

/** Longer input is no arithmetic. */
const MAX_EXPRESSION = 500;

/** Arithmetic, units, statistics and matrices by math.js, whose parser knows no host object; never `eval`. */
export function calculateTool(): Tool {
  return defineTool({
    name: 'calculate',
    description:
      'Calculates an expression exactly: arithmetic, percentages, powers, roots, mean([…]), units such as “5 cm to inch”. Use it for every calculation.',
    parameters: z.object({ expression: z.string().trim().min(1).max(MAX_EXPRESSION) }),
    async run({ expression }, context) {
      // Loaded on first use: math.js is larger than all the rest of the core.
      const { evaluateExpression } = await import('./mathExpression');
      let value: string;
      try {
        value = evaluateExpression(expression);
      } catch (error) {
        return failure(`“${expression}” cannot be calculated: ${messageOf(error)}`);
      }
      const text = `${expression} = ${value}`;
      const evidence = await context.cite({
        source: 'calculation',
        title: 'Calculation',
        locator: { kind: 'output' },
        text,
      });
      return { ok: true, content: `[${evidence.id}] ${text}`, preview: text, evidence: [evidence] };
    },
  });
}

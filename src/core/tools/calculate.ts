import * as z from 'zod';
import type { Calculator } from '../ports';
import type { Tool } from './tool';
import { defineTool, failure } from './tool';

/** Longer input is no arithmetic. */
const MAX_EXPRESSION = 500;

/** Arithmetic, units, statistics and matrices by a maths library; never `eval`. */
export function calculateTool(calculator: Calculator): Tool {
  return defineTool({
    name: 'calculate',
    description:
      'Calculates an expression exactly: arithmetic, percentages, powers, roots, mean([…]), units such as “5 cm to inch”. Use it for every calculation.',
    parameters: z.object({ expression: z.string().trim().min(1).max(MAX_EXPRESSION) }),
    readOnly: true,
    ownWords: true,
    async run({ expression }, context) {
      const result = await calculator.calculate(expression, context.signal);
      if (!result.ok) return failure(`“${expression}” cannot be calculated: ${result.fault.message}`);
      const text = `${expression} = ${result.value}`;
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

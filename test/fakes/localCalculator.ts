import { failed, messageOf, ok } from '../../src/core/common/result';
import type { Calculator } from '../../src/core/ports';
import { evaluateExpression } from '../../src/node/mathExpression';

/** math.js on this thread: nothing ends an expression that takes for ever. */
export const localCalculator: Calculator = {
  calculate: async (expression) => {
    try {
      return ok(evaluateExpression(expression));
    } catch (error) {
      return failed('tool', messageOf(error));
    }
  },
};

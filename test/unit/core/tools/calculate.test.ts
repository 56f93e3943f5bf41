import assert from 'node:assert/strict';
import { calculateTool } from '../../../../src/core/tools/calculate';
import { localCalculator } from '../../../fakes/localCalculator';
import { callTool } from '../../../fakes/callTool';

const calculate = async (expression: string) =>
  (await callTool(calculateTool(localCalculator), { expression })).content;

describe('calculate', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['(3+4)*2', '14'],
    ['0.1+0.2', '0.3'],
    ['12% * 340', '40.8'],
    ['sqrt(2)^2', '2'],
    ['mean([1, 2, 6])', '3'],
    ['5 cm to inch', '1.968503937007'],
    ['max(1,200)', '200'],
  ];
  for (const [expression, value] of cases) {
    it(expression, async () =>
      assert.ok((await calculate(expression)).startsWith(`[e1] ${expression} = ${value}`)),
    );
  }

  const refused = [
    '1 +',
    'import({})',
    'evaluate("1")',
    'createUnit("x")',
    'cos.constructor("return process")()',
    'unknown(3)',
  ];
  for (const expression of refused) {
    it(`${expression} is an observation, not a crash`, async () =>
      assert.match(await calculate(expression), /cannot be calculated/));
  }
});

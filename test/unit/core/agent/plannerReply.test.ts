import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parsePlannerReply } from '../../../../src/core/agent/llm/plannerReply';

/** A reply in, what the planner wants out, on one line. */
function read(text: string): string {
  const step = parsePlannerReply(text);
  if (!step.ok) return `fault: ${step.fault.message}`;
  if (step.value.kind === 'answer') {
    return `${step.value.abstained ? 'abstains' : 'answers'}: ${step.value.answer} | ${step.value.shortAnswer}`;
  }
  const tasks = step.value.tasks.map(
    ({ id, description, dependsOn }) => `${id} ${description} <${dependsOn.join(',')}>`,
  );
  return `plans: ${tasks.join('; ')}${step.value.usedCases.length > 0 ? ` using ${step.value.usedCases.join(',')}` : ''}`;
}

describe('planner reply', () => {
  const cases: readonly (readonly [string, string])[] = [
    [
      '{"plan":[{"id":1,"description":"look","dependsOn":[]}],"usedCases":["C1"]}',
      'plans: 1 look <> using C1',
    ],
    ['{"plan":[{"id":1,"description":"look"}]}', 'plans: 1 look <>'],
    [
      '{"plan":[{"id":"1","description":"a"},{"id":2,"description":"b","dependsOn":["1"]}]}',
      'plans: 1 a <>; 2 b <1>',
    ],
    ['Sure!\n```json\n{"plan":[{"id":1,"description":"look"}]}\n```', 'plans: 1 look <>'],
    ['{"answer":"It is 4 [e1].","shortAnswer":"4"}', 'answers: It is 4 [e1]. | 4'],
    ['{"answer":"Nothing there.","shortAnswer":"","abstained":true}', 'abstains: Nothing there. | '],
    ['FINAL ANSWER: 42', 'answers: 42 | 42'],
    ['I think we should look.', 'fault: the reply is not JSON'],
    ['{"plan":[]}', 'fault: plan: a plan needs at least one task'],
    [
      '{"plan":[{"id":1,"description":"a"},{"id":1,"description":"b"}]}',
      'fault: two tasks have the number 1',
    ],
    [
      '{"plan":[{"id":1,"description":"a","dependsOn":[7]}]}',
      'fault: task 1 depends on task 7, which is not in this plan',
    ],
    [
      '{"plan":[{"id":1,"description":"a","dependsOn":[2]},{"id":2,"description":"b","dependsOn":[1]}]}',
      'fault: the tasks depend on each other in a circle',
    ],
  ];
  for (const [reply, expected] of cases) {
    it(`${reply.slice(0, 60).replaceAll('\n', ' ')} → ${expected.slice(0, 50)}`, () =>
      assert.equal(read(reply), expected));
  }

  it('reads any text at all without throwing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => typeof parsePlannerReply(text).ok === 'boolean'),
    );
    fc.assert(fc.property(fc.json(), (text) => typeof parsePlannerReply(text).ok === 'boolean'));
  });
});

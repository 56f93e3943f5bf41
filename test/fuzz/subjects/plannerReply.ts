import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parsePlannerReply } from '../../../src/core/agent/llm/plannerReply';
import { isResult } from '../expect';
import { fuzz } from '../fuzz';
import { damaged, jsonOf, pump, pumped, textOf, withOtherValues } from '../inputs';

const TOKENS = [
  ...['{', '}', '[', ']', ':', ',', '"', '\\', '\\"', '\\u0041', '\\ud83d'],
  ...['{"plan":[', '{"id":1,"description":"Look","dependsOn":[]}', '"answer":"42"', '"dependsOn":[1]'],
  ...['```json\n', '\n```', '<think>', '</think>', 'FINAL ANSWER: ', '"usedCases":["01"]', '[1]', 'Sure! '],
];
const KEYS = ['plan', 'id', 'description', 'dependsOn', 'usedCases', 'answer', 'shortAnswer', 'abstained'];
const id = fc.oneof(fc.nat(3), fc.constantFrom('1', '2', ' 3 ', -1, 1e9, 1.5, '1e400', ''));
const plan = fc.record({
  plan: fc.array(
    fc.record({
      id,
      description: fc.constantFrom('Look', ' ', ''),
      dependsOn: fc.array(id, { maxLength: 3 }),
    }),
    { maxLength: 5 },
  ),
});
const answer = fc.record({ answer: fc.string(), shortAnswer: fc.string(), abstained: fc.boolean() });
const value = fc.oneof(
  jsonOf(KEYS, ['Look it up', 1, '1']),
  withOtherValues(fc.oneof(plan, answer), jsonOf(KEYS, [1, '2'])),
);
const reply = fc.oneof(
  textOf(TOKENS),
  damaged(
    value.map((each) => JSON.stringify(each, null, 1)),
    TOKENS,
  ),
);

/** Each task once, and after those that it needs. */
function canBeDone(tasks: readonly { readonly id: number; readonly dependsOn: readonly number[] }[]): void {
  const left = new Map(tasks.map((task) => [task.id, task]));
  assert.equal(left.size, tasks.length, 'ids are unique');
  for (let found = true; found && left.size > 0;) {
    const next = [...left.values()].find(({ dependsOn }) => dependsOn.every((each) => !left.has(each)));
    found = next !== undefined && left.delete(next.id);
  }
  assert.equal(left.size, 0, 'tasks wait for each other');
  const ids = new Set(tasks.map((task) => task.id));
  assert.ok(tasks.every(({ dependsOn }) => dependsOn.every((each) => ids.has(each))));
}

fuzz('planner reply: a plan that can be done, an answer, or a fault', [reply], (text) => {
  const read = parsePlannerReply(text);
  isResult(read);
  if (!read.ok) return;
  if (read.value.kind === 'plan') canBeDone(read.value.tasks);
  else assert.ok(read.value.answer.trim() !== '' && read.value.answer.length <= text.length + 20);
});

fuzz('planner reply: what was read is read again as the same', [reply], (text) => {
  const read = parsePlannerReply(text);
  if (!read.ok) return;
  const { value: step } = read;
  const again =
    step.kind === 'plan'
      ? { plan: step.tasks, usedCases: step.usedCases }
      : { answer: step.answer, shortAnswer: step.shortAnswer, abstained: step.abstained };
  assert.deepEqual(parsePlannerReply(JSON.stringify(again)), read);
});

fuzz('planner reply: long repetitions end', [pumped(TOKENS)], (text) =>
  isResult(parsePlannerReply(pump(text))),
);

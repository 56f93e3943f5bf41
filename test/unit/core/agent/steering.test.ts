/** What a person does to a run under way: looks at plans, changes what runs, takes cases away. */
import assert from 'node:assert/strict';
import * as z from 'zod';
import type { RunEvent } from '../../../../src/core/agent/events';
import type { RunInput } from '../../../../src/core/agent/inputs';
import { reviewedPlan } from '../../../../src/core/agent/planReview';
import type { PlannerStep } from '../../../../src/core/agent/roles';
import type { Run } from '../../../../src/core/agent/run';
import { runState } from '../../../../src/core/agent/runState';
import { ok } from '../../../../src/core/common/result';
import { shownCases } from '../../../../src/core/memory/runRecord';
import type { CaseBank } from '../../../../src/core/memory/bank';
import { defineTool } from '../../../../src/core/tools/tool';
import { memoryBank, someCase } from '../../../fakes/memoryBank';
import { runsOf } from '../../../fakes/transfer';
import { eventsOf, startScripted, type Script } from '../../../fakes/scriptedCrew';

const plan = (...tasks: readonly (readonly [number, string, ...number[]])[]): PlannerStep => ({
  kind: 'plan',
  usedCases: [],
  tasks: tasks.map(([id, description, ...dependsOn]) => ({ id, description, dependsOn })),
});
const answer: PlannerStep = { kind: 'answer', answer: '42 m', shortAnswer: '42 m', abstained: false };

/** Plays a run; `on` says what the person does after an event, and what came of it is returned. */
async function play(script: Script, on: (event: RunEvent, run: Run) => readonly RunInput[]) {
  const { run, inputs } = await startScripted(script);
  const events: RunEvent[] = [];
  const results: string[] = [];
  for await (const event of run.events) {
    events.push(event);
    for (const input of on(event, run)) {
      const result = run.send(input);
      results.push(result.ok ? 'ok' : result.fault.message);
    }
  }
  return { events, inputs, results, state: runState(events) };
}

describe('a plan that is reviewed', () => {
  const reviewed = { parts: { reviewPlans: true } };

  it('waits, and is done as the person left it', async () => {
    const seen: string[] = [];
    const { events, state } = await play(
      { ...reviewed, steps: [plan([1, 'look'], [2, 'measure', 1]), answer] },
      (event) => {
        seen.push(event.type);
        if (event.type !== 'plan.proposed') return [];
        assert.equal(event.review, true);
        const tasks = [
          { id: 3, description: ' ask the harbour master ', dependsOn: [] },
          { id: 2, description: 'measure twice', dependsOn: [3] },
        ];
        return [{ type: 'plan', cycle: 1, tasks }];
      },
    );
    assert.deepEqual(
      state.tasks.map(({ id, description, status }) => [id, description, status]),
      [
        [3, 'ask the harbour master', 'done'],
        [2, 'measure twice', 'done'],
      ],
    );
    assert.ok(seen.indexOf('plan.edited') < seen.indexOf('plan.approved'));
    assert.ok(seen.indexOf('plan.approved') < seen.indexOf('task.started'));
    assert.equal(state.outcome, 'answered');
    assert.equal(runState(events.slice(0, seen.indexOf('plan.proposed') + 1)).status, 'waiting');
    assert.equal(runState(events.slice(0, seen.indexOf('plan.approved') + 1)).status, 'running');
  });

  it('is not said to be changed where it was not', async () => {
    const { events } = await play({ ...reviewed, steps: [plan([1, 'look']), answer] }, (event) =>
      event.type === 'plan.proposed' ? [{ type: 'plan', cycle: event.cycle, tasks: event.tasks }] : [],
    );
    const types = events.map(({ type }) => type);
    assert.ok(types.includes('plan.approved') && !types.includes('plan.edited'));
  });

  it('refuses what cannot be done, and goes on waiting', async () => {
    const { results, state } = await play({ ...reviewed, steps: [plan([1, 'look']), answer] }, (event) =>
      event.type === 'plan.proposed'
        ? [
            { type: 'plan', cycle: 1, tasks: [] },
            { type: 'plan', cycle: 2, tasks: event.tasks },
            { type: 'plan', cycle: 1, tasks: [{ id: 1, description: 'look', dependsOn: [1] }] },
            { type: 'plan', cycle: 1, tasks: event.tasks },
          ]
        : [],
    );
    assert.deepEqual(results, [
      'This plan cannot be done: it has no task.',
      'That came too late: it is settled.',
      'This plan cannot be done: task 1 depends on itself.',
      'ok',
    ]);
    assert.equal(state.outcome, 'answered');
  });

  it('is made anew when the person says what to look at', async () => {
    let plans = 0;
    const { inputs, state } = await play(
      { ...reviewed, steps: [plan([1, 'look']), plan([1, 'look in winter']), answer] },
      (event) => {
        if (event.type !== 'plan.proposed') return [];
        plans++;
        return plans === 1
          ? [{ type: 'steer', text: 'in winter' }]
          : [{ type: 'plan', cycle: event.cycle, tasks: event.tasks }];
      },
    );
    assert.deepEqual(
      inputs.map(({ planAgain, steering }) => [planAgain, steering.length]),
      [
        [false, 0],
        [true, 1],
        [false, 1],
      ],
    );
    assert.deepEqual(
      state.tasks.map(({ description, status }) => [description, status]),
      [
        ['look', 'dropped'],
        ['look in winter', 'done'],
      ],
    );
  });

  it('is withdrawn by a cancel', async () => {
    const { state } = await play({ ...reviewed, steps: [plan([1, 'look']), answer] }, (event, run) => {
      if (event.type === 'plan.proposed') run.cancel();
      return [];
    });
    assert.deepEqual([state.outcome, state.review], ['cancelled', null]);
  });

  it('names what is wrong with a plan', () => {
    const proposed = [{ id: 4, description: 'look', dependsOn: [] }];
    const faults: readonly (readonly [readonly [number, string][], RegExp])[] = [
      [[[4, '  ']], /task 4 says nothing/],
      [[[2, 'older number']], /cannot have the number 2/],
      [[[4.5, 'half']], /cannot have the number 4.5/],
      [
        [
          [4, 'a'],
          [4, 'b'],
        ],
        /two tasks have the number 4/,
      ],
      [Array.from({ length: 51 }, (_, i) => [i + 4, 'x'] as [number, string]), /more than 50 tasks/],
    ];
    for (const [tasks, message] of faults) {
      const result = reviewedPlan(
        proposed,
        tasks.map(([id, description]) => ({ id, description, dependsOn: [] })),
      );
      assert.match(result.ok ? '' : result.fault.message, message);
    }
  });
});

describe('what a person writes in place of a command', () => {
  const asks = (what: 'command' | 'code' | 'url') =>
    defineTool({
      name: 'ask',
      description: '',
      parameters: z.object({}),
      run: async (_args, context) => {
        const code = what === 'code' ? 'print(1)' : null;
        const { edited } = await context.approve({ what, command: 'ls', code, reasons: [] });
        return { ok: true, content: edited ?? 'as asked', preview: '' };
      },
    });
  const edit = async (what: 'command' | 'code' | 'url', ...edits: readonly (string | undefined)[]) =>
    play(
      {
        steps: [plan([1, 'look']), answer],
        tools: [asks(what)],
        execute: async (input) => ok((await input.call('ask', {})).content),
      },
      (event) =>
        event.type === 'approval.requested'
          ? edits.map((edited) => ({
              type: 'approve',
              approvalId: event.approvalId,
              ...(edited === undefined ? {} : { edited }),
            }))
          : [],
    );

  it('runs, and is in the log', async () => {
    const { state } = await edit('command', 'ls -l');
    assert.equal(state.tasks[0]?.result, 'ls -l');
    assert.deepEqual(
      state.approvals.map(({ decision, edited }) => [decision, edited]),
      [['approved', 'ls -l']],
    );
    const code = await edit('code', 'print(2)\nprint(3)');
    assert.equal(code.state.tasks[0]?.result, 'print(2)\nprint(3)');
  });

  it('is no change where it is the same', async () => {
    const { state } = await edit('code', 'print(1)');
    assert.deepEqual([state.tasks[0]?.result, state.approvals[0]?.edited], ['as asked', null]);
  });

  it('is refused where it could not be run, and the question stays', async () => {
    const { results, state } = await edit('command', '  ', 'ls\nrm -r .', 'ls -a');
    assert.match(results[0] ?? '', /nothing left to run/);
    assert.match(results[1] ?? '', /one line without control characters/);
    assert.equal(state.tasks[0]?.result, 'ls -a');
    const url = await edit('url', 'http://other', undefined);
    assert.deepEqual(url.results, ['This can be approved as it is, or denied.', 'ok']);
  });
});

describe('a case that a person takes away', () => {
  async function bankOfTwo(): Promise<CaseBank> {
    const bank = await memoryBank();
    await bank.add(someCase({ id: 'CASE1', question: 'How deep is the pond?', reward: 1 }), undefined);
    await bank.add(someCase({ id: 'CASE2', question: 'How deep is the sea?', reward: 1 }), undefined);
    return bank;
  }

  it('drops the plan, which is made anew without it, and what was done stays', async () => {
    const bank = await bankOfTwo();
    const { inputs, state, results, events } = await play(
      {
        steps: [plan([1, 'look'], [2, 'dive', 1], [3, 'rest', 2]), plan([1, 'sound']), answer],
        parts: { bank },
        execute: async ({ task, signal }) => {
          if (task.description !== 'dive') return ok(`did ${task.description}`);
          return new Promise((_, reject) =>
            signal.addEventListener('abort', () => reject(new DOMException('stop', 'AbortError'))),
          );
        },
      },
      (event) =>
        event.type === 'task.started' && event.taskId === 2 ? [{ type: 'exclude', caseId: 'CASE1' }] : [],
    );
    assert.deepEqual(results, ['ok']);
    assert.deepEqual(
      inputs.map(({ planAgain, cases, tasks }) => [
        planAgain,
        cases.map((shown) => shown.case.id).sort(),
        tasks.map(({ task }) => task.description),
      ]),
      [
        [false, ['CASE1', 'CASE2'], []],
        [true, ['CASE2'], ['look']],
        [false, ['CASE2'], ['look', 'sound']],
      ],
    );
    assert.deepEqual(
      state.tasks.map(({ id, description, status }) => [id, description, status]),
      [
        [1, 'look', 'done'],
        [2, 'dive', 'cancelled'],
        [3, 'rest', 'dropped'],
        [4, 'sound', 'done'],
      ],
    );
    assert.deepEqual(state.excluded, ['CASE1']);
    assert.equal(state.outcome, 'answered');
    const stored = events.find((event) => event.type === 'case.stored');
    const record = stored && (await bank.get(stored.caseId));
    assert.deepEqual(
      record?.plan.map(({ description }) => description),
      ['look', 'sound'],
    );
    const decision = (await runsOf(bank)).find(({ runId }) => runId === state.runId)?.decision;
    assert.deepEqual(decision && shownCases(decision).map(({ caseId }) => caseId), ['CASE2']);
  });

  it('does not use up a cycle', async () => {
    const bank = await bankOfTwo();
    let plans = 0;
    const { state } = await play(
      { steps: [plan([1, 'look']), plan([1, 'look']), answer], parts: { bank }, limits: { cycles: 1 } },
      (event) =>
        event.type === 'plan.proposed' && ++plans === 1 ? [{ type: 'exclude', caseId: 'CASE2' }] : [],
    );
    assert.equal(state.outcome, 'answered');
  });

  it('must be one that the planner was shown, in time', async () => {
    const { results } = await play(
      { steps: [plan([1, 'look']), answer], parts: { bank: await bankOfTwo() } },
      (event) => {
        if (event.type === 'task.started') return [{ type: 'exclude', caseId: 'CASE9' }];
        return event.type === 'run.finished' ? [{ type: 'exclude', caseId: 'CASE1' }] : [];
      },
    );
    assert.deepEqual(new Set(results), new Set(['That came too late: it is settled.']));
    assert.equal(results.length, 2);
  });
});

describe('a run without a person', () => {
  it('asks nobody about its plan', async () => {
    const { run } = await startScripted({ steps: [plan([1, 'look']), answer] });
    const types = (await eventsOf(run)).map(({ type }) => type);
    assert.ok(!types.includes('plan.approved'));
  });
});

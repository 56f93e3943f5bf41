import assert from 'node:assert/strict';
import * as z from 'zod';
import type { RunEvent } from '../../../../src/core/agent/events';
import type { PlannerStep } from '../../../../src/core/agent/roles';
import { runState } from '../../../../src/core/agent/runState';
import { failed, ok } from '../../../../src/core/common/result';
import { defineTool } from '../../../../src/core/tools/tool';
import { eventsOf, startScripted, type Script } from '../../../fakes/scriptedCrew';
import type { Run } from '../../../../src/core/agent/run';
import { systemIds } from '../../../../src/node/system';

const answer: PlannerStep = {
  kind: 'answer',
  answer: 'It is 4 m deep.',
  shortAnswer: '4 m',
  abstained: false,
};
const plan = (...tasks: readonly (readonly [number, string, ...number[]])[]): PlannerStep => ({
  kind: 'plan',
  usedCases: [],
  tasks: tasks.map(([id, description, ...dependsOn]) => ({ id, description, dependsOn })),
});
const play = async (script: Script) => {
  const { run, inputs } = await startScripted(script);
  const events = await eventsOf(run);
  return { events, inputs, state: runState(events) };
};
const types = (events: readonly RunEvent[]) => events.map((event) => event.type);

describe('a run', () => {
  it('plans, works, answers and becomes a case', async () => {
    const { events, state } = await play({ steps: [plan([1, 'look']), answer] });
    assert.deepEqual(types(events), [
      'run.started',
      'models.chosen',
      'cases.retrieved',
      'plan.proposed',
      'task.started',
      'task.finished',
      'answer.ready',
      'usage',
      'run.finished',
      'case.stored',
    ]);
    assert.equal(state.outcome, 'answered');
    assert.deepEqual(
      events.map((event) => event.seq),
      events.map((_, index) => index),
    );
  });

  it('shows a task only the results that it depends on', async () => {
    const seen: Record<number, readonly number[]> = {};
    await play({
      steps: [plan([1, 'a'], [2, 'b'], [3, 'c', 1]), answer],
      execute: async ({ task, dependencies }) => {
        seen[task.id] = dependencies.map((record) => record.task.id);
        return ok('done');
      },
    });
    assert.deepEqual(seen, { 1: [], 2: [], 3: [1] });
  });

  it('runs independent tasks at the same time, and a dependent one after them', async () => {
    let release: () => void = () => undefined;
    const bothRunning = new Promise<void>((resolve) => (release = resolve));
    let running = 0;
    const { events } = await play({
      steps: [plan([1, 'a'], [2, 'b'], [3, 'c', 1, 2]), answer],
      execute: async ({ task }) => {
        if (task.id !== 3) {
          if (++running === 2) release();
          // Would wait for ever if the second one waited for the first.
          await bothRunning;
        }
        return ok('done');
      },
    });
    const order = events.flatMap((e) =>
      e.type === 'task.started' || e.type === 'task.finished' ? [`${e.type} ${e.taskId}`] : [],
    );
    assert.equal(order.indexOf('task.started 3'), 4, order.join(', '));
  });

  it('numbers the tasks of a later plan on', async () => {
    const { state, inputs } = await play({
      steps: [plan([1, 'a'], [2, 'b', 1]), plan([1, 'c'], [2, 'd', 1]), answer],
    });
    assert.deepEqual(
      state.tasks.map(({ id, dependsOn }) => [id, ...dependsOn]),
      [[1], [2, 1], [3], [4, 3]],
    );
    assert.deepEqual(
      inputs.map((input) => input.tasks.length),
      [0, 2, 4],
    );
  });

  it('forces an answer when the plans are used up', async () => {
    const stubborn: Script = {
      steps: [plan([1, 'look']), plan([1, 'look']), plan([1, 'look']), plan([1, 'look']), answer],
    };
    const { events, inputs, state } = await play(stubborn);
    assert.equal(events.filter((event) => event.type === 'plan.proposed').length, 3);
    assert.equal(state.outcome, 'exhausted');
    assert.equal(state.answer, 'It is 4 m deep.');
    assert.match(inputs.at(-1)?.mustAnswer?.because ?? '', /3 plans/);
  });

  it('gives what the tasks found where even the forced answer fails', async () => {
    const { state } = await play({ steps: [plan([1, 'look'])], limits: { cycles: 1 } });
    assert.equal(state.outcome, 'exhausted');
    assert.match(state.answer, /did look/);
  });

  it('ends at its time with what is known', async () => {
    const { state } = await play({
      steps: [plan([1, 'quick'], [2, 'never ends', 1]), answer],
      limits: { minutes: 0.003 },
      execute: ({ task, signal }) =>
        task.id === 1
          ? Promise.resolve(ok('found'))
          : new Promise((_, reject) =>
              signal.addEventListener('abort', () => reject(new DOMException('', 'AbortError'))),
            ),
    });
    assert.equal(state.outcome, 'exhausted');
    assert.equal(state.error?.code, 'limit');
    assert.deepEqual(
      state.tasks.map((task) => task.status),
      ['done', 'cancelled'],
    );
  });

  it('fails in one sentence when the planner does, and is no case', async () => {
    const { events, state } = await play({
      steps: [async () => failed('unauthorized', 'The key was refused.')],
    });
    assert.equal(state.outcome, 'failed');
    assert.deepEqual(state.error, { code: 'unauthorized', message: 'The key was refused.' });
    assert.ok(!types(events).includes('case.stored'));
  });

  it('fails, and does not hang, on a bug in the planner', async () => {
    const { state } = await play({
      steps: [
        async () => {
          throw new TypeError('undefined is not a planner');
        },
      ],
    });
    assert.equal(state.error?.code, 'internal');
  });

  it('refuses an empty question, and keeps the run', async () => {
    const { run, runs } = await startScripted({ steps: [answer], question: ' \n' });
    const state = runState(await eventsOf(run));
    assert.equal(state.error?.code, 'empty-question');
    assert.equal((await runs.read(run.id))?.length, 3);
  });

  it('ends at once when cancelled, even if the work does not listen', async () => {
    const { run } = await startScripted({
      steps: [plan([1, 'look'])],
      execute: () => new Promise(() => undefined),
    });
    const events: RunEvent[] = [];
    for await (const event of run.events) {
      events.push(event);
      if (event.type === 'task.started') run.cancel();
    }
    assert.equal(runState(events).outcome, 'cancelled');
    assert.ok(!types(events).includes('case.stored'));
  });

  it('goes on when a task fails, and ends when no task could succeed', async () => {
    const flaky = await play({
      steps: [plan([1, 'look']), answer],
      execute: async () => failed('stalled', 'It hung.'),
    });
    assert.equal(flaky.state.outcome, 'answered');
    assert.equal(flaky.state.tasks[0]?.status, 'failed');
    const gone = await play({
      steps: [plan([1, 'look']), answer],
      execute: async () => failed('unreachable', 'Gone.'),
    });
    assert.equal(gone.state.outcome, 'failed');
    assert.equal(gone.state.error?.message, 'Gone.');
  });

  it('tells the planner what the user added', async () => {
    const { run, inputs } = await startScripted({
      steps: [plan([1, 'look']), answer],
      execute: async () => {
        assert.equal(run.send({ type: 'steer', text: 'in winter' }).ok, true);
        return ok('done');
      },
    });
    await eventsOf(run);
    assert.deepEqual(inputs.at(-1)?.steering, ['in winter']);
  });

  it('keeps the answer when the log cannot be written, and says so once', async () => {
    const { run, runs } = await startScripted({ steps: [plan([1, 'look']), answer] });
    runs.failing = 'disk full';
    const events = await eventsOf(run);
    assert.equal(runState(events).outcome, 'answered');
    assert.deepEqual(
      events.filter((e) => e.type === 'notice').map((e) => e.code),
      ['log-not-written'],
    );
  });
});

describe('the tools of a run', () => {
  const echo = defineTool({
    name: 'echo',
    description: 'Says it again.',
    parameters: z.object({ text: z.string() }),
    run: async ({ text }, context) => {
      if (text === 'throw') throw new Error('broken');
      if (text === 'ask') {
        const { approved } = await context.approve({
          what: 'command',
          command: 'ls',
          code: null,
          reasons: [],
        });
        return { ok: approved, content: approved ? 'allowed' : 'refused', preview: '' };
      }
      if (text === 'waived') {
        const waiver = { reasons: ['It only reads.'], byRule: false };
        const request = { what: 'command', command: 'ls', code: null, reasons: [], waiver } as const;
        const { approved, waived } = await context.approve(request);
        return { ok: approved, content: waived === true ? 'not asked' : 'asked', preview: '' };
      }
      return { ok: true, content: text, preview: text };
    },
  });
  const call = async (...args: readonly (readonly [string, unknown])[]) => {
    const contents: string[] = [];
    const { events, state } = await play({
      steps: [plan([1, 'look']), answer],
      tools: [echo],
      limits: { toolCalls: 3 },
      execute: async (input) => {
        for (const [name, value] of args) contents.push((await input.call(name, value)).content);
        return ok('done');
      },
    });
    return { contents, events, state };
  };

  it('a failure is an observation', async () => {
    const { contents, state } = await call(
      ['echo', { text: 'throw' }],
      ['nothing', {}],
      ['echo', { txt: 1 }],
    );
    assert.match(contents[0] ?? '', /echo failed: broken/);
    assert.match(contents[1] ?? '', /There is no tool “nothing”\. The tools are: echo\./);
    assert.match(contents[2] ?? '', /arguments of echo are wrong\. text: /);
    assert.equal(state.outcome, 'answered');
    assert.ok(Object.values(state.calls).every((made) => made.status === 'failed'));
  });

  it('has a limit a task', async () => {
    const { contents } = await call(...['a', 'b', 'c', 'd'].map((text) => ['echo', { text }] as const));
    assert.deepEqual(contents.slice(0, 3), ['a', 'b', 'c']);
    assert.match(contents[3] ?? '', /used its 3 tool calls/);
  });

  it('refuses the same call a third time', async () => {
    const { contents } = await call(...[1, 2, 3].map(() => ['echo', { text: 'again' }] as const));
    assert.match(contents[2] ?? '', /made twice already/);
  });

  it('runs what was approved by its one-time id, once', async () => {
    const { run } = await startScripted({
      steps: [plan([1, 'look']), answer],
      tools: [echo],
      execute: async (input) => ok((await input.call('echo', { text: 'ask' })).content),
    });
    const results: boolean[] = [];
    const events: RunEvent[] = [];
    for await (const event of run.events) {
      events.push(event);
      if (event.type !== 'approval.requested') continue;
      results.push(run.send({ type: 'approve', approvalId: 'forged' }).ok);
      results.push(run.send({ type: 'approve', approvalId: event.approvalId }).ok);
      results.push(run.send({ type: 'deny', approvalId: event.approvalId }).ok);
    }
    assert.deepEqual(results, [false, true, false]);
    assert.equal(runState(events).tasks[0]?.result, 'allowed');
  });

  it('takes no approval of another run, of a run that has ended, or of a question that was withdrawn', async () => {
    const asking = () =>
      startScripted({
        steps: [plan([1, 'look']), answer],
        tools: [echo],
        execute: async (input) => ok((await input.call('echo', { text: 'ask' })).content),
        parts: { ids: systemIds },
      });
    const [{ run: one }, { run: other }] = [await asking(), await asking()];
    const approvalOf = async (run: Run) => {
      for await (const event of run.events) if (event.type === 'approval.requested') return event.approvalId;
      return assert.fail('asked nothing');
    };
    const [ofOne, ofOther] = [await approvalOf(one), await approvalOf(other)];
    assert.equal(one.send({ type: 'approve', approvalId: ofOther }).ok, false);
    assert.equal(other.send({ type: 'approve', approvalId: ofOne }).ok, false);
    other.cancel();
    await other.finished;
    assert.equal(other.send({ type: 'approve', approvalId: ofOther }).ok, false);
    assert.equal(one.send({ type: 'approve', approvalId: ofOne }).ok, true);
    await one.finished;
    assert.equal(one.send({ type: 'approve', approvalId: ofOne }).ok, false);
    const decisions = [one, other].map((run) =>
      runState(run.soFar).approvals.map(({ decision }) => decision),
    );
    assert.deepEqual(decisions, [['approved'], ['withdrawn']]);
  });

  it('asks nobody where a policy waives that, and says so', async () => {
    const { contents, events, state } = await call(['echo', { text: 'waived' }]);
    assert.deepEqual(contents, ['not asked']);
    assert.deepEqual(
      events.flatMap((event) => (event.type.startsWith('approval.') ? [event.type] : [])),
      ['approval.waived'],
    );
    assert.deepEqual(state.calls['c1']?.waived, ['It only reads.']);
    assert.deepEqual(state.approvals, []);
  });

  it('withdraws what it asked when the run is cancelled', async () => {
    const { run } = await startScripted({
      steps: [plan([1, 'look']), answer],
      tools: [echo],
      execute: async (input) => ok((await input.call('echo', { text: 'ask' })).content),
    });
    const events: RunEvent[] = [];
    for await (const event of run.events) {
      events.push(event);
      if (event.type === 'approval.requested') run.cancel();
    }
    const state = runState(events);
    assert.equal(state.outcome, 'cancelled');
    assert.equal(state.approvals[0]?.decision, 'withdrawn');
  });
});

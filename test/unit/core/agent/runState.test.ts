import assert from 'node:assert/strict';
import type { RunEvent, RunEventBody } from '../../../../src/core/agent/events';
import { foldOn, foldRun, initialRunState, runState } from '../../../../src/core/agent/runState';
import { RUNS } from '../../../fakes/run-events';

const log = (...bodies: readonly RunEventBody[]): RunEvent[] =>
  bodies.map((body, seq) => ({ v: 1, seq, at: 1000 + seq, runId: 'R', ...body }));

const started: RunEventBody = {
  type: 'run.started',
  question: 'How deep?',
  parentRunId: null,
  workspace: 'lake',
};
const plan: RunEventBody = {
  type: 'plan.proposed',
  cycle: 1,
  usedCases: ['C'],
  tasks: [{ id: 1, description: 'look', dependsOn: [] }],
};
const called: RunEventBody = {
  type: 'tool.called',
  taskId: 1,
  callId: 'c1',
  tool: 'run_command',
  arguments: {},
};
const asked: RunEventBody = {
  type: 'approval.requested',
  callId: 'c1',
  approvalId: 'a',
  what: 'command',
  command: 'ls',
  code: null,
  reasons: [],
};

describe('run state', () => {
  it('waits while an approval is pending, and goes on after it', () => {
    const events = log(started, plan, { type: 'task.started', taskId: 1 }, called, asked);
    assert.equal(runState(events).status, 'waiting');
    assert.equal(runState(events).calls['c1']?.status, 'waiting');
    const answered: RunEventBody = {
      type: 'approval.resolved',
      callId: 'c1',
      approvalId: 'a',
      decision: 'approved',
      reason: null,
    };
    const after = runState([...events, ...log(answered)]);
    assert.equal(after.status, 'running');
    assert.equal(after.approvals[0]?.decision, 'approved');
  });

  it('shows what had not ended as interrupted', () => {
    const state = runState(
      log(started, plan, { type: 'task.started', taskId: 1 }, called, asked, { type: 'run.interrupted' }),
    );
    assert.equal(state.status, 'interrupted');
    assert.equal(state.tasks[0]?.status, 'interrupted');
    assert.equal(state.calls['c1']?.status, 'interrupted');
    assert.equal(state.approvals[0]?.decision, 'withdrawn');
  });

  const leftRunning: RunEventBody = {
    type: 'tool.returned',
    callId: 'c1',
    ok: true,
    preview: 'runs in the background',
    artifact: null,
    background: true,
    durationMs: 5,
  };
  const background = (...bodies: readonly RunEventBody[]) =>
    runState(log(started, plan, called, leftRunning, ...bodies)).calls['c1']?.background;

  it('follows a command in the background beyond the end of its run, but not of its window', () => {
    const finished: RunEventBody = { type: 'run.finished', outcome: 'answered' };
    assert.equal(background(finished), 'running');
    const ended: RunEventBody = { type: 'command.ended', callId: 'c1', endedBy: 'exit', exitCode: 3 };
    assert.equal(background(finished, ended), 'exit');
    assert.equal(background({ type: 'run.interrupted' }, { type: 'run.resumed' }), 'lost');
    assert.equal(background(ended, { type: 'run.interrupted' }), 'exit');
  });

  it('keeps the tail of live output', () => {
    const events = log(
      started,
      plan,
      called,
      { type: 'tool.output', callId: 'c1', chunk: 'x'.repeat(5000) },
      {
        type: 'tool.output',
        callId: 'c1',
        chunk: 'end',
      },
    );
    const output = runState(events).calls['c1']?.output ?? '';
    assert.equal(output.length, 4000);
    assert.ok(output.endsWith('end'));
  });

  it('replaces the streamed answer by the finished one', () => {
    const events = log(
      started,
      { type: 'answer.delta', text: '4 me' },
      { type: 'answer.delta', text: 'tres' },
    );
    assert.equal(runState(events).answer, '4 metres');
    const ready: RunEventBody = {
      type: 'answer.ready',
      answer: '4 metres [e1]',
      shortAnswer: '4 m',
      citations: [],
    };
    assert.equal(runState([...events, ...log(ready)]).answer, '4 metres [e1]');
  });

  it('forgets a judgement that was withdrawn', () => {
    const judged = log(started, { type: 'feedback.given', reward: 0, reason: 'wrong lake' });
    assert.deepEqual(runState(judged).feedback, { reward: 0, reason: 'wrong lake' });
    const withdrawn = [...judged, ...log({ type: 'feedback.given', reward: null, reason: null })];
    assert.equal(runState(withdrawn).feedback, null);
  });

  it('keeps what others suggest until a person has judged', () => {
    const suggestion = { reward: 1, reason: null, by: 'an agent' } as const;
    const suggested = log(started, { type: 'feedback.suggested', ...suggestion });
    assert.deepEqual([runState(suggested).suggestions, runState(suggested).feedback], [[suggestion], null]);
    const judged = [...suggested, ...log({ type: 'feedback.given', reward: 0, reason: null })];
    assert.deepEqual(runState(judged).suggestions, []);
  });

  it('adds what lessons cost, and keeps them as long as the judgement is the same', () => {
    const usage = { inputTokens: 100, outputTokens: 20, cost: 0.25, modelCalls: 1 };
    const judged: RunEventBody = { type: 'feedback.given', reward: 1, reason: null };
    const learned: RunEventBody = { type: 'lessons.learned', lessons: ['Look twice.'], usage };
    const state = runState(log(started, { type: 'usage', ...usage }, judged, learned, judged));
    assert.deepEqual(state.learned, { lessons: ['Look twice.'], error: null });
    assert.deepEqual(state.usage, { inputTokens: 200, outputTokens: 40, cost: 0.5, modelCalls: 2 });
    const other = foldRun(state, log({ ...judged, reason: 'right' })[0]!);
    assert.equal(other.learned, null);
    assert.deepEqual(other.usage, state.usage);
  });

  it('does not change a state that it is given', () => {
    const before = runState(log(started, plan));
    const copy = structuredClone(before);
    foldRun(before, { v: 1, seq: 9, at: 1, runId: 'R', type: 'task.started', taskId: 1 });
    assert.deepEqual(before, copy);
  });

  it('is the same where each event is folded on the state before', () => {
    const first = structuredClone(initialRunState);
    for (const [name, events] of Object.entries(RUNS)) {
      let state = initialRunState;
      for (const event of events) state = foldOn(state, [event]);
      assert.deepEqual(state, runState(events), name);
    }
    assert.deepEqual(initialRunState, first);
  });
});

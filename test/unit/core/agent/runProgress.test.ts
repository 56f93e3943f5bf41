import assert from 'node:assert/strict';
import type { RunEvent, RunEventBody } from '../../../../src/core/agent/events';
import { foldProgress, NO_PROGRESS } from '../../../../src/core/agent/runProgress';
import { RUNS } from '../../../fakes/run-events';

const fold = (...bodies: RunEventBody[]) =>
  bodies
    .map((body, seq): RunEvent => ({ v: 1, seq, at: 1000, runId: 'r', ...body }))
    .reduce(foldProgress, NO_PROGRESS);
const started: RunEventBody = { type: 'run.started', question: 'q', parentRunId: null, workspace: null };
const task = (id: number) => ({ id, description: '', dependsOn: [] });
const planned = (...ids: number[]): RunEventBody => ({
  ...{ type: 'plan.proposed', cycle: 1, usedCases: [], tasks: ids.map(task) },
});
const done = (taskId: number): RunEventBody => ({
  type: 'task.finished',
  taskId,
  status: 'done',
  result: '',
});
const progress = (...bodies: RunEventBody[]) => {
  const { startedAt, open, done, waitsFor } = fold(...bodies);
  return { startedAt, open: [...open], done, waitsFor: [...waitsFor] };
};

describe('progress of a run', () => {
  it('has the tasks that are done and those that are open', () => {
    const begun = { startedAt: 1000, waitsFor: [] };
    assert.deepEqual(progress(started), { ...begun, open: [], done: 0 });
    assert.deepEqual(progress(started, planned(1, 2, 3), done(1)), { ...begun, open: [2, 3], done: 1 });
    assert.deepEqual(progress(started, planned(1), done(1), planned(2)), { ...begun, open: [2], done: 1 });
  });

  it('waits for the person, and no longer when that is over', () => {
    const review: RunEventBody = {
      type: 'plan.proposed',
      cycle: 1,
      usedCases: [],
      tasks: [task(1)],
      review: true,
    };
    assert.deepEqual(progress(started, review).waitsFor, ['plan']);
    assert.deepEqual(progress(started, review, { type: 'plan.approved', cycle: 1 }).waitsFor, []);
  });

  it('is the same object where nothing changed, however long the run', () => {
    const before = fold(started, planned(1));
    const delta: RunEvent = { v: 1, seq: 9, at: 9, runId: 'r', type: 'answer.delta', text: 'x' };
    assert.equal(foldProgress(before, delta), before);
  });

  it('waits for nothing and has no open task at the end of a whole run', () => {
    const { open, waitsFor } = RUNS.answered.reduce(foldProgress, NO_PROGRESS);
    assert.deepEqual([open.size, waitsFor.size], [0, 0]);
  });
});

import assert from 'node:assert/strict';
import type { RunEvent, RunEventBody } from '../../../../src/core/agent/events';
import { foldProgress, NO_PROGRESS, progressWords } from '../../../../src/core/agent/runProgress';
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
const words = (...bodies: RunEventBody[]) => progressWords(fold(...bodies), 36_500);

describe('progress of a run', () => {
  it('says which task it is at, and how long it has taken', () => {
    assert.equal(words(started), 'running, 35 s');
    assert.equal(words(started, planned(1, 2, 3)), 'task 1 of 3, 35 s');
    assert.equal(words(started, planned(1, 2, 3), done(1)), 'task 2 of 3, 35 s');
    assert.equal(words(started, planned(1), done(1), planned(2)), 'task 2 of 2, 35 s');
  });

  it('says that it waits for the person, and no longer when that is over', () => {
    const review: RunEventBody = {
      type: 'plan.proposed',
      cycle: 1,
      usedCases: [],
      tasks: [task(1)],
      review: true,
    };
    assert.equal(words(started, review), 'waits for you, 35 s');
    assert.equal(words(started, review, { type: 'plan.approved', cycle: 1 }), 'task 1 of 1, 35 s');
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

import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { NO_PROGRESS, type RunProgress } from '../../../src/core/agent/runProgress';
import { progressWords } from '../../../src/vscode/runProgressWords';

const words = (progress: Partial<RunProgress>, now = 36_500) =>
  progressWords({ ...NO_PROGRESS, startedAt: 1000, ...progress }, now);

describe('the words of a run’s progress', () => {
  it('say which task it is at, and how long it has taken', () => {
    assert.equal(words({}), 'running, 35 s');
    assert.equal(words({ open: new Set([1, 2, 3]) }), 'task 1 of 3, 35 s');
    assert.equal(words({ open: new Set([2, 3]), done: 1 }), 'task 2 of 3, 35 s');
    assert.equal(words({ done: 2 }), 'task 2 of 2, 35 s');
  });

  it('say that it waits for the person', () => {
    assert.equal(words({ open: new Set([1]), waitsFor: new Set(['plan']) }), 'waits for you, 35 s');
  });

  it('have a unit that fits, and no time before the beginning', () => {
    assert.equal(words({}, 1000), 'running, 1 s');
    assert.equal(words({}, 1000 + 210_000), 'running, 3.5 min');
    assert.equal(words({}, 1000 + 7_200_000), 'running, 2.0 h');
    assert.equal(words({ startedAt: 0 }), 'running');
  });
});
